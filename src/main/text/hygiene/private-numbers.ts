import { deletion } from '../../../shared/domain/text-fix.ts'
import { before, findAll, isReported, spanOf } from './matching.ts'
import { BOTH_ROLES, type HygieneRule } from './rule.ts'

/** Luhn's check: every second digit from the right doubled, the sum of digits a multiple of ten. */
function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index])
    const doubled = index % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/** ISO 13616: the first four characters to the end, letters as 10 to 35, the rest by 97 is 1. */
function passesIban(iban: string): boolean {
  let rest = 0
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(character, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest === 1
}

const CARD = /(?<![\p{L}\p{N}.,-])[2-6]\d{3}(?:[ -]?\d){9,15}(?![\p{L}\p{N}]|[.,-]\d)/gu
const CARD_SHAPE = /^(?:\d{13,19}|\d{4}([ -])\d{4}\1\d{4}\1\d{1,7}|3\d{3}([ -])\d{6}\2\d{5})$/u

const card: HygieneRule = {
  id: 'private/card',
  severity: 'error',
  roles: BOTH_ROLES,
  finds: 'numbers of payment cards (Luhn’s check holds)',
  find: (text) =>
    findAll(text, CARD, (match) => {
      const digits = match[0].replace(/\D/gu, '')
      if (!CARD_SHAPE.test(match[0]) || digits.length < 13 || !passesLuhn(digits)) return null
      const span = spanOf(match)
      const fix = deletion(text.text, span, 'Delete the card number')
      return { ...span, message: 'This can be the number of a payment card.', fix }
    }),
}

const IBAN =
  /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,3})?(?![\p{L}\p{N}])/gu

const iban: HygieneRule = {
  id: 'private/iban',
  severity: 'error',
  roles: BOTH_ROLES,
  finds: 'bank accounts (IBAN, its check digits hold)',
  find: (text) =>
    findAll(text, IBAN, (match) => {
      const written = match[0].replaceAll(' ', '')
      if (written.length < 15 || written.length > 34 || !passesIban(written)) return null
      const span = spanOf(match)
      const lead = /\b(?:IBAN|account(?: no\.?)?)\s?:?\s*$/iu.exec(
        before(text.text, span.start, 16),
      )
      const whole = { start: span.start - (lead?.[0].length ?? 0), end: span.end }
      const fix = deletion(text.text, whole, 'Delete the bank account')
      return { ...span, message: 'This is the number of a bank account.', fix }
    }),
}

const DECIMALS =
  /(?<![\p{L}\p{N}.,])([+-]?\d{1,2}\.\d{3,12})°?\s?([NS])?[,;\s]\s?([+-]?\d{1,3}\.\d{3,12})°?\s?([EWO](?!\p{L}))?(?![\p{N}]|[.,]\d)/gu
const DEGREES =
  /(?<![\p{L}\p{N}])\d{1,3}°\s?\d{1,2}(?:\.\d{1,6})?['′’]\s?(?:\d{1,2}(?:\.\d{1,4})?["″”]\s?)?[NSEWO](?!\p{L})(?:[,;\s]{0,3}\d{1,3}°\s?\d{1,2}(?:\.\d{1,6})?['′’]\s?(?:\d{1,2}(?:\.\d{1,4})?["″”]\s?)?[NSEWO](?!\p{L}))?/gu

const coordinates: HygieneRule = {
  id: 'private/coordinates',
  severity: 'warning',
  roles: BOTH_ROLES,
  finds: 'coordinates of a place: 48.8584, 2.2945',
  find(text) {
    const finding = (match: RegExpExecArray) => {
      const start = match.index
      const span = { start, end: start + match[0].trimEnd().length }
      const lead = /\b(?:gps|coordinates?|location|lat\/long|at)\s?:?\s*$/iu.exec(
        before(text.text, start, 20),
      )
      const whole = { start: start - (lead?.[0].length ?? 0), end: span.end }
      const fix = deletion(text.text, whole, 'Delete the coordinates')
      return { ...span, message: 'Coordinates tell where somebody was.', fix }
    }
    const decimals = findAll(text, DECIMALS, (match) => {
      const isPlace = Math.abs(Number(match[1])) <= 90 && Math.abs(Number(match[3])) <= 180
      const isMarked = /,/u.test(match[0]) || (match[2] !== undefined && match[4] !== undefined)
      return isPlace && isMarked ? finding(match) : null
    })
    const degrees = findAll(text, DEGREES, finding)
    return [...decimals, ...degrees].sort((a, b) => a.start - b.start)
  },
}

const PLATE_SHAPES = [
  '[A-Z]{2}\\d{2} ?[A-Z]{3}',
  '[A-ZÄÖÜ]{1,3}-[A-ZÄÖÜ]{1,2} \\d{1,4}[EH]?',
  '[A-Z]{2}-\\d{3}-[A-Z]{2}',
]
const PLATE = new RegExp(
  `(?<![\\p{L}\\p{N}-])(?:${PLATE_SHAPES.join('|')})(?![\\p{L}\\p{N}-])|(?<=\\b(?:licen[cs]e|number|registration|car|vehicle)[- ]?(?:plate)(?: (?:number|that reads|reads|reading|is|says|with))?[: ]{1,2}["“]?)(?=[A-Z\\d -]{0,8}\\d)[A-Z\\d]{1,4}(?:[ -][A-Z\\d]{1,4}){0,2}(?![\\p{L}\\p{N}])`,
  'gu',
)

const plate: HygieneRule = {
  id: 'private/plate',
  severity: 'hint',
  roles: BOTH_ROLES,
  finds: 'what may be a number plate: AB12 CDE',
  find: (text) =>
    findAll(text, PLATE, (match) => {
      const span = spanOf(match)
      const fix = isReported(text, span.start)
        ? null
        : deletion(text.text, span, 'Delete the number')
      return { ...span, message: 'A number plate leads to a person.', fix }
    }),
}

export const NUMBER_RULES: readonly HygieneRule[] = [card, iban, coordinates, plate]
