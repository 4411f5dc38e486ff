import type { ReactNode } from 'react'

interface AlignSideProps {
  readonly id: string
  /** How this round is to be written. */
  readonly guideline: ReactNode
  /** The alt-texts, the caption made of them, and what is asked about both: in sight without scrolling. */
  readonly text: ReactNode
  /** Conflicts and proposals. */
  readonly notes: ReactNode
  readonly diff: ReactNode
  readonly rounds: ReactNode
}

/** The right side, in the order in which the work goes. */
export function AlignSide({ id, guideline, text, notes, diff, rounds }: AlignSideProps) {
  return (
    <div id={id} className="align-side">
      {guideline}
      {text}
      {notes}
      {diff}
      {rounds}
    </div>
  )
}
