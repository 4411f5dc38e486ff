import type { AltTextAnalysis } from '../../../../../shared/contract/text.ts'
import { formatCounted } from '../../../components/quantities.ts'
import { languageName } from './language-name.ts'

/** What an alt-text is and how the caption treats it, in one quiet line. */
export function AnchorFacts({ analysis }: { readonly analysis: AltTextAnalysis | undefined }) {
  const facts = analysis === undefined ? [] : listFacts(analysis)
  return (
    <p className="anchor-facts numeric">
      {facts.map(({ label, title }) => (
        <span key={label} title={title}>
          {label}
        </span>
      ))}
    </p>
  )
}

function listFacts({ language, metrics, hygiene }: AltTextAnalysis) {
  const { entityRecall, specificityLoss, copyRate } = metrics
  const junk = [...new Set(hygiene.map((mark) => mark.message))]
  return [
    language.code === null
      ? null
      : { label: languageName(language.code), title: language.isReliable ? '' : 'A guess' },
    shareFact('names kept', entityRecall, 'Names, numbers and specific nouns still said'),
    specificityLoss === 0 ? null : shareFact('vaguer', specificityLoss, 'Units made vaguer'),
    copyRate === 0
      ? null
      : shareFact('copied', copyRate, 'Longest run of words taken over, of the whole caption'),
    junk.length === 0
      ? null
      : { label: formatCounted(junk.length, 'mark'), title: junk.join('\n') },
  ].filter((fact) => fact !== null)
}

function shareFact(name: string, share: number | null, title: string) {
  return share === null ? null : { label: `${name} ${Math.round(share * 100)} %`, title }
}
