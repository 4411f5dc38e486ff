import type { ReactEventHandler } from 'react'
import type { WordDiff } from '../../../../../shared/domain/word-diff.ts'
import { DiffText } from './DiffText.tsx'
import './WordDiffView.css'

interface WordDiffViewProps {
  readonly diff: WordDiff
  readonly className?: string
  readonly onPointerMove?: ReactEventHandler<HTMLElement>
  readonly onPointerLeave?: ReactEventHandler<HTMLElement>
}

/** A diff in one run of text. */
export function WordDiffView({ diff, className = '', ...events }: WordDiffViewProps) {
  return (
    <p className={`word-diff ${className}`} dir="auto" {...events}>
      <DiffText parts={diff.parts} />
    </p>
  )
}
