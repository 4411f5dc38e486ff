import type { Proposal } from '../../../../../shared/contract/proposals.ts'
import {
  blameWords,
  listBlamedWords,
  sourceKey,
  type BlamedWord,
  type BlameSpan,
  type WordSource,
} from '../../../../../shared/domain/word-blame.ts'
import { originLabel } from '../diff/diff-target.ts'
import type { SettledImage } from '../settled-image.ts'

/** What the words of an open caption are traced by. */
export interface BlameContext {
  readonly image: SettledImage
  readonly proposals: readonly Proposal[]
  /** Whose words those are that are typed now. */
  readonly personName: string
}

export interface CaptionBlame {
  readonly text: string
  readonly spans: readonly BlameSpan[]
  readonly words: readonly BlamedWord[]
}

export function blameCaption(context: BlameContext, text: string): CaptionBlame {
  const { image, proposals, personName } = context
  const spans = blameWords({
    anchors: image.altTexts,
    revisions: image.revisions,
    proposals,
    current: {
      text,
      baseRevisionId: image.draft === null ? image.headRevisionId : image.draft.baseRevisionId,
      author: { kind: 'human', name: personName },
      proposals: listTaken(image, proposals),
    },
  })
  return { text, spans, words: listBlamedWords(text, spans) }
}

/** Proposals that a person took from since the last revision. */
function listTaken({ revisions }: SettledImage, proposals: readonly Proposal[]): number[] {
  const submitted = new Set(revisions.flatMap((revision) => revision.proposals))
  return proposals
    .filter(({ id, state }) => state !== 'open' && state !== 'rejected' && !submitted.has(id))
    .map(({ id }) => id)
}

/** The word that a position of the caption lies in or touches, else the one before it. */
export function findWord(blame: CaptionBlame, position: number): BlamedWord | undefined {
  return blame.words.findLast(({ from }) => from <= position)
}

/** `“balloon”: Ann, round 1, 3 h ago` */
export function describeWord({ word, source }: BlamedWord, formatTime: (at: number) => string) {
  const details =
    source.kind === 'alt' || source.round === null
      ? []
      : [
          `round ${source.round}`,
          ...(source.createdAt === null ? [] : [formatTime(source.createdAt)]),
        ]
  return `“${word}”: ${[nameSource(source), ...details].join(', ')}`
}

export function nameSource(source: WordSource): string {
  switch (source.kind) {
    case 'alt':
      return source.origin === 'alt' ? 'alt-text' : `alt-text (${originLabel(source.origin)})`
    case 'human':
      return source.name === '' ? 'you' : source.name
    case 'model':
      return `${source.name} (model)`
    case 'import':
      return `${source.name} (import)`
  }
}

/** How many sources of one kind look different; there are four kinds. */
const LOOKS_PER_KIND = 3

/**
 * The look of each source, e.g. `tint-human-0`: a pattern for the kind and a colour for which of the
 * kind. The order follows the image's history, so that looks stay while the text is typed.
 */
export function listLooks({ image, proposals, personName }: BlameContext): Map<string, string> {
  const known: WordSource[] = [
    ...image.altTexts.map(({ id, origin }) => ({ kind: 'alt', altTextId: id, origin }) as const),
    ...[...image.revisions, ...proposals.toReversed()].map(({ author }) => bySource(author)),
    bySource({ kind: 'human', name: personName }),
  ]
  const looks = new Map<string, string>()
  const counts = new Map<string, number>()
  for (const source of known) {
    const key = sourceKey(source)
    if (looks.has(key)) continue
    const count = counts.get(source.kind) ?? 0
    counts.set(source.kind, count + 1)
    looks.set(key, `tint-${source.kind}-${count % LOOKS_PER_KIND}`)
  }
  return looks
}

function bySource({ kind, name }: Proposal['author']): WordSource {
  return { kind, name, proposalId: null, round: null, createdAt: null }
}
