import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Subset, SubsetCounts, SubsetStep } from '../../../../shared/contract/subset.ts'
import { parseQuery } from '../../../../shared/domain/query/parser.ts'
import { api } from '../../api/client.ts'
import { CheckField } from '../../components/CheckField.tsx'
import { Callout, Panel } from '../../components/Page.tsx'
import { formatCount, formatCounted } from '../../components/quantities.ts'
import { SelectField } from '../../components/SelectField.tsx'
import { useSettled } from '../../components/use-settled.ts'
import { BalanceFields } from './BalanceFields.tsx'
import { NumberField } from './NumberField.tsx'
import { SplitFields } from './SplitFields.tsx'
import { StrataFields } from './StrataFields.tsx'
import type { SubsetFieldsProps } from './subset-fields.ts'
import './SubsetPanel.css'

const MAX_IMAGES = 100_000_000
const MAX_SEED = 0xffff_ffff
/** Counting goes through all images, so it waits until nobody types. */
const PAUSE_MS = 350

const TAKES = [
  { value: 'all', label: 'All of them' },
  { value: 'first', label: 'The first ones' },
  { value: 'random', label: 'Some at random' },
] as const

interface SubsetPanelProps {
  readonly where: string
  readonly subset: Subset
  /** The field of the query, which is the first step. */
  readonly query: ReactNode
  /** Changes what stands by then: an answer of the core may come after the next key. */
  readonly onUpdate: (change: (subset: Subset) => Subset) => void
}

/** Which images are written: the query, then steps that each leave fewer, with how many they leave. */
export function SubsetPanel({ where, subset, query, onUpdate }: SubsetPanelProps) {
  const onChange = (next: Subset): void => {
    onUpdate(() => next)
  }
  const asked = useSettled(JSON.stringify({ where, subset }), PAUSE_MS)
  const input = JSON.parse(asked) as { where: string; subset: Subset }
  const isReadable = [input.where, ...(input.subset.strata?.queries ?? [])].every(
    (text) => parseQuery(text).ok,
  )
  const counts = useQuery({
    ...api.exports.counts.queryOptions({ input }),
    enabled: isReadable,
    staleTime: 0,
    placeholderData: keepPreviousData,
    retry: false,
  })
  const stepOf = (name: SubsetStep['step']) => counts.data?.steps.find(({ step }) => step === name)
  const last = counts.data?.steps.at(-1)
  return (
    <Panel
      title="Subset"
      aside={
        last !== undefined && (
          <span className="numeric" role="status" aria-label="Images of the subset">
            {formatCounted(last.after, 'image')}
          </span>
        )
      }
    >
      <div className="subset-steps" aria-busy={counts.isPlaceholderData}>
        <Step title="Query" count={stepOf('query')}>
          {query}
        </Step>
        <Step title="Near-duplicates" count={stepOf('near-duplicates')}>
          <CheckField
            checked={subset.nearDuplicates === 'best'}
            onChange={(isOn) => {
              onChange({ ...subset, nearDuplicates: isOn ? 'best' : 'keep' })
            }}
          >
            Keep only the best of images that look alike
          </CheckField>
        </Step>
        <Step title="Take" count={stepOf('take')}>
          <Take subset={subset} onChange={onChange} />
        </Step>
        <Step title="Strata" count={stepOf('strata')}>
          <StrataFields subset={subset} onChange={onChange} />
        </Step>
        <Step title="Concepts" count={stepOf('balance')}>
          <BalanceFields
            where={parseQuery(where).ok ? where : ''}
            subset={subset}
            counted={counts.data?.concepts ?? NO_CONCEPTS}
            onChange={onChange}
            onUpdate={onUpdate}
          />
        </Step>
        <Step title="Budget" count={stepOf('budget')}>
          <div className="subset-fields">
            <NumberField
              label="At most so many images"
              value={subset.budget}
              from={1}
              to={MAX_IMAGES}
              placeholder="As many as there are"
              onChange={(budget) => {
                onChange({ ...subset, budget })
              }}
            />
            <NumberField
              label="Seed of the subset"
              value={subset.seed}
              from={0}
              to={MAX_SEED}
              onChange={(seed) => {
                onChange({ ...subset, seed: seed ?? 0 })
              }}
            />
          </div>
        </Step>
        <Step title="Split" splits={counts.data?.splits}>
          <SplitFields subset={subset} onChange={onChange} />
        </Step>
      </div>
      {counts.data?.notes.map((note) => (
        <Callout key={note} tone="info">
          {note}
        </Callout>
      ))}
    </Panel>
  )
}

const NO_CONCEPTS: SubsetCounts['concepts'] = []

interface StepProps {
  readonly title: string
  readonly count?: SubsetStep | undefined
  readonly splits?: SubsetCounts['splits'] | undefined
  readonly children: ReactNode
}

/** One step: its name, its settings, and what it leaves. */
function Step({ title, count, splits = [], children }: StepProps) {
  return (
    <section className="subset-step" aria-label={title}>
      <h3>{title}</h3>
      <div className="subset-settings">{children}</div>
      <div className="subset-count">
        {count !== undefined && (
          <>
            <strong>
              {count.before === count.after
                ? formatCount(count.after)
                : `${formatCount(count.before)} → ${formatCount(count.after)}`}
            </strong>
            <small>{count.why}</small>
          </>
        )}
        {splits.map(({ split, images }) => (
          <span key={split} className="subset-split">
            <span>{split}</span>
            <strong>{formatCount(images)}</strong>
          </span>
        ))}
      </div>
    </section>
  )
}

function Take({ subset, onChange }: SubsetFieldsProps) {
  const { take } = subset
  return (
    <div className="subset-fields">
      <SelectField
        label="Which"
        value={take?.pick ?? 'all'}
        options={TAKES}
        onChange={(pick) => {
          const chosen = pick === 'all' ? null : { pick, count: take?.count ?? 1_000 }
          onChange({ ...subset, take: chosen })
        }}
      />
      {take !== null && (
        <NumberField
          label="How many"
          value={take.count}
          from={1}
          to={MAX_IMAGES}
          onChange={(count) => {
            onChange({ ...subset, take: { ...take, count: count ?? take.count } })
          }}
        />
      )}
    </div>
  )
}
