import { GIVEN_NAMES } from './given-names.ts'
import { deletion } from '../../../shared/domain/text-fix.ts'
import { before, findAll, isReported, spanOf } from './matching.ts'
import { BOTH_ROLES, type HygieneRule } from './rule.ts'

const WAY =
  'Street|St\\.?|Avenue|Ave\\.?|Road|Rd\\.?|Boulevard|Blvd\\.?|Lane|Ln\\.?|Drive|Dr\\.?|Court|Ct\\.?|Place|Pl\\.?|Terrace|Way|Square|Close|Crescent|Parkway|Pkwy|Highway|Hwy'
const ADDRESS = new RegExp(
  [
    `(?<![\\p{L}\\p{N}.,:$€£#/-])\\d{1,5}[A-Za-z]?,? (?:[NSEW]\\.? |North |South |East |West )?(?:\\p{Lu}[\\p{L}'’-]{1,24} |\\d{1,3}(?:st|nd|rd|th) ){1,3}(?:${WAY})(?![\\p{L}\\p{N}])(?:,? (?:Apt|Suite|Unit|#)\\.? ?[\\w-]{1,6})?(?:, \\p{Lu}[\\p{L} ]{2,24}, [A-Z]{2} \\d{5})?`,
    '(?<![\\p{L}])\\p{Lu}\\p{Ll}{1,20}(?:straße|strasse|str\\.|gasse|allee|platz)(?= \\d) \\d{1,4}[a-z]?(?![\\p{L}\\p{N}])(?:, \\d{5} \\p{Lu}\\p{L}{2,24})?',
    "(?<![\\p{L}\\p{N}.,:/-])\\d{1,4}(?: bis)?,? (?:rue|avenue|boulevard|chemin|impasse|quai) (?:(?:de la|de l[’']|du|des|de|d[’']|la|le|les) ?)?\\p{Lu}[\\p{L}-]{1,24}(?:[ -]\\p{Lu}[\\p{L}-]{1,24}){0,2}",
  ].join('|'),
  'gu',
)
/** "3 Abbey Road signs": a number of things that bear the name of a street. */
const COUNTED =
  /^\s(?:signs?|albums?|shirts?|posters?|maps?|artists?|performers?|musicians?|vendors?|bikes?|cars?|lamps?|lights?|stops?|shops?|stores?|houses|players|fans|runners|o['’]clock)/iu

const streetAddress: HygieneRule = {
  id: 'private/street-address',
  severity: 'warning',
  roles: BOTH_ROLES,
  finds: 'street addresses with a house number: 12 Baker Street',
  find: (text) =>
    findAll(text, ADDRESS, (match) => {
      const span = spanOf(match)
      if (COUNTED.test(text.text.slice(span.end, span.end + 16))) return null
      if (/^\d{1,5} (?:St|Dr)\.? /u.test(match[0])) return null
      const lead = /\b(?:at|address:?|located at)\s+$/iu.exec(
        text.text.slice(Math.max(0, span.start - 16), span.start),
      )
      const whole = { start: span.start - (lead?.[0].length ?? 0), end: span.end }
      const fix = deletion(text.text, whole, 'Delete the address')
      return { ...span, message: 'A house number and street lead to people.', fix }
    }),
}

const SURNAME = "\\p{Lu}(?:\\p{Ll}|['’]\\p{Lu}){1,20}(?:-\\p{Lu}\\p{Ll}{1,20})?"
const TITLES =
  'Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Dame|Lord|Lady|President|Senator|Prince|Princess|Captain|Mayor|Pope|King|Queen'
const PERSON = new RegExp(
  `(?<![\\p{L}\\p{N}'’-])(?:(?:${TITLES})\\.? (?:\\p{Lu}\\p{Ll}{1,20} ){0,2}${SURNAME}|(?<given>\\p{Lu}\\p{Ll}{1,14}(?:-\\p{Lu}\\p{Ll}{1,14})?)(?: \\p{Lu}\\.)?(?: (?:van|von|de|der|den|del|la|le|di|da|dos|bin|al)){0,2} (?<surname>${SURNAME})|(?<single>\\p{Lu}\\p{Ll}{1,14})(?=['’]s\\b))(?![\\p{L}\\p{N}])`,
  'gu',
)
/** After a given name these make a place, a thing or a breed of it. */
const NOT_SURNAME = new Set(
  'Street Road Avenue Station Park Beach Lake River Bridge Tower Castle Palace House Hall Hotel Island Islands Bay Hill Hills Mountain Falls Valley Square Garden Gardens Church Cathedral Chapel Airport University College School Hospital Museum Library Theatre Theater Stadium Cup Day Terrier Russell Spaniel Shepherd Cross Award Prize County City Town Village Springs Harbour Harbor Port Point Coast Sea Ocean Canyon Forest National State Region Province Dome Market Center Centre Mall Building Monument Memorial Statue Bears Lions Tigers Eagles Falcons Panthers Giants Bulls Monarch Butterfly Rose Lily Daisy Orchid Cake Dress Doll Bear Jeans Shirt Boots Red Blue Green White Black Yellow Pink Brown Grey Gray Orange Purple In On At With And Of The Near By For Left Right Above Below Behind'.split(
    ' ',
  ),
)
const KINGS =
  /^(?:King|Queen|Prince|Princess|Lady|Lord|Captain|President|Mayor|Sir|Dr)\.? (?:Street|Road|Size|Bed|Kong|Crab|Penguin|Cobra|Salmon|Crown|Palm|Cake|America|Hook|Bug|Ave|Avenue)/u

const person: HygieneRule = {
  id: 'private/person-name',
  severity: 'hint',
  roles: BOTH_ROLES,
  finds: 'what may be the name of a person: Emma Torres, Dr. Novak, Ingrid’s',
  find: (text) =>
    findAll(text, PERSON, (match) => {
      const { given, surname, single } = match.groups ?? {}
      const span = spanOf(match)
      const name = given ?? single
      if (name !== undefined && !GIVEN_NAMES.has(name.split('-')[0] ?? name)) return null
      if (NOT_SURNAME.has(surname ?? match[0].split(' ').at(-1) ?? '')) return null
      if (isReported(text, span.start)) return null
      if (
        KINGS.test(match[0]) ||
        /\b(?:St\.?|Saint|San|Santa) $/u.test(before(text.text, span.start, 8))
      )
        return null
      return {
        ...span,
        message: 'This may be the name of a person; does it belong here?',
        fix: null,
      }
    }),
}

export const PEOPLE_RULES: readonly HygieneRule[] = [streetAddress, person]
