import { cut, replacement } from '../../../shared/domain/text-fix.ts'
import { before, findAll, spanOf } from './matching.ts'
import { BOTH_ROLES, type Finding, type HygieneRule } from './rule.ts'

const doubledSpace: HygieneRule = {
  id: 'structure/doubled-space',
  severity: 'hint',
  roles: BOTH_ROLES,
  finds: 'two spaces or more between words',
  find: (text) =>
    findAll(text, /(?<=\S)[ \u00a0]{2,}(?=\S)/gu, (match) => {
      const span = spanOf(match)
      const fix = replacement(span, ' ', 'Leave one space')
      return { ...span, message: 'More than one space stands here.', fix }
    }),
}

const SPACED_MARK =
  /(?<=[\p{L}\p{N}\p{Pe}\p{Pf}"'’])[ \t\u00a0]{1,20}([,;:.!?])(?![\p{L}\p{N}.,;:!?)(-])/gu

const spaceBeforeMark: HygieneRule = {
  id: 'structure/space-before-mark',
  severity: 'hint',
  roles: BOTH_ROLES,
  finds: 'a space before a comma, stop or other mark (not in French)',
  find(text) {
    if (text.language.code === 'fr' || text.expectedLanguage === 'fr') return []
    return findAll(text, SPACED_MARK, (match) => {
      const span = spanOf(match)
      const fix = replacement(span, match[1] ?? '', 'Delete the space')
      return { ...span, message: 'No space comes before this mark.', fix }
    })
  },
}

const TIGHT_MARK =
  /(?<=(?<![\p{L}\p{N}.@/])\p{L}\p{Ll}{1,30})(?:[,;](?=\p{L}{2})|[.!?](?=\p{Lu}\p{Ll}+(?![\p{L}\p{N}.@/])))/gu

const tightMark: HygieneRule = {
  id: 'structure/space-after-mark',
  severity: 'hint',
  roles: BOTH_ROLES,
  finds: 'no space after a comma or stop: dog,cat',
  find: (text) =>
    findAll(text, TIGHT_MARK, (match) => {
      const span = spanOf(match)
      const fix = replacement(span, `${match[0]} `, 'Put a space after it')
      return { ...span, message: 'A space is missing after this mark.', fix }
    }),
}

const MARK_RUN = /!{2,}[!?]*|\?{2,}[!?]*|,(?:\s?,)+|;{2,}|(?<!\.)\.\.(?!\.)/gu

const markRun: HygieneRule = {
  id: 'structure/mark-run',
  severity: 'hint',
  roles: BOTH_ROLES,
  finds: 'the same mark again and again: !!!',
  find: (text) =>
    findAll(text, MARK_RUN, (match) => {
      const span = spanOf(match)
      if (text.isQuoted(span.start)) return null
      const fix = replacement(span, match[0][0] ?? '', 'Leave one')
      return { ...span, message: 'One mark is enough.', fix }
    }),
}

/** Formatting that nobody sees. Joiners stay: emoji and several scripts need them. */
const INVISIBLE =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]+/gu
/** Marks of direction are at home in right-to-left text. */
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u
const DIRECTION = /^[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+$/u

const invisible: HygieneRule = {
  id: 'structure/invisible',
  severity: 'warning',
  roles: BOTH_ROLES,
  finds: 'characters that nobody sees: zero-width spaces, soft hyphens, control characters',
  find(text) {
    const isRightToLeft = RIGHT_TO_LEFT.test(text.text)
    return findAll(text, INVISIBLE, (match) => {
      if (isRightToLeft && DIRECTION.test(match[0])) return null
      const span = spanOf(match)
      const fix = cut(text.text, span, { glue: '', label: 'Delete what nobody sees' })
      return { ...span, message: 'A character that nobody sees stands here.', fix }
    })
  },
}

const PAIRS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '“': '”', '«': '»' }
const CLOSING = new Map(Object.entries(PAIRS).map(([open, close]) => [close, open]))

/** Brackets and quotation marks that find no partner; German quotes „…“ are a pair too. */
function unpaired(text: string): number[] {
  const open: { readonly mark: string; readonly at: number }[] = []
  const lonely: number[] = []
  const straight: number[] = []
  for (const { 0: mark, index: at } of text.matchAll(/[()[\]{}“”„«»"]/gu)) {
    const last = open.at(-1)
    if (mark === '"') {
      if (!/\d$/u.test(before(text, at, 1))) straight.push(at)
    } else if (last?.mark === '„' && /[“”]/u.test(mark)) open.pop()
    else if (mark === '„' || mark in PAIRS) open.push({ mark, at })
    else if (last !== undefined && last.mark === CLOSING.get(mark)) open.pop()
    else if (!isListOrSmile(text, at)) lonely.push(at)
  }
  const oddQuote = straight.length % 2 === 1 ? straight.slice(-1) : []
  return [...lonely, ...open.map(({ at }) => at), ...oddQuote].sort((a, b) => a - b)
}

/** "a) b)" and ":)". */
function isListOrSmile(text: string, at: number): boolean {
  return /(?:(?:^|\s)[a-z\d]{1,2}|[:;=]-?)$/u.test(before(text, at, 4))
}

const unbalanced: HygieneRule = {
  id: 'structure/unbalanced',
  severity: 'hint',
  roles: BOTH_ROLES,
  finds: 'a quotation mark or bracket without its partner',
  find: ({ text }) =>
    unpaired(text).map((at): Finding => ({
      start: at,
      end: at + 1,
      message: 'Its partner is missing.',
      fix: null,
    })),
}

export const MARK_RULES: readonly HygieneRule[] = [
  doubledSpace,
  spaceBeforeMark,
  tightMark,
  markRun,
  invisible,
  unbalanced,
]
