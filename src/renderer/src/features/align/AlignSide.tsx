import type { ReactNode } from 'react'

interface AlignSideProps {
  readonly id: string
  /** What came with the image; always in sight above the text made from it. */
  readonly anchor: ReactNode
  /** How this round is to be written. */
  readonly guideline: ReactNode
  readonly caption: ReactNode
  /** What the picture shows and the caption does not say. */
  readonly details: ReactNode
  /** What is said about the text: conflicts and proposals. */
  readonly notes: ReactNode
  readonly diff: ReactNode
  readonly rounds: ReactNode
}

/** The right side, in the order in which the work goes. */
export function AlignSide({
  id,
  anchor,
  guideline,
  caption,
  details,
  notes,
  diff,
  rounds,
}: AlignSideProps) {
  return (
    <div id={id} className="align-side">
      {guideline}
      {anchor}
      {caption}
      {details}
      {notes}
      {diff}
      {rounds}
    </div>
  )
}
