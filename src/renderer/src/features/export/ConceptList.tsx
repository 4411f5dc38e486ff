import { FileUp, ScanText } from 'lucide-react'
import { useRef, useState } from 'react'
import { MAX_CONCEPT_LENGTH, MAX_CONCEPTS } from '../../../../shared/domain/concept-list.ts'
import { Button } from '../../components/Button.tsx'
import { formatCount } from '../../components/quantities.ts'
import { showNotice } from '../../notices/notice-store.ts'
import { LinesField } from './LinesField.tsx'
import { NumberField } from './NumberField.tsx'
import { readConceptLines } from './read-concept-file.ts'
import type { ConceptLook } from './use-frequent-concepts.ts'

const USUAL_COUNT = 200

interface ConceptListProps {
  readonly concepts: readonly string[]
  readonly isLooking: boolean
  /** What the last look through the texts came to. */
  readonly look: ConceptLook | undefined
  /** Takes the most frequent ones from the texts. */
  readonly onLook: (most: number) => void
  readonly onChange: (concepts: string[]) => void
  /** Gets a list that takes the place of the whole one. */
  readonly onLoad: (concepts: string[]) => void
}

/** The list of concepts: to be edited, pasted over, taken from the texts or loaded from a file. */
export function ConceptList(props: ConceptListProps) {
  const { concepts, isLooking, look, onLook, onChange, onLoad } = props
  const [most, setMost] = useState(USUAL_COUNT)
  const file = useRef<HTMLInputElement>(null)

  async function load(chosen: File): Promise<void> {
    try {
      onLoad(readConceptLines(await chosen.text()))
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error)
      showNotice({ tone: 'error', title: `“${chosen.name}” was not loaded`, text })
    }
  }

  return (
    <div className="concept-list">
      <LinesField
        label="Concepts, one a line"
        lines={concepts}
        most={MAX_CONCEPTS}
        hint={isLooking ? 'Looking through the texts…' : describe(concepts.length, look)}
        findMistake={(line) =>
          line.length > MAX_CONCEPT_LENGTH
            ? `A concept has at most ${MAX_CONCEPT_LENGTH} letters.`
            : undefined
        }
        missing={isLooking ? 'Looking through the texts…' : describeNone(look)}
        onChange={onChange}
      />
      <div className="concept-sources">
        <Button
          size="small"
          icon={ScanText}
          isBusy={isLooking}
          onClick={() => {
            onLook(most)
          }}
        >
          Take from texts
        </Button>
        <NumberField
          label="How many"
          value={most}
          from={1}
          to={MAX_CONCEPTS}
          onChange={(next) => {
            setMost(next ?? most)
          }}
        />
        <Button
          size="small"
          icon={FileUp}
          onClick={() => {
            file.current?.click()
          }}
        >
          Load a file…
        </Button>
        <input
          ref={file}
          type="file"
          hidden
          accept=".txt,.csv,.tsv,.lst,text/*"
          aria-label="File of concepts"
          onChange={({ target }) => {
            const chosen = target.files?.[0]
            if (chosen !== undefined) void load(chosen)
            // The same file can be chosen again after it was changed.
            target.value = ''
          }}
        />
      </div>
    </div>
  )
}

function describe(count: number, look: ConceptLook | undefined): string {
  const whole = `${formatCount(count)} in the list; whole words, whatever their case. “dog | dogs” is one concept.`
  if (look === undefined || look.sampled === look.of) return whole
  return `${whole} The texts of ${formatCount(look.sampled)} of ${formatCount(look.of)} images were looked at.`
}

function describeNone(look: ConceptLook | undefined): string {
  return look?.found === 0
    ? 'The texts of these images name nothing that can be seen, as far as English words tell: type concepts, or load them from a file.'
    : 'At least one line is needed.'
}
