import type { AltOrigin } from './alt-origin.ts'
import { findAnchor } from './alt-origin.ts'
import type { AltTextId, RevisionId } from './ids.ts'
import { copiedStretches, createCopyCache, type Copy, type CopyCache } from './word-blame-copies.ts'
import { listWords } from './word-diff-tokens.ts'

/** The text that a word first came from. */
export type WordSource =
  | { readonly kind: 'alt'; readonly altTextId: AltTextId; readonly origin: AltOrigin }
  | {
      readonly kind: 'human' | 'model' | 'import'
      readonly name: string
      /** The proposal that it was taken over from; null for what was written into the caption. */
      readonly proposalId: number | null
      /** The round and time of the first revision with the word; null while it is not submitted. */
      readonly round: number | null
      readonly createdAt: number | null
    }

/** A stretch of the caption from one source. */
export interface BlameSpan {
  readonly from: number
  readonly to: number
  readonly source: WordSource
}

interface Author {
  readonly kind: 'human' | 'model' | 'import'
  readonly name: string
}

interface BlameRevision {
  readonly id: RevisionId
  readonly parentId: RevisionId | null
  readonly round: number
  readonly text: string
  readonly author: Author
  readonly note: string
  readonly createdAt: number
  /** Proposals that were taken over into this revision. */
  readonly proposals: readonly number[]
}

interface BlameProposal {
  readonly id: number
  readonly text: string
  readonly author: Author
}

export interface BlameInput {
  readonly anchors: readonly {
    readonly id: AltTextId
    readonly origin: AltOrigin
    readonly text: string
  }[]
  readonly revisions: readonly BlameRevision[]
  readonly proposals: readonly BlameProposal[]
  /** The open text: who types it, on which revision, and which proposals were taken over meanwhile. */
  readonly current: {
    readonly text: string
    readonly baseRevisionId: RevisionId | null
    readonly author: Author
    readonly proposals: readonly number[]
  }
}

/** How many words in a row say that a text was copied and not written anew. */
const COPIED_WORDS = 3
/** Core's note on a revision that brought an older text back. */
const RESTORED_NOTE = /^Restored from round /

/** Remembers alignments of text pairs, so that typing costs one new one and not the whole chain. */
const sharedCache = createCopyCache()

/**
 * Traces every word of the open caption to the text it first came from, along the chain of revisions,
 * by aligning each text with the one it was made from. A word that was deleted and typed again is its
 * typist's; a text that was restored keeps its sources. Spans cover the whole text, in order.
 */
export function blameWords(input: BlameInput, cache: CopyCache = sharedCache): BlameSpan[] {
  const chain = listChain(input)
  const byRevision = new Map<RevisionId, readonly BlameSpan[]>()
  let spans = blameAnchor(input)
  let text = findAnchor(input.anchors)?.text ?? ''
  for (const step of chain) {
    const older = findRestored(step, input.revisions, byRevision)
    spans = older ?? blameStep({ step, input, spans, text, cache })
    text = step.text
    if (step.id !== null) byRevision.set(step.id, spans)
  }
  return [...spans]
}

interface Step extends Omit<BlameRevision, 'id' | 'round' | 'createdAt'> {
  readonly id: RevisionId | null
  readonly round: number | null
  readonly createdAt: number | null
}

/** The revisions that the open text was made from, oldest first, and the open text itself. */
function listChain({ revisions, current }: BlameInput): Step[] {
  const byId = new Map(revisions.map((revision) => [revision.id, revision]))
  const chain: Step[] = [
    {
      ...current,
      id: null,
      parentId: current.baseRevisionId,
      round: null,
      createdAt: null,
      note: '',
    },
  ]
  const seen = new Set<RevisionId>()
  let id = current.baseRevisionId
  while (id !== null && !seen.has(id)) {
    const revision = byId.get(id)
    if (revision === undefined) break
    seen.add(id)
    chain.push(revision)
    id = revision.parentId
  }
  return chain.reverse()
}

function blameAnchor({ anchors }: BlameInput): readonly BlameSpan[] {
  const anchor = findAnchor(anchors)
  if (anchor === undefined || anchor.text === '') return []
  return [{ from: 0, to: anchor.text.length, source: altSource(anchor) }]
}

/** The sources of the text that a revision brought back; undefined for a revision that did not. */
function findRestored(
  step: Step,
  revisions: readonly BlameRevision[],
  known: ReadonlyMap<RevisionId, readonly BlameSpan[]>,
): readonly BlameSpan[] | undefined {
  if (step.id === null || !RESTORED_NOTE.test(step.note)) return undefined
  const older = revisions.find(({ id, text }) => text === step.text && known.has(id))
  return older === undefined ? undefined : known.get(older.id)
}

interface StepArgs {
  readonly step: Step
  readonly input: BlameInput
  readonly spans: readonly BlameSpan[]
  readonly text: string
  readonly cache: CopyCache
}

