/** What a prefix may tell of the image and of the text behind it. */
export const PREFIX_FIELDS = ['role', 'round', 'tags', 'status', 'file_name'] as const
export type PrefixField = (typeof PREFIX_FIELDS)[number]

export type PrefixPart =
  | { readonly kind: 'words'; readonly words: string }
  | { readonly kind: 'field'; readonly field: PrefixField }

export type PrefixTemplate =
  | { readonly ok: true; readonly parts: readonly PrefixPart[] }
  | { readonly ok: false; readonly message: string }

const PIECE = /\{\{|\}\}|\{([^{}]*)\}|[{}]|[^{}]+/g

/** Reads a template such as `{role}, round {round}: `. Doubled braces stand for braces. */
export function parsePrefixTemplate(template: string): PrefixTemplate {
  const parts: PrefixPart[] = []
  for (const [piece, name] of template.matchAll(PIECE)) {
    if (name === undefined) {
      if (piece === '{' || piece === '}') {
        return { ok: false, message: `Write "${piece}${piece}" for a brace of the text itself.` }
      }
      parts.push({ kind: 'words', words: piece.replace('{{', '{').replace('}}', '}') })
      continue
    }
    const field = PREFIX_FIELDS.find((known) => known === name)
    if (field === undefined) {
      const known = PREFIX_FIELDS.map((each) => `{${each}}`).join(', ')
      return { ok: false, message: `"{${name}}" is not known. A prefix may hold ${known}.` }
    }
    parts.push({ kind: 'field', field })
  }
  return { ok: true, parts }
}
