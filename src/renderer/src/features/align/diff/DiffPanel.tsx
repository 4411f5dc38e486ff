import { ChevronDown } from 'lucide-react'
import { countChangedWords, type WordDiff } from '../../../../../shared/domain/word-diff.ts'
import { Menu, MenuRadioGroup } from '../../../components/Menu.tsx'
import { findDiffChoice, targetKey, type DiffChoice, type DiffTarget } from './diff-target.ts'
import { WordDiffView } from './WordDiffView.tsx'

interface DiffPanelProps {
  readonly diff: WordDiff
  readonly choices: readonly DiffChoice[]
  readonly target: DiffTarget
  readonly onTarget: (target: DiffTarget) => void
}

/** How the caption differs from the anchor, or from whatever it is compared with. */
export function DiffPanel({ diff, choices, target, onTarget }: DiffPanelProps) {
  const chosen = findDiffChoice(choices, target)
  if (chosen === undefined) return null
  const { removed, added } = countChangedWords(diff)
  const isSame = diff.parts.every((part) => part.kind === 'same')
  return (
    <section className="side-section" aria-label={`Difference to ${chosen.label}`}>
      <h2 className="side-title">
        Against
        <Menu
          trigger={
            <button type="button" className="side-choice">
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
        <span className="side-note numeric">
          {isSame ? 'no difference' : `−${removed} +${added} words`}
        </span>
      </h2>
      {diff.isCoarse && (
        <p className="side-hint">The texts have little in common: whole sentences are compared.</p>
      )}
      {!isSame && <WordDiffView diff={diff} className="diff-panel-text" />}
    </section>
  )
}
