import type { AlignImage } from '../../../../shared/contract/align.ts'

type Draft = NonNullable<AlignImage['draft']>

/** What is known of an image but for the text being typed: it stays the same object from autosave to autosave. */
export type SettledImage = Omit<AlignImage, 'draft' | 'startText'> & {
  readonly draft: Pick<Draft, 'baseRevisionId'> | null
}

export function settleImage({ startText: _typed, draft, ...image }: AlignImage): SettledImage {
  return { ...image, draft: draft === null ? null : { baseRevisionId: draft.baseRevisionId } }
}
