import type { TextSpan } from '../../../shared/domain/text-unit.ts'
import type { Finding } from './rule.ts'
import type { RuleText } from './rule-text.ts'

/** Words after which comes what somebody else wrote: "a sign that reads SALE". */
const SAID =
  /\b(?:says?|said|saying|reads?|reading|spells?|spelling|labell?ed|marked|titled|entitled|called|named|words?|text|written|lettering|logo|hashtag|the phrase|inscription|message|caption|stating|states|printed)[,:]?\s*["'“‘]?$/iu

export function spanOf(match: RegExpExecArray): TextSpan {
  return { start: match.index, end: match.index + match[0].length }
}

/** True where the text tells what stands written in the picture: in quotation marks, or after "a sign that reads". */
export function isReported(text: RuleText, offset: number): boolean {
  if (text.isQuoted(offset)) return true
  return SAID.test(before(text.text, offset, 24))
}

/** What `make` makes of each match of a global pattern; null leaves a match out. */
export function findAll(
  text: RuleText,
  pattern: RegExp,
  make: (match: RegExpExecArray) => Finding | null,
): Finding[] {
  const findings: Finding[] = []
  for (const match of text.text.matchAll(pattern)) {
    const finding = make(match)
    if (finding !== null) findings.push(finding)
  }
  return findings
}

/** Up to `length` code units before an offset. */
export function before(text: string, offset: number, length: number): string {
  return text.slice(Math.max(0, offset - length), offset)
}

/** True at the start of the text or after a mark that separates titles from what hangs on them. */
export function isAfterSeparator(text: string, offset: number): boolean {
  return /(?:^|[|•·–—~:;,!.?…([/©]|\s-)\s*$/u.test(before(text, offset, 12))
}

/** True at the end of the text or before such a mark. */
export function isBeforeSeparator(text: string, offset: number): boolean {
  return /^\s*(?:$|[|•·–—~:;,!.?…)\]/]|-\s)/u.test(text.slice(offset, offset + 12))
}
