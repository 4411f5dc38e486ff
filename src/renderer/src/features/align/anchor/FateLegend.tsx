import type { AltTextAnalysis } from '../../../../../shared/contract/text.ts'
import { FATE_LABELS } from './fate-looks.ts'
import { countFates } from './fate-summary.ts'

/** What the lines in the alt-texts mean, each name drawn as the words that met it, with their number. */
export function FateLegend({ analyses }: { readonly analyses: readonly AltTextAnalysis[] }) {
  const counts = countFates(analyses)
  return (
    <p className="fate-legend numeric" aria-label="What became of the alt-text" role="group">
      {counts.map(({ fate, count }) => (
        <span key={fate}>
          {count} <span className={`fate fate-${fate}`}>{FATE_LABELS[fate]}</span>
        </span>
      ))}
    </p>
  )
}
