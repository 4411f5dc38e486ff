import { useMemo } from 'react'
import type { AltText } from '../../../../../shared/contract/align.ts'
import type { AltTextAnalysis } from '../../../../../shared/contract/text.ts'
import type { TextSpan } from '../../../../../shared/domain/text-unit.ts'
import { FATE_LABELS, shownFate, type ShownFate } from './fate-looks.ts'
import { cutIntoSegments } from './fate-segments.ts'

interface AnchorTextProps {
  readonly altText: AltText
  /** Undefined until it is known. */
  readonly analysis: AltTextAnalysis | undefined
  /** The caption that the fates are about. */
  readonly caption: string
  /** The pointer is on a unit that the caption says here; null when it left. */
  readonly onPoint: (counterpart: TextSpan | null) => void
}

/** An alt-text whose units show what became of them: by line and colour, and in words for who cannot see them. */
export function AnchorText({ altText, analysis, caption, onPoint }: AnchorTextProps) {
  const segments = useMemo(
    () =>
      analysis === undefined
        ? [{ text: altText.text, start: 0, fate: null }]
        : cutIntoSegments(altText.text, analysis.units, analysis.fates),
    [altText.text, analysis],
  )
  return (
    <p className="anchor-text" dir="auto" lang={analysis?.language.code ?? undefined}>
      {segments.map(({ text, start, fate }) => {
        if (fate === null) return <span key={start}>{text}</span>
        const { counterpart } = fate
        const shown = shownFate(fate)
        return (
          <span
            key={start}
            className={`fate fate-${shown}`}
            data-asks={fate.asksReason || undefined}
            title={describeFate(shown, counterpart, caption)}
            onPointerEnter={() => {
              onPoint(counterpart)
            }}
            onPointerLeave={() => {
              onPoint(null)
            }}
          >
            {text}
          </span>
        )
      })}
    </p>
  )
}

function describeFate(fate: ShownFate, counterpart: TextSpan | null, caption: string): string {
  const label = FATE_LABELS[fate]
  if (counterpart === null || fate === 'kept') return label
  return `${label}: ${caption.slice(counterpart.start, counterpart.end)}`
}
