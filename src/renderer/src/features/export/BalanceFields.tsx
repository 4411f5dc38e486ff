import { useState } from 'react'
import type { Subset, SubsetConcept } from '../../../../shared/contract/subset.ts'
import { CheckField } from '../../components/CheckField.tsx'
import { SelectField } from '../../components/SelectField.tsx'
import { showNotice } from '../../notices/notice-store.ts'
import { ConceptList } from './ConceptList.tsx'
import { ConceptTable } from './ConceptTable.tsx'
import { NumberField } from './NumberField.tsx'
import type { SubsetFieldsProps } from './subset-fields.ts'
import { useFrequentConcepts } from './use-frequent-concepts.ts'

const MAX_IMAGES = 100_000_000
/** A concept may have this share of the images, where nobody says more, and never more than so many. */
const FIRST_SHARE = 1 / 20
const MOST_FIRST = 1_000
/** As many concepts as are frequent in so many images: rare ones keep all of their images, and with them the others'. */
const MOST_FIRST_CONCEPTS = 200
const IMAGES_A_CONCEPT = 5

const TEXTS = [
  { value: 'caption-or-alt', label: 'The caption, else the alt-texts' },
  { value: 'caption', label: 'Captions only' },
  { value: 'alt', label: 'Alt-texts only' },
  { value: 'all', label: 'Captions and alt-texts' },
] as const

type Balance = NonNullable<Subset['balance']>

interface BalanceFieldsProps extends SubsetFieldsProps {
  readonly where: string
  /** What the step as it was counted last came to. */
  readonly counted: readonly SubsetConcept[]
  /** Changes what stands by then; for answers that come later. */
  readonly onUpdate: (change: (subset: Subset) => Subset) => void
}

/** Fewer images of frequent concepts, so that rare ones count for more. */
export function BalanceFields({ where, subset, counted, onChange, onUpdate }: BalanceFieldsProps) {
  const { balance, seed } = subset
  const texts = useFrequentConcepts()
  /** Switched on, and without a list yet. */
  const [isEmpty, setEmpty] = useState(false)

  function setBalance(change: Partial<Balance>): void {
    onUpdate((current) =>
      current.balance === null
        ? current
        : { ...current, balance: { ...current.balance, ...change } },
    )
  }

  function begin(concepts: string[], most: number): void {
    const first: Balance = { concepts, most, texts: 'caption-or-alt', others: 'keep' }
    // Somebody may have typed a list meanwhile.
    onUpdate((current) => (current.balance === null ? { ...current, balance: first } : current))
    setEmpty(false)
  }

  function switchOn(): void {
    setEmpty(true)
    texts.look({ where, seed, most: MOST_FIRST_CONCEPTS }, (concepts, { of }) => {
      const wanted = Math.max(1, Math.ceil(of / IMAGES_A_CONCEPT))
      if (concepts.length > 0) begin(concepts.slice(0, wanted), firstLimit(of))
    })
  }

  function replace(concepts: string[]): void {
    if (balance === null) {
      begin(concepts, MOST_FIRST)
      return
    }
    const before = balance.concepts
    setBalance({ concepts })
    showNotice({
      title: 'The list of concepts was replaced',
      action: {
        label: 'Put the old one back',
        run: () => {
          setBalance({ concepts: before })
        },
      },
    })
  }

  function lookAgain(most: number): void {
    const wish = { where, seed, most, texts: balance?.texts ?? 'caption-or-alt' }
    texts.look(wish, (concepts, { of }) => {
      if (concepts.length === 0) {
        if (balance !== null) showNotice({ title: 'The texts name nothing that can be seen' })
      } else if (balance === null) begin(concepts, firstLimit(of))
      else replace(concepts)
    })
  }

  return (
    <div className="subset-fields">
      <CheckField
        checked={balance !== null || isEmpty}
        onChange={(isOn) => {
          if (isOn) {
            switchOn()
            return
          }
          texts.stop()
          setEmpty(false)
          onChange({ ...subset, balance: null })
        }}
      >
        Thin out frequent concepts
      </CheckField>
      {(balance !== null || isEmpty) && (
        <ConceptList
          concepts={balance?.concepts ?? []}
          isLooking={texts.isLooking}
          look={texts.last}
          onLook={lookAgain}
          onChange={(concepts) => {
            texts.stop()
            if (balance === null) begin(concepts, MOST_FIRST)
            else setBalance({ concepts })
          }}
          onLoad={(concepts) => {
            texts.stop()
            replace(concepts)
          }}
        />
      )}
      {balance !== null && <Limits balance={balance} onChange={setBalance} />}
      {balance !== null && counted.length > 0 && <ConceptTable concepts={counted} />}
    </div>
  )
}

function firstLimit(images: number): number {
  return Math.min(MOST_FIRST, Math.max(1, Math.ceil(images * FIRST_SHARE)))
}

interface LimitsProps {
  readonly balance: Balance
  readonly onChange: (change: Partial<Balance>) => void
}

function Limits({ balance, onChange }: LimitsProps) {
  return (
    <div className="subset-stack">
      <NumberField
        label="Images of a concept, about"
        value={balance.most}
        from={1}
        to={MAX_IMAGES}
        hint="One with more keeps each by this / its count."
        onChange={(most) => {
          onChange({ most: most ?? balance.most })
        }}
      />
      <SelectField
        label="Looked for in"
        value={balance.texts}
        options={TEXTS}
        onChange={(texts) => {
          onChange({ texts })
        }}
      />
      <CheckField
        checked={balance.others === 'keep'}
        onChange={(isOn) => {
          onChange({ others: isOn ? 'keep' : 'drop' })
        }}
      >
        Keep images without a concept
      </CheckField>
    </div>
  )
}
