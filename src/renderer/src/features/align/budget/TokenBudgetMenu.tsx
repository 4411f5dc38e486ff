import { ChevronDown } from 'lucide-react'
import {
  TOKEN_TARGETS,
  type TokenBudget,
  type TokenTargetId,
} from '../../../../../shared/domain/token-budget.ts'
import { Menu, MenuLabel, MenuRadioGroup } from '../../../components/Menu.tsx'
import './TokenBudgetMenu.css'

export type ShownTarget = TokenTargetId | 'none'

interface TokenBudgetMenuProps {
  readonly budgets: readonly TokenBudget[]
  readonly target: ShownTarget
  readonly onTarget: (target: ShownTarget) => void
}

/** How much of a trainer's window the caption fills; the menu tells it for all of them. */
export function TokenBudgetMenu({ budgets, target, onTarget }: TokenBudgetMenuProps) {
  const shown = budgets.find((budget) => budget.target === target)
  const options = TOKEN_TARGETS.map(({ id, label }) => {
    const budget = budgets.find((candidate) => candidate.target === id)
    const use = budget === undefined ? '' : `  ${describeUse(budget)}`
    return { value: id, label: `${label}${use}` }
  })
  return (
    <Menu
      align="end"
      trigger={
        <button type="button" className="budget" data-over={isOver(shown) || undefined}>
          {shown === undefined ? (
            describeUnknown(target)
          ) : (
            <>
              <span className="budget-bar" aria-hidden>
                <span style={{ inlineSize: `${fill(shown)}%` }} />
              </span>
              <span className="numeric">
                {labelOf(shown.target)}: {describeUse(shown)}
                {isOver(shown) && ', the rest is cut off'}
              </span>
            </>
          )}
          <ChevronDown className="icon" aria-hidden />
        </button>
      }
    >
      <MenuLabel>Window of the trainer. ≈ is an estimate: no tokenizer is installed.</MenuLabel>
      <MenuRadioGroup
        label="Window of the trainer"
        value={target}
        options={[...options, { value: 'none', label: 'None' }]}
        onChange={onTarget}
      />
    </Menu>
  )
}

/** Nothing was chosen, or it is not counted yet. */
function describeUnknown(target: ShownTarget): string {
  return target === 'none' ? 'No window' : `${labelOf(target)}: …`
}

function describeUse({ used, limit, isExact }: TokenBudget): string {
  return `${isExact ? '' : '≈ '}${used} of ${limit}`
}

function isOver(budget: TokenBudget | undefined): boolean {
  return budget !== undefined && budget.cutAt !== null
}

function fill({ used, limit }: TokenBudget): number {
  return Math.min(100, Math.round((used / limit) * 100))
}

function labelOf(target: TokenTargetId): string {
  return TOKEN_TARGETS.find(({ id }) => id === target)?.label ?? target
}

/** Reads a remembered choice. */
export function parseTarget(stored: unknown): ShownTarget | undefined {
  if (stored === 'none') return 'none'
  return TOKEN_TARGETS.find(({ id }) => id === stored)?.id
}
