import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import {
  countChangedWords,
  countMovedSentences,
  type WordDiff,
} from '../../../../../shared/domain/word-diff.ts'
import { Menu, MenuRadioGroup } from '../../../components/Menu.tsx'
import { Segmented } from '../../../components/Segmented.tsx'
import { targetKey, type DiffChoice, type DiffTarget } from './diff-target.ts'
import { listLayouts, type DiffLayout } from './use-diff-layout.ts'

interface DiffPanelProps {
  readonly diff: WordDiff
  readonly choices: readonly DiffChoice[]
  readonly chosen: DiffChoice
  readonly layout: DiffLayout
  readonly onTarget: (target: DiffTarget) => void
  readonly onLayout: (layout: DiffLayout) => void
  /** The diff itself, in the chosen layout. */
  readonly children: ReactNode
}

/** What the caption is compared with, how, and how much differs. */
export function DiffPanel(props: DiffPanelProps) {
  const { diff, choices, chosen, layout, onTarget, onLayout, children } = props
  const isSame = diff.parts.every((part) => part.kind === 'same')
  return (
    <section className="side-section" aria-label={`Difference to ${chosen.label}`}>
      <h2 className="side-title">
        Against
        <Menu
          trigger={
            <button type="button" className="side-choice" title="Compare with another text">
              {chosen.label}
              <ChevronDown className="icon" aria-hidden />
            </button>
          }
        >
          <MenuRadioGroup
            label="Compare with"
            value={targetKey(chosen.target)}
            options={choices.map((choice) => ({
              value: targetKey(choice.target),
              label: choice.label,
            }))}
            onChange={(key) => {
              const choice = choices.find((candidate) => targetKey(candidate.target) === key)
              if (choice !== undefined) onTarget(choice.target)
            }}
          />
        </Menu>
        <span className="side-note numeric">{describeSize(diff, isSame)}</span>
        <Segmented
          label="Layout of the diff"
          value={layout}
          options={listLayouts()}
          onChange={onLayout}
          isIconOnly
        />
      </h2>
      {diff.isCoarse && (
        <p className="side-hint">The texts have little in common: whole sentences are compared.</p>
      )}
      {!isSame && children}
    </section>
  )
}

function describeSize(diff: WordDiff, isSame: boolean): string {
  if (isSame) return 'no difference'
  const { removed, added } = countChangedWords(diff)
  const moved = countMovedSentences(diff)
  if (removed + added + moved === 0) return 'the same words'
  const words = `−${removed} +${added} words`
  if (moved === 0) return words
  return `${words}, ${moved === 1 ? '1 sentence' : `${moved} sentences`} moved`
}
