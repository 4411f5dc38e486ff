import { useMemo, useState, type ReactNode } from 'react'
import { Skeleton } from '../../../components/Skeleton.tsx'
import { formatCounted } from '../../../components/quantities.ts'
import { usePausedText, type OpenCaption } from '../open-caption.ts'
import type { SettledImage } from '../settled-image.ts'
import { countText } from './text-counts.ts'
import './CaptionPane.css'

interface CaptionPaneProps {
  readonly caption: OpenCaption
  /** Undefined while it is on its way. */
  readonly image: SettledImage | undefined
  /** How the text fits a trainer's window. */
  readonly budget: ReactNode
  /** Who wrote which words, under the counts. */
  readonly legend: ReactNode
  /** Lies between the editor and its counts: what is said about the text, with its actions. */
  readonly children?: ReactNode
}

/** The editor with its counts. The editor itself stays the same from image to image. */
export function CaptionPane({ caption, image, budget, legend, children }: CaptionPaneProps) {
  // React runs the returned function when the element goes.
  const [attach] = useState(
    () => (element: HTMLDivElement | null) =>
      element === null ? undefined : caption.attach(element),
  )
  return (
    <section className="side-section caption" aria-label="Caption" aria-busy={image === undefined}>
      <h2 className="side-title">
        Caption{image !== undefined && `, round ${image.round}`}
        <span className="side-note">{image !== undefined && describeStart(image)}</span>
      </h2>
      <div className="caption-editor-place">
        <div ref={attach} className="caption-editor" />
        {image === undefined && (
          <div className="caption-waiting" aria-hidden>
            <Skeleton width="92%" />
            <Skeleton width="70%" />
          </div>
        )}
      </div>
      {children}
      <div className="caption-measures">
        <Counts caption={caption} />
        {budget}
      </div>
      {legend}
    </section>
  )
}

function describeStart({ draft, headRevisionId, revisions, altTexts }: SettledImage): string {
  if (draft !== null) return 'a draft'
  const head = revisions.find((revision) => revision.id === headRevisionId)
  if (head !== undefined) return `from round ${head.round}, ${head.author.name}`
  return altTexts.length > 0 ? 'from the anchor' : 'from nothing'
}

function Counts({ caption }: { readonly caption: OpenCaption }) {
  const text = usePausedText(caption) ?? ''
  const { words, characters } = useMemo(() => countText(text), [text])
  return (
    <p className="caption-counts numeric">
      {formatCounted(words, 'word')} · {formatCounted(characters, 'character')}
    </p>
  )
}
