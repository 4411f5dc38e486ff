import { deletion } from '../../../shared/domain/text-fix.ts'
import { isReported } from './matching.ts'
import type { Finding, HygieneRule } from './rule.ts'
import type { HygieneRole, RuleText } from './rule-text.ts'

const CAPTION: readonly HygieneRole[] = ['caption']

const LABEL =
  /^(?:(?:(?:final|updated|revised|new|improved|rewritten|short|long|detailed|image|photo|english)[ -]){0,2}(?:caption|alt[- ]?text|description|answer|output|response|rewrite|translation)s?(?: \d{1,2})?\s?:|(?:sure|certainly|of course|absolutely|okay|ok|great)[,!.]?(?: (?:here(?:['’]s| is| are)|i can)[^:\n]{0,100}:)|here(?:['’]s| is| are) (?:a|an|the|my|your|some)? ?(?:\p{L}+[ -]){0,4}(?:caption|alt[- ]?text|description|rewrite|version)s?[^:.\n]{0,60}:|\*\*(?:caption|description|alt[- ]?text)[:*]{2,4})/iu
const META_SENTENCE =
  /^(?:(?:as|being) an? (?:ai|artificial|large|language)\b|i(?:['’]m| am) (?:sorry|unable|not able|just|an ai)|(?:unfortunately|sorry),? (?:but )?i\b|i (?:cannot|can['’]t|can not|could not|couldn['’]t|do not|don['’]t) (?:see|identify|determine|describe|tell|provide|have|know|view|assist|access|make out)|(?:sure|certainly|of course)[,!](?: |$)(?:here|i\b|$)|(?:please )?(?:let me know|feel free)\b|i hope this|note(?: that)?:|(?:please )?note that (?:this|the|i)\b|based on (?:the|this|your) (?:image|alt|picture|photo|provided|given|text|information|caption)|without (?:more|further|additional) (?:context|information)|the (?:provided |given |original )?alt[- ]?(?:text|attribute) (?:says|mentions|states|claims|describes|is|does)|(?:this|the) (?:caption|description|alt[- ]text) (?:is|was|has been|does|describes|should|captures|aims|focuses|provides|accurately)|(?:no|there is no) (?:further|additional) (?:information|context|details?)|i (?:have )?(?:removed|kept|changed|corrected|added|rewrote|rewritten)\b|changes made:|my (?:caption|description) )/iu

const meta: HygieneRule = {
  id: 'caption/meta',
  severity: 'error',
  roles: CAPTION,
  finds: 'talk about the task: “As an AI …”, “Here is the caption:”, “The alt-text says …”',
  find(text) {
    const message = 'This talks about the task, not about the picture.'
    const findings: Finding[] = []
    for (const { start, end } of text.sentences) {
      if (isReported(text, start) || start < (findings.at(-1)?.end ?? 0)) continue
      const label = LABEL.exec(text.text.slice(start, start + 300))?.[0]
      const sentence = text.text.slice(start, Math.min(end, start + 300))
      const span = { start, end: label === undefined ? end : start + label.length }
      if (label === undefined && !META_SENTENCE.test(sentence)) continue
      const what = label === undefined ? 'Delete the sentence' : 'Delete the talk'
      findings.push({ ...span, message, fix: deletion(text.text, span, what) })
    }
    return findings
  },
}

/** Words that no English sentence ends in. */
const OPEN_WORDS = new Set(
  'a an the and or but nor of with from into onto his its their my our your every whose because while than is are has have being toward towards at for during via per which'.split(
    ' ',
  ),
)
const TRAILS_OFF = /(?:\.{3,}|…|[,;:(–—]|(?:\s-))\s*$/u
const ENDED = /[.!?。！？][\s"'”’»)\]]*$/u

const unfinished: HygieneRule = {
  id: 'caption/unfinished',
  severity: 'error',
  roles: CAPTION,
  finds: 'a last sentence that breaks off: “… next to the”',
  find(text) {
    const last = text.sentences.at(-1)
    const word = text.words.at(-1)
    if (last === undefined || word === undefined || word.start < last.start) return []
    const tail = text.text.slice(Math.max(last.start, last.end - 40), last.end)
    const trailsOff = TRAILS_OFF.test(tail)
    if (!breaksOff(text, tail, word) || isReported(text, word.start)) return []
    if (/^\p{Lu}+$/u.test(text.text.slice(word.start, word.end)) && !trailsOff) return []
    const span = { start: word.start, end: last.end }
    const before = text.words.findLast(({ start }) => start < last.start)
    const rest = text.text.slice(Math.max(0, last.start - 40), last.start)
    // What would be left must not break off too.
    const fix =
      before !== undefined &&
      /\p{L}/u.test(text.text.slice(0, last.start)) &&
      !breaksOff(text, rest, before)
        ? deletion(text.text, { start: last.start, end: last.end }, 'Delete the last sentence')
        : null
    return [{ ...span, message: 'The last sentence breaks off.', fix }]
  },
}

function breaksOff(text: RuleText, tail: string, word: RuleText['words'][number]): boolean {
  return (
    TRAILS_OFF.test(tail) || (OPEN_WORDS.has(word.lower) && text.isEnglish && !ENDED.test(tail))
  )
}

export const WHOLE_CAPTION_RULES: readonly HygieneRule[] = [meta, unfinished]
