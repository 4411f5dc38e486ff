import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/client.ts'
import { GuidelineText } from '../rounds/GuidelineText.tsx'
import { useRemembered } from './use-remembered.ts'

/** The guideline of the round at hand, beside the editor; it stays as open or shut as it was left. */
export function AlignGuideline({ round }: { readonly round: number }) {
  const guideline = useQuery(api.rounds.guideline.queryOptions({ input: { round } })).data
  const [isOpen, setOpen] = useRemembered('align.guideline', false, parseOpen)
  if (guideline == null) return null
  return (
    <details
      className="side-section align-guideline"
      open={isOpen}
      onToggle={(event) => {
        setOpen(event.currentTarget.open)
      }}
    >
      <summary className="side-title">
        Guideline of round {round}
        <span className="side-note numeric">version {guideline.version}</span>
      </summary>
      <GuidelineText markdown={guideline.markdown} />
    </details>
  )
}

function parseOpen(stored: unknown): boolean | undefined {
  return typeof stored === 'boolean' ? stored : undefined
}
