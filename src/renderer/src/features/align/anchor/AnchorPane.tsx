import { Copy, CornerLeftDown } from 'lucide-react'
import { memo } from 'react'
import type { AltText } from '../../../../../shared/contract/align.ts'
import type { TextSpan } from '../../../../../shared/domain/text-unit.ts'
import { useRun } from '../../../commands/CommandProvider.tsx'
import { IconButton } from '../../../components/IconButton.tsx'
import { Skeleton } from '../../../components/Skeleton.tsx'
import { showNotice } from '../../../notices/notice-store.ts'
import { originLabel } from '../diff/diff-target.ts'
import type { Findings } from '../marks/use-findings.ts'
import { AnchorFacts } from './AnchorFacts.tsx'
import { AnchorText } from './AnchorText.tsx'
import { FateLegend } from './FateLegend.tsx'
import { describeFates } from './fate-summary.ts'
import './AnchorPane.css'

interface AnchorPaneProps {
  readonly id: string
  /** Undefined while they are on their way. */
  readonly altTexts: readonly AltText[] | undefined
  /** What became of them in the caption; null until it is known. */
  readonly findings: Findings | null
  readonly onPoint: (counterpart: TextSpan | null) => void
}

/** Every text that came with the image, as it came. It can be read, copied and used, never changed. */
export function AnchorPane({ id, altTexts, findings, onPoint }: AnchorPaneProps) {
  return (
    <section
      id={id}
      className="side-section"
      aria-label="Alt-texts"
      aria-busy={altTexts === undefined}
    >
      <div className="anchor-head">
        <h2 className="side-title">
          Alt-text
          {altTexts !== undefined && altTexts.length > 1 && (
            <span className="side-note numeric">{altTexts.length}</span>
          )}
        </h2>
        <FateLegend analyses={findings?.analysis.altTexts ?? []} />
      </div>
      <div className="anchor-view">
        {altTexts === undefined && <Skeleton height="100%" />}
        {altTexts?.length === 0 && (
          <p className="side-hint">
            This image came without a text. Write the caption from the picture.
          </p>
        )}
        {altTexts !== undefined && altTexts.length > 0 && (
          <ol className="anchors">
            {altTexts.map((altText) => (
              <Anchor key={altText.id} altText={altText} findings={findings} onPoint={onPoint} />
            ))}
          </ol>
        )}
      </div>
    </section>
  )
}

type AnchorProps = Pick<AnchorPaneProps, 'findings' | 'onPoint'> & { readonly altText: AltText }

function Anchor({ altText, findings, onPoint }: AnchorProps) {
  const analysis = findings?.analysis.altTexts.find(({ altTextId }) => altTextId === altText.id)
  const caption = findings?.caption ?? ''
  return (
    <li className="anchor">
      <small className="anchor-origin" title={altText.source}>
        {originLabel(altText.origin)}
      </small>
      <AnchorText altText={altText} analysis={analysis} caption={caption} onPoint={onPoint} />
      {analysis !== undefined && (
        <p className="visually-hidden">
          {describeFates(analysis, { altText: altText.text, caption })}
        </p>
      )}
      <AnchorFacts analysis={analysis} />
      <AnchorActions text={altText.text} />
    </li>
  )
}

/** Stays as it is while the fates beside it change with every pause in typing. */
const AnchorActions = memo(function AnchorActions({ text }: { readonly text: string }) {
  const run = useRun()
  return (
    <span className="anchor-actions">
      <IconButton icon={Copy} label="Copy" onClick={() => void copyText(text)} />
      <IconButton
        icon={CornerLeftDown}
        label="Use as the caption"
        onClick={() => run('align.useText', { text })}
      />
    </span>
  )
})

async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    showNotice({ tone: 'success', title: 'Copied' })
  } catch {
    // Browsers allow the clipboard only on secure origins.
    showNotice({
      tone: 'error',
      title: 'The browser does not allow copying here',
      text: 'Select the text and copy it with the keyboard.',
    })
  }
}
