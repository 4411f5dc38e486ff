import { classNames } from '../../../components/class-names.ts'
import {
  isPunctuationOnly,
  isWhiteSpaceOnly,
  type DiffPart,
} from '../../../../../shared/domain/word-diff.ts'
import './WordDiffView.css'

/** Parts of a diff as running text: what went is struck out, what came is underlined. */
export function DiffText({ parts }: { readonly parts: readonly DiffPart[] }) {
  return parts.map((part, index) => <Part key={index} part={part} />)
}

function Part({ part }: { readonly part: DiffPart }) {
  if (part.kind === 'same') return part.text
  const Tag = part.kind === 'removed' ? 'del' : 'ins'
  if (part.isVariant === true) {
    return (
      <Tag className="diff-variant" title="Only written with another sign">
        {part.text}
      </Tag>
    )
  }
  if (isWhiteSpaceOnly(part)) {
    return <Tag className="diff-space">{showWhiteSpace(part.text)}</Tag>
  }
  // White space at the edges belongs to the change but would only smear its shape.
  const core = part.text.trim()
  const start = part.text.indexOf(core)
  const isMoved = part.move !== undefined
  return (
    <Tag
      className={classNames(
        isMoved ? 'diff-moved' : 'diff-change',
        isPunctuationOnly(part) && 'diff-minor',
      )}
      title={isMoved ? MOVED_TITLES[part.kind] : undefined}
    >
      {part.text.slice(0, start)}
      {isMoved && <span className="visually-hidden">{MOVED_TITLES[part.kind]}: </span>}
      <span>{core}</span>
      {part.text.slice(start + core.length)}
    </Tag>
  )
}

const MOVED_TITLES = { removed: 'moved away from here', added: 'moved to here' } as const

function showWhiteSpace(text: string): string {
  return text
    .replaceAll(' ', '·')
    .replaceAll('\t', '⇥')
    .replace(/\r\n|\r|\n/g, '⏎')
}