function blameStep({ step, input, spans, text, cache }: StepArgs): readonly BlameSpan[] {
  const painter = createPainter(step.text.length)
  const { kind, name } = step.author
  painter.fill({ kind, name, proposalId: null, round: step.round, createdAt: step.createdAt })
  for (const alt of input.anchors) {
    const copies =
      step.parentId === null
        ? copiedStretches(alt.text, step.text, cache).filter((copy) => isCopied(alt.text, copy))
        : findWholeText(alt.text, { before: text, after: step.text })
    painter.paint(copies, [{ from: 0, to: alt.text.length, source: altSource(alt) }])
  }
  for (const id of step.proposals) {
    const proposal = input.proposals.find((candidate) => candidate.id === id)
    if (proposal === undefined) continue
    const source: WordSource = {
      ...proposal.author,
      proposalId: id,
      round: step.round,
      createdAt: step.createdAt,
    }
    painter.paint(copiedStretches(proposal.text, step.text, cache), [
      { from: 0, to: proposal.text.length, source },
    ])
  }
  // Last, because what stood there before was not brought in by this step.
  painter.paint(copiedStretches(text, step.text, cache), spans)
  return painter.finish()
}

/** The first text may have grown from any alt-text, but one or two words in common may be chance. */
function isCopied(text: string, { from, length }: Copy): boolean {
  return listWords(text.slice(from, from + length)).length >= COPIED_WORDS
}

/** Later texts take an alt-text over as a whole; its words one by one were typed. */
function findWholeText(
  altText: string,
  { before, after }: { readonly before: string; readonly after: string },
): Copy[] {
  const whole = altText.trim()
  const to = after.indexOf(whole)
  if (to < 0 || before.includes(whole)) return []
  const copy = { from: altText.indexOf(whole), to, length: whole.length }
  return isCopied(altText, copy) ? [copy] : []
}

function altSource({ id, origin }: BlameInput['anchors'][number]): WordSource {
  return { kind: 'alt', altTextId: id, origin }
}

/** Paints stretches of a text with their sources; what is painted later lies on top. */
function createPainter(length: number) {
  const sources: (WordSource | undefined)[] = new Array<WordSource | undefined>(length)
  return {
    fill(source: WordSource) {
      sources.fill(source)
    },
    paint(copies: readonly Copy[], spans: readonly BlameSpan[]) {
      let first = 0
      for (const { from, to, length: copied } of copies.toSorted((a, b) => a.from - b.from)) {
        while ((spans[first]?.to ?? Infinity) <= from) first += 1
        for (let at = first; at < spans.length; at += 1) {
          const span = spans[at]
          if (span === undefined || span.from >= from + copied) break
          const start = Math.max(span.from, from)
          const end = Math.min(span.to, from + copied)
          sources.fill(span.source, to + start - from, to + end - from)
        }
      }
    },
    finish(): BlameSpan[] {
      const spans: BlameSpan[] = []
      let from = 0
      for (let at = 1; at <= length; at += 1) {
        const source = sources[from]
        if (sources[at] === source && at < length) continue
        if (source !== undefined) spans.push({ from, to: at, source })
        from = at
      }
      return spans
    },
  }
}

/** A word of the caption with its source. */
export interface BlamedWord extends BlameSpan {
  readonly word: string
}

/** The words of a text with the source of each: that of most of it, judged by its first unit. */
export function listBlamedWords(text: string, spans: readonly BlameSpan[]): BlamedWord[] {
  const words: BlamedWord[] = []
  let at = 0
  for (const { from, to } of listWords(text)) {
    while ((spans[at]?.to ?? Infinity) <= from) at += 1
    const span = spans[at]
    if (span !== undefined)
      words.push({ from, to, word: text.slice(from, to), source: span.source })
  }
  return words
}

/** A name that two spans share when they come from one alt-text or one author. */
export function sourceKey(source: WordSource): string {
  return source.kind === 'alt' ? `alt ${source.altTextId}` : `${source.kind} ${source.name}`
}

export interface SourceShare {
  readonly key: string
  /** The source of the first of its words. */
  readonly source: WordSource
  readonly words: number
  /** Part of all words of the caption, 0 to 1. */
  readonly share: number
}

/** Adds up the words of each alt-text and author, in the order in which they first speak. */
export function shareOfSources(words: readonly BlamedWord[]): SourceShare[] {
  const shares = new Map<string, { source: WordSource; words: number }>()
  for (const { source } of words) {
    const key = sourceKey(source)
    const known = shares.get(key)
    if (known === undefined) shares.set(key, { source, words: 1 })
    else known.words += 1
  }
  return Array.from(shares, ([key, { source, words: count }]) => ({
    key,
    source,
    words: count,
    share: count / words.length,
  }))
}
