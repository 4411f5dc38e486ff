import { useLocation } from 'wouter'
import { Segmented } from '../../components/Segmented.tsx'

const TABS = [
  { value: 'project', label: 'Project' },
  { value: 'quality', label: 'Image quality' },
] as const

/** Between the two pages of Insights. */
export function InsightsTabs({ here }: { readonly here: (typeof TABS)[number]['value'] }) {
  const [, navigate] = useLocation()
  return (
    <Segmented
      label="Insights"
      value={here}
      options={TABS}
      onChange={(value) => {
        navigate(value === 'project' ? '/insights' : '/insights/quality')
      }}
    />
  )
}
