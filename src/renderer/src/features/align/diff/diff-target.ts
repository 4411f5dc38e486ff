import { findAnchor } from '../../../../../shared/domain/alt-origin.ts'
import type { AltText, Revision } from '../../../../../shared/contract/align.ts'
import type { AltTextId, RevisionId } from '../../../../../shared/domain/ids.ts'
import type { SettledImage } from '../settled-image.ts'

/** What the caption is compared with. All but single alt-texts and revisions hold from image to image. */
export type DiffTarget =
  | { readonly kind: 'anchor' }
  /** The text that the open one was made from. */
  | { readonly kind: 'previous' }
  /** The last text of the round before. */
  | { readonly kind: 'round-before' }
  | { readonly kind: 'alt'; readonly altTextId: AltTextId }
  | { readonly kind: 'revision'; readonly revisionId: RevisionId }

export interface DiffChoice {
  readonly target: DiffTarget
  readonly label: string
  readonly text: string
}

const ORIGIN_LABELS: Readonly<Record<AltText['origin'], string>> = {
  alt: 'alt',
  title: 'title',
  'file-name': 'file name',
  'web-caption': 'web caption',
  'imported-caption': 'imported',
  sidecar: 'sidecar',
}

export function originLabel(origin: AltText['origin']): string {
  return ORIGIN_LABELS[origin]
}

/** The texts that the caption of an image can be compared with, the usual ones first. */
export function listDiffChoices(image: SettledImage): readonly DiffChoice[] {
  const anchor = findAnchor(image.altTexts)
  const head = image.revisions.find((revision) => revision.id === image.headRevisionId)
  const choices: DiffChoice[] = [
    { target: { kind: 'anchor' }, label: 'the anchor', text: anchor?.text ?? '' },
  ]
  if (head !== undefined) {
    choices.push({ target: { kind: 'previous' }, label: 'the last submitted', text: head.text })
  }
  const before = findRoundBefore(image)
  if (before !== undefined) {
    const label = `the round before, ${before.round}`
    choices.push({ target: { kind: 'round-before' }, label, text: before.text })
  }
  for (const [index, alt] of image.altTexts.entries()) {
    if (alt.id === anchor?.id) continue
    const target: DiffTarget = { kind: 'alt', altTextId: alt.id }
    const label = `alt-text ${index + 1}, ${originLabel(alt.origin)}`
    choices.push({ target, label, text: alt.text })
  }
  for (const revision of image.revisions.toReversed()) {
    if (revision.id === image.headRevisionId) continue
    const target: DiffTarget = { kind: 'revision', revisionId: revision.id }
    choices.push({ target, label: revisionLabel(revision), text: revision.text })
  }
  return choices
}

function findRoundBefore({ revisions, round, headRevisionId }: SettledImage): Revision | undefined {
  return revisions.findLast(
    (revision) => !revision.isWithdrawn && revision.round < round && revision.id !== headRevisionId,
  )
}

const TIME = new Intl.DateTimeFormat('en', {
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
})

function revisionLabel({ round, author, createdAt, isWithdrawn }: Revision): string {
  return `round ${round}, ${author.name}, ${TIME.format(createdAt)}${isWithdrawn ? ', withdrawn' : ''}`
}

/** The choice for a target; the anchor where the image does not have what was asked for. */
export function findDiffChoice(
  choices: readonly DiffChoice[],
  target: DiffTarget,
): DiffChoice | undefined {
  return choices.find((choice) => isSameTarget(choice.target, target)) ?? choices[0]
}

/** The target some steps further down the list, which goes round. */
export function stepTarget(
  choices: readonly DiffChoice[],
  target: DiffTarget,
  step: 1 | -1,
): DiffChoice | undefined {
  const at = choices.findIndex((choice) => isSameTarget(choice.target, target))
  return choices.at((Math.max(0, at) + step) % choices.length)
}

function isSameTarget(a: DiffTarget, b: DiffTarget): boolean {
  return targetKey(a) === targetKey(b)
}

/** A name for a target that no other target of the image has. */
export function targetKey(target: DiffTarget): string {
  switch (target.kind) {
    case 'anchor':
    case 'previous':
    case 'round-before':
      return target.kind
    case 'alt':
      return `alt-${target.altTextId}`
    case 'revision':
      return `revision-${target.revisionId}`
  }
}

/** True for what is asked of every image alike. */
export function holdsEverywhere({ kind }: DiffTarget): boolean {
  return kind !== 'alt' && kind !== 'revision'
}
