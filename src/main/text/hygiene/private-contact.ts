import { deletion } from '../../../shared/domain/text-fix.ts'
import { before, findAll, spanOf } from './matching.ts'
import { BOTH_ROLES, type HygieneRule } from './rule.ts'

const MAIL =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}_%+][\p{L}\p{N}._%+-]{0,63}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62})\.){1,5}\p{L}{2,24}(?![\p{L}\p{N}])/gu
const MAIL_LEAD =
  /(?:\b(?:or|and)\s+)?(?:\b(?:e-?mail|mail|contact|write to|reach|enquiries|inquiries)\b(?: (?:us|me|him|her))?(?: at| to)?\s?:?|✉️?|📧|\bat\b)\s*$/iu

const mail: HygieneRule = {
  id: 'private/mail',
  severity: 'error',
  roles: BOTH_ROLES,
  finds: 'mail addresses',
  find: (text) =>
    findAll(text, MAIL, (match) => {
      const span = spanOf(match)
      const lead = MAIL_LEAD.exec(before(text.text, span.start, 40))?.[0].length ?? 0
      const whole = { start: span.start - lead, end: span.end }
      const fix = deletion(text.text, whole, 'Delete the mail address')
      return { ...span, message: 'A mail address is private.', fix }
    }),
}

const NUMBER =
  /(?<![\p{L}\p{N}.,:/$€£#°-])(?:\+|\((?=\d{2,5}\)))?\d(?:[ ().\/\u00a0-]{0,2}\d){5,16}(?![\p{L}\p{N}]|[.,:]\d|\s?[%°€£×])/gu
const LABEL =
  /\b(?:tel|telephone|phone|ph|call|calling|dial|mobile|mob|cell|fax|whatsapp|sms|text|contact|hotline|t|m|p)\b\.?(?: (?:us|now|me|no|number|at|on))?\.?\s?:?\s*$/iu
const LEAD =
  /(?:\b(?:tel|telephone|phone|ph|call|dial|mobile|mob|cell|fax|whatsapp|sms|contact|hotline)\b\.?(?: (?:us|now|me|no|number|at|on))?\.?\s?:?|☎️?|📞)\s*$/iu
const DATE =
  /^(?:(?:19|20)\d\d[-./ ](?:0?[1-9]|1[0-2])[-./ ](?:0?[1-9]|[12]\d|3[01])|(?:0?[1-9]|[12]\d|3[01])[-./ ](?:0?[1-9]|[12]\d|3[01])[-./ ](?:19|20)?\d\d)(?![ .-]?\d)/u

/** Shapes in which people write numbers of North America, of the world with +, and national ones with a leading 0. */
function isPhone(written: string): boolean {
  const digits = written.replace(/\D/gu, '')
  if (written.startsWith('+')) return digits.length >= 8 && digits.length <= 15
  if (/^(?:1[ .-])?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}$/u.test(written)) return true
  if (/^00\d{8,13}$/u.test(digits) && written !== digits) return true
  const isGrouped = /^\(?0\d{1,4}\)?[ ./-]{1,2}\d{2,8}(?:[ .-]\d{2,4}){0,4}$/u.test(written)
  return isGrouped && digits.length >= 9 && digits.length <= 12
}

const phone: HygieneRule = {
  id: 'private/phone',
  severity: 'error',
  roles: BOTH_ROLES,
  finds: 'phone numbers',
  find: (text) =>
    findAll(text, NUMBER, (match) => {
      const span = spanOf(match)
      const digits = match[0].replace(/\D/gu, '').length
      const labelled = LABEL.test(before(text.text, span.start, 24))
      const isCalled = labelled && digits >= 6 && digits <= 15
      if (DATE.test(match[0]) || (!isCalled && !isPhone(match[0]))) return null
      const lead = LEAD.exec(before(text.text, span.start, 24))?.[0].length ?? 0
      const whole = { start: span.start - lead, end: span.end }
      const fix = deletion(text.text, whole, 'Delete the phone number')
      return { ...span, message: 'A phone number is private.', fix }
    }),
}

export const CONTACT_RULES: readonly HygieneRule[] = [mail, phone]
