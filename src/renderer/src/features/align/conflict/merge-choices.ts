import type { MergeChunk } from '../../../../../shared/domain/three-way-merge.ts'

export type MergeChoice = 'mine' | 'theirs' | 'both'

export type ConflictChunk = Extract<MergeChunk, { readonly kind: 'conflict' }>

/** Names a place by its texts, so that a choice outlasts typing elsewhere in the caption. */
export function conflictKey({ base, mine, theirs }: ConflictChunk): string {
  return JSON.stringify([base, mine, theirs])
}

export function listConflicts(chunks: readonly MergeChunk[]): readonly ConflictChunk[] {
  return chunks.filter((chunk) => chunk.kind === 'conflict')
}

/** The text that a choice puts in place; both stand one after the other, yours first. */
export function chosenText({ mine, theirs }: ConflictChunk, choice: MergeChoice): string {
  if (choice === 'mine') return mine
  if (choice === 'theirs') return theirs
  // A comma or a full stop stands at the word in front of it.
  const needsSpace = mine !== '' && !/\s$/u.test(mine) && /^[\p{L}\p{N}]/u.test(theirs)
  return `${mine}${needsSpace ? ' ' : ''}${theirs}`
}

/** The merged text, or null while a place is open. */
export function resolveMerge(
  chunks: readonly MergeChunk[],
  choices: ReadonlyMap<string, MergeChoice>,
): string | null {
  let text = ''
  for (const chunk of chunks) {
    if (chunk.kind !== 'conflict') {
      text += chunk.text
      continue
    }
    const choice = choices.get(conflictKey(chunk))
    if (choice === undefined) return null
    text += chosenText(chunk, choice)
  }
  return text
}
