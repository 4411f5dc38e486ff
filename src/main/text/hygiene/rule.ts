import type { HygieneMark, HygieneSeverity } from '../../../shared/domain/hygiene.ts'
import type { HygieneRole, RuleText } from './rule-text.ts'

export type { HygieneRole } from './rule-text.ts'

/** What a rule found; its id and severity are the rule's. */
export type Finding = Omit<HygieneMark, 'ruleId' | 'severity'>

/** One thing that is not wanted in a text. The corpus holds cases for each, the guide lists each. */
export interface HygieneRule {
  /** `group/name`, stored with overrides: never rename one. */
  readonly id: string
  readonly severity: HygieneSeverity
  readonly roles: readonly HygieneRole[]
  /** For the guide: what it finds, in a few words. */
  readonly finds: string
  /** Everything in the text that this rule is about, in the order of the text, without overlaps. */
  find(text: RuleText): readonly Finding[]
}

export const BOTH_ROLES: readonly HygieneRole[] = ['alt', 'caption']
