import { deletion } from '../../../shared/domain/text-fix.ts'
import {
  before,
  findAll,
  isAfterSeparator,
  isBeforeSeparator,
  isReported,
  spanOf,
} from './matching.ts'
import { BOTH_ROLES, type HygieneRule } from './rule.ts'

const TRAILING = /[.,;:!?)\]'’]+$/u
const ADDRESS = /(?<![\p{L}\p{N}@])(?:(?:https?|ftp):\/\/|www\d?\.)[^\s<>"“”|]{2,2048}/giu
/** Endings that are no English word, so that "the dog.It" stays a slip of the space key. */
const DOMAIN =
  /(?<![\p{L}\p{N}@._/-])(?:[a-z0-9][a-z0-9-]{0,62}\.){1,4}(?:com|org|net|info|biz|edu|gov|io|co|uk|de|fr|eu|ru|ca|au|nl|pl|es|ch|jp|cn|br|se|tv|shop|store|app|dev|blog|online|xyz|site)(?![\p{L}\p{N}@-]|\.\p{L})(?:\/[^\s<>"“”|]{0,2048})?/giu
const LEAD =
  /(?:\b(?:from|at|on|visit|via|by|see|source|courtesy of|photo|image|more|©|url|website|web|link)\b:?|©|\()\s*$/iu
const LEAD_WORDS =
  /(?:\b(?:for more (?:info|information|details)[,:]? (?:visit|see)|courtesy of|source:|source|from|at|on|visit|via|by|see|url:|website:|web:|link:)|©)\s*$/iu

function addressFinding(text: string, start: number, found: string) {
  const end = start + found.replace(TRAILING, '').length
  const lead = LEAD_WORDS.exec(before(text, start, 40))
  const from = lead === null ? start : start - lead[0].length
  const fix = deletion(text, { start: from, end }, 'Delete the web address')
  return { start, end, message: 'A web address is no part of a caption.', fix }
}

const webAddress: HygieneRule = {
  id: 'junk/web-address',
  severity: 'error',
  roles: BOTH_ROLES,
  finds: 'web addresses, and site names that hang on a title: https://…, | example.com',
  find(text) {
    const addresses = findAll(text, ADDRESS, (match) =>
      isReported(text, match.index) ? null : addressFinding(text.text, match.index, match[0]),
    )
    const domains = findAll(text, DOMAIN, (match) => {
      const { start, end } = spanOf(match)
      const lead = LEAD_WORDS.exec(before(text.text, start, 40))?.[0].length ?? 0
      if (isReported(text, start) || isReported(text, start - lead)) return null
      if (/^www\d?\./iu.test(match[0])) return null
      const isHung = isAfterSeparator(text.text, start) || LEAD.test(before(text.text, start, 24))
      if (!match[0].includes('/') && !(isHung && isBeforeSeparator(text.text, end))) return null
      return addressFinding(text.text, start, match[0])
    })
    return [...addresses, ...domains].sort((a, b) => a.start - b.start)
  },
}

const TAG = String.raw`#[\p{L}\p{N}_]{0,100}\p{L}[\p{L}\p{N}_]{0,100}`
const HASHTAGS = new RegExp(`(?<![\\p{L}\\p{N}&/#])${TAG}(?:[ \\t,]{0,5}${TAG})*`, 'gu')
const COLOUR = /^#(?:[\da-f]{3}|[\da-f]{6})$/iu
const JOINED = /\b(?:in|at|on|the|an?|my|our|of|with|from|for|to|near|and|by|is|are)\s+$/iu

const hashtag: HygieneRule = {
  id: 'junk/hashtag',
  severity: 'warning',
  roles: BOTH_ROLES,
  finds: 'hashtags: #sunset #travel',
  find: (text) =>
    findAll(text, HASHTAGS, (match) => {
      const span = spanOf(match)
      if (isReported(text, span.start)) return null
      if (COLOUR.test(match[0]) && /\d|^#(.)\1+$/u.test(match[0])) return null
      const isWord = !/[\s,]|.#/u.test(match[0]) && JOINED.test(before(text.text, span.start, 12))
      const fix = isWord
        ? { ...span, insert: match[0].slice(1), label: 'Take the # away' }
        : deletion(text.text, span, 'Delete the hashtags')
      return { ...span, message: 'Hashtags belong to a post, not to a caption.', fix }
    }),
}

const MENTION =
  /(?<![\p{L}\p{N}._/@%+-])@(?=[\w.]{0,29}[A-Za-z])[A-Za-z0-9_](?:[A-Za-z0-9_.]{0,28}[A-Za-z0-9_])(?![\p{L}@])/gu
const MENTION_LEAD =
  /(?:📷|📸|\b(?:by|via|from|with|photo by|follow us|follow|ig|insta|instagram|credit)\b:?)\s*$/iu

const mention: HygieneRule = {
  id: 'junk/mention',
  severity: 'warning',
  roles: BOTH_ROLES,
  finds: 'account names: @someone',
  find: (text) =>
    findAll(text, MENTION, (match) => {
      const span = spanOf(match)
      if (isReported(text, span.start)) return null
      const lead = MENTION_LEAD.exec(before(text.text, span.start, 24))
      const from = lead === null ? span.start : span.start - lead[0].length
      const fix = deletion(text.text, { start: from, end: span.end }, 'Delete the account name')
      return { ...span, message: 'An account name tells nothing of the picture.', fix }
    }),
}

export const WEB_RULES: readonly HygieneRule[] = [webAddress, hashtag, mention]
