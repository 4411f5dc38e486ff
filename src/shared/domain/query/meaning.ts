import type { FieldNode, QueryAst, QueryError, QueryNode } from './ast.ts'
import { formatQuery, toValue } from './format.ts'
import { parseQuery } from './parser.ts'
import { joinNodes, topNodes } from './terms.ts'

/** What a query asks a model: images are put in the order of how well they fit, among those of the rest. */
export interface Meaning {
  /** What the pictures should show. */
  readonly texts: readonly string[]
  /** What they should not show. */
  readonly minus: readonly string[]
  /** Starts of the content hashes of pictures that they should resemble. */
  readonly like: readonly string[]
  /** The query without those terms. */
  readonly rest: string
}

export type MeaningResult =
  | { readonly ok: true; readonly meaning: Meaning | null }
  | { readonly ok: false; readonly error: QueryError }

/** Asked of a model at once. */
const MAX_MINUS = 8
const MAX_LIKE = 16

/** The `sim:` and `like:` terms of a query, null where it has none. A query that cannot be read has none either. */
export function findMeaning(query: string): MeaningResult {
  const parsed = parseQuery(query)
  if (!parsed.ok || parsed.ast === null) return { ok: true, meaning: null }
  const nodes = topNodes(parsed.ast)
  const asking = nodes.filter(isAsking)
  const rest = nodes.filter((node) => !isAsking(node))
  const nested = rest.map(findAsking).find((node) => node !== null)
  if (nested !== undefined) {
    const message = `${nested.field}: puts all images in order, so it stands beside the other terms, not within OR or a twofold minus`
    return { ok: false, error: { message, start: nested.start, end: nested.end } }
  }
  const first = asking[0]
  if (first === undefined) return { ok: true, meaning: null }
  const meaning = readMeaning(asking, joinNodes(rest))
  const message = findMistake(meaning, asking)
  if (message === null) return { ok: true, meaning }
  return { ok: false, error: { message, start: first.start, end: asking.at(-1)?.end ?? first.end } }
}

/** The query that asks so; `findMeaning` reads it back. */
export function formatMeaning({ texts, minus, like, rest }: Meaning): string {
  const words = (text: string): string => `sim:${formatText(text)}`
  return [
    ...(like.length === 0 ? [] : [`like:${like.join(',')}`]),
    ...texts.map(words),
    ...minus.map((text) => `-${words(text)}`),
    ...(rest === '' ? [] : [restMember(rest)]),
  ].join(' ')
}

/** Always in quotes, so that a word reads as what is asked of the model and not as the name of something. */
function formatText(text: string): string {
  return formatQuery({
    kind: 'text',
    value: { ...toValue(text), quoted: true },
    start: 0,
    end: 0,
  })
}

/** An OR has to be held together beside other terms. */
function restMember(rest: string): string {
  const parsed = parseQuery(rest)
  return parsed.ok && parsed.ast?.kind === 'or' ? `(${rest})` : rest
}

function readMeaning(asking: readonly QueryNode[], rest: QueryAst): Meaning {
  const wanted = asking.filter((node) => node.kind === 'field')
  const unwanted = asking.flatMap((node) =>
    node.kind === 'not' && node.node.kind === 'field' ? [node.node] : [],
  )
  return {
    texts: wanted.filter(({ field }) => field === 'sim').flatMap(textsOf),
    minus: unwanted.flatMap(textsOf),
    like: wanted
      .filter(({ field }) => field === 'like')
      .flatMap(textsOf)
      .map((hash) => hash.toLowerCase()),
    rest: formatQuery(rest),
  }
}

function findMistake(meaning: Meaning, asking: readonly QueryNode[]): string | null {
  if (asking.some((node) => node.kind === 'not' && isField(node.node, 'like'))) {
    return 'like: cannot be excluded; say in words what the pictures should not show, as in -sim:"snow"'
  }
  if (meaning.texts.length === 0 && meaning.like.length === 0) {
    return '-sim: needs something to look for beside it, as in sim:"a dog" -sim:"snow"'
  }
  if (meaning.minus.length > MAX_MINUS) return `Too many -sim: terms; at most ${MAX_MINUS} work`
  if (meaning.like.length > MAX_LIKE) return `Too many pictures; at most ${MAX_LIKE} work`
  return null
}

function textsOf(node: FieldNode): readonly string[] {
  return node.items.flatMap((item) => (item.kind === 'value' ? [item.value.text] : []))
}

function isField(node: QueryNode, name: 'sim' | 'like'): node is FieldNode {
  return node.kind === 'field' && node.field === name
}

function isAsking(node: QueryNode): boolean {
  const inner = node.kind === 'not' ? node.node : node
  return isField(inner, 'sim') || isField(inner, 'like')
}

function findAsking(node: QueryNode): FieldNode | null {
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.nodes.map(findAsking).find((found) => found !== null) ?? null
    case 'not':
      return findAsking(node.node)
    case 'text':
      return null
    case 'field':
      return isField(node, 'sim') || isField(node, 'like') ? node : null
  }
}
