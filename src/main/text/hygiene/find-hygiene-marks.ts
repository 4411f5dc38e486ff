import type { HygieneMark } from '../../../shared/domain/hygiene.ts'
import { createRuleText, type HygieneRole } from './rule-text.ts'
import { HYGIENE_RULES } from './rules.ts'

export interface HygieneOptions {
  readonly role: HygieneRole
  /** ISO 639-1 of the language that the project wants; null or absent where any will do. */
  readonly expectedLanguage?: string | null
}

/** Groups whose marks name one thing each: a domain inside a mail address is the mail address. */
const EXCLUSIVE = /^(?:junk|private)\//u
/** These judge a text as a whole and say nothing about the things in it. */
const WHOLE_TEXT = new Set(['junk/keyword-list', 'junk/all-caps', 'junk/lost-character'])

function isThing({ ruleId }: HygieneMark): boolean {
  return EXCLUSIVE.test(ruleId) && !WHOLE_TEXT.has(ruleId)
}

/** Of marks that overlap the longest stays, of equally long ones the first. Expects them by start. */
function withoutInner(marks: readonly HygieneMark[]): HygieneMark[] {
  const kept: HygieneMark[] = []
  for (const mark of marks) {
    const last = kept.at(-1)
    if (last === undefined || mark.start >= last.end) kept.push(mark)
    else if (mark.end - mark.start > last.end - last.start) kept[kept.length - 1] = mark
  }
  return kept
}

/**
 * Everything in a text that is hardly ever, mostly not, or perhaps not wanted in a caption, by start. Fixes are made one
 * at a time: after one the text is asked anew. Takes time in proportion to the text's length.
 */
export function findHygieneMarks(text: string, options: HygieneOptions): HygieneMark[] {
  const { role, expectedLanguage = null } = options
  const ruleText = createRuleText(text, { role, expectedLanguage })
  const marks = HYGIENE_RULES.filter(({ roles }) => roles.includes(role)).flatMap((rule) =>
    rule.find(ruleText).map(({ start, end, message, fix }): HygieneMark => ({
      ruleId: rule.id,
      severity: rule.severity,
      start,
      end,
      message,
      fix,
    })),
  )
  const byStart = (a: HygieneMark, b: HygieneMark) => a.start - b.start
  const things = withoutInner(marks.filter(isThing).sort(byStart))
  return [...things, ...marks.filter((mark) => !isThing(mark))].sort(byStart)
}
