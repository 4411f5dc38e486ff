import type { ReactNode } from 'react'

interface AlignSideProps {
  readonly id: string
  /** What came with the image; always in sight above the text made from it. */
  readonly anchor: ReactNode
  readonly caption: ReactNode
  /** What is said about the text: conflicts; marks, details and proposals join here. */
  readonly notes: ReactNode
  readonly diff: ReactNode
  readonly rounds: ReactNode
}

/** The right side, in the order in which the work goes. */
export function AlignSide({ id, anchor, caption, notes, diff, rounds }: AlignSideProps) {
  return (
    <div id={id} className="align-side">
      {anchor}
      {caption}
      {notes}
      {diff}
      {rounds}
    </div>
  )
}
