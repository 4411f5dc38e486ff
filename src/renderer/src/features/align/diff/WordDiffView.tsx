import {
  isWhiteSpaceOnly,
  type DiffPart,
  type WordDiff,
} from '../../../../../shared/domain/word-diff.ts'
import './WordDiffView.css'

interface WordDiffViewProps {
  readonly diff: WordDiff
  readonly className?: string
}

/** A diff in one run of text: what went is struck out, what came is underlined. */
export function WordDiffView({ diff, className = '' }: WordDiffViewProps) {
  return (
    <p className={`word-diff ${className}`} dir="auto">
      {diff.parts.map((part, index) => (
        <Part key={index} part={part} />
      ))}
    </p>
  )
}

function Part({ part }: { readonly part: DiffPart }) {
  if (part.kind === 'same') return part.text
  const Tag = part.kind === 'removed' ? 'del' : 'ins'
  if (isWhiteSpaceOnly(part)) {
    return <Tag className="diff-space">{showWhiteSpace(part.text)}</Tag>
  }
  // White space at the edges belongs to the change but would only smear its shape.
  const core = part.text.trim()
  const start = part.text.indexOf(core)
  return (
    <Tag className="diff-change">
      {part.text.slice(0, start)}
      <span>{core}</span>
      {part.text.slice(start + core.length)}
    </Tag>
  )
}

function showWhiteSpace(text: string): string {
  return text
    .replaceAll(' ', '·')
    .replaceAll('\t', '⇥')
    .replace(/\r\n|\r|\n/g, '⏎')
}
