import type { AlignImage, AltText, Revision } from '../../../../../shared/contract/align.ts'
import type { AltTextId, RevisionId } from '../../../../../shared/domain/ids.ts'

/** What the caption is compared with. `anchor` and `previous` hold from image to image. */
export type DiffTarget =
  | { readonly kind: 'anchor' }
  | { readonly kind: 'previous' }
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
export function listDiffChoices(image: AlignImage): readonly DiffChoice[] {
  const [anchor, ...otherAlts] = image.altTexts
  const head = image.revisions.find((revision) => revision.id === image.headRevisionId)
  const choices: DiffChoice[] = [
    { target: { kind: 'anchor' }, label: 'the anchor', text: anchor?.text ?? '' },
  ]
  if (head !== undefined) {
    choices.push({ target: { kind: 'previous' }, label: 'the last submitted', text: head.text })
  }
  for (const [index, alt] of otherAlts.entries()) {
    const target: DiffTarget = { kind: 'alt', altTextId: alt.id }
    choices.push({
      target,
      label: `alt-text ${index + 2}, ${originLabel(alt.origin)}`,
      text: alt.text,
    })
  }
  for (const revision of image.revisions.toReversed()) {
    if (revision.id === image.headRevisionId) continue
    const target: DiffTarget = { kind: 'revision', revisionId: revision.id }
    choices.push({ target, label: revisionLabel(revision), text: revision.text })
  }
  return choices
}

function revisionLabel({ round, author }: Revision): string {
  return `round ${round}, ${author.name}`
}

/** The choice for a target; the anchor where the image does not have what was asked for. */
export function findDiffChoice(
  choices: readonly DiffChoice[],
  target: DiffTarget,
): DiffChoice | undefined {
  return choices.find((choice) => isSameTarget(choice.target, target)) ?? choices[0]
}

function isSameTarget(a: DiffTarget, b: DiffTarget): boolean {
  return targetKey(a) === targetKey(b)
}

/** A name for a target that no other target of the image has. */
export function targetKey(target: DiffTarget): string {
  switch (target.kind) {
    case 'anchor':
    case 'previous':
      return target.kind
    case 'alt':
      return `alt-${target.altTextId}`
    case 'revision':
      return `revision-${target.revisionId}`
  }
}
