import { cut, replacement } from '../../../shared/domain/text-fix.ts'
import { NAMED_ENTITIES } from './html-entities.ts'
import { findAll, spanOf } from './matching.ts'
import { repairMojibake } from './mojibake.ts'
import { BOTH_ROLES, type HygieneRule } from './rule.ts'

const ENTITY = /&(?:(?:amp|#38|#x26);){0,9}(#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,9});/giu

function decode(name: string): string | null {
  if (!name.startsWith('#'))
    return NAMED_ENTITIES.get(name) ?? NAMED_ENTITIES.get(name.toLowerCase()) ?? null
  const isHex = /^#x/iu.test(name)
  const code = isHex ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10)
  if (code === 0xa0) return ' '
  const isText = code >= 0x20 && code <= 0x10ffff && !(code >= 0x7f && code < 0xa0)
  return isText && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : ''
}

const htmlEntity: HygieneRule = {
  id: 'junk/html-entity',
  severity: 'error',
  roles: BOTH_ROLES,
  finds: 'characters written in HTML: &amp; &#39;',
  find: (text) =>
    findAll(text, ENTITY, (match) => {
      const insert = decode(match[1] ?? '')
      if (insert === null) return null
      const span = spanOf(match)
      const fix = replacement(span, insert, 'Write the character itself')
      return { ...span, message: 'A character is written in HTML.', fix }
    }),
}

const INLINE =
  'a|abbr|b|big|cite|code|del|em|font|i|img|ins|kbd|mark|q|s|small|span|strike|strong|sub|sup|u'
const BLOCK =
  'article|aside|blockquote|body|br|button|center|div|figcaption|figure|footer|form|h[1-6]|head|header|hr|html|iframe|input|label|li|main|meta|nav|ol|p|picture|pre|script|section|source|style|svg|table|tbody|td|th|thead|title|tr|ul|video'
const HTML_TAG = new RegExp(
  `<!--(?:(?!-->)[\\s\\S]){0,500}-->|</?(?:(${BLOCK})|${INLINE})(?:\\s{0,3}/?|\\s[^<>=]{0,200}=[^<>]{0,800})>`,
  'giu',
)

const htmlTag: HygieneRule = {
  id: 'junk/html-tag',
  severity: 'error',
  roles: BOTH_ROLES,
  finds: 'HTML tags: <b>, <br/>',
  find: (text) =>
    findAll(text, HTML_TAG, (match) => {
      const span = spanOf(match)
      const glue = match[1] === undefined ? '' : ' '
      const fix = cut(text.text, span, { glue, label: 'Delete the tag' })
      return { ...span, message: 'An HTML tag stands in the text.', fix }
    }),
}

const mojibake: HygieneRule = {
  id: 'junk/mojibake',
  severity: 'error',
  roles: BOTH_ROLES,
  finds: 'characters broken by a wrong encoding, with their repair: cafÃ©',
  find: (text) =>
    repairMojibake(text.text).map(({ start, end, repaired }) => ({
      start,
      end,
      message: 'A wrong encoding broke these characters.',
      fix: replacement({ start, end }, repaired, `Repair to “${repaired}”`),
    })),
}

const lostCharacter: HygieneRule = {
  id: 'junk/lost-character',
  severity: 'warning',
  roles: BOTH_ROLES,
  finds: 'the sign for a character that was lost: \ufffd',
  find: (text) =>
    findAll(text, /\ufffd+/gu, (match) => ({
      ...spanOf(match),
      message: 'A character was lost here before the text reached you.',
      fix: null,
    })),
}

export const ENCODING_RULES: readonly HygieneRule[] = [htmlEntity, htmlTag, mojibake, lostCharacter]
