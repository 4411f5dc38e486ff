import type { TextSpan } from '../../../shared/domain/text-unit.ts'
import { deletion } from '../../../shared/domain/text-fix.ts'
import { before, isReported, spanOf } from './matching.ts'
import { BOTH_ROLES, type Finding, type HygieneRule } from './rule.ts'
import type { RuleText } from './rule-text.ts'

const CALLS =
  'buy (?:online|now|it now|yours|direct)|shop (?:now|online|the (?:look|collection|range))|order (?:now|online|yours|yours today|here)|add to (?:cart|basket|bag|wish ?list)|free (?:worldwide |uk |us |next[- ]day )?(?:shipping|delivery|returns?|p&p)|(?:ships|shipped|delivered) (?:in|within) \\d{1,3} ?(?:h|hrs?|hours?|days?)|money[- ]back guarantee|best (?:online )?prices?(?: guaranteed?)?|low(?:est)? prices?|special offer|limited[- ]time offer'
const OFFERS =
  'buy|buy (?:here|today|cheap)|order today|shop|in stock|out of stock|sold out|on sale|for sale(?: online)?|sale|(?:up to )?\\d{1,2} ?% (?:off|discount)|save (?:up to )?\\d{1,2} ?%|save (?:up to )?[$€£]\\d{1,5}|save|discount(?:s|ed)?|wholesale|clearance|new arrivals?|best ?sellers?|fast (?:shipping|delivery)|rrp|price|now|only|was|from|free gift|on ebay|reduced'
const AMOUNT = '\\d{1,3}(?:[.,]\\d{3}){0,3}(?:[.,]\\d{1,2})?|\\d{1,7}(?:[.,]\\d{1,2})?'
const PRICE = `(?:US|AU|CA|NZ)?[$€£¥₹]\\s?(?:${AMOUNT})(?!\\d)(?:\\s?(?:USD|EUR|GBP))?|(?<![\\p{L}\\p{N}.,])(?:${AMOUNT})\\s?(?:€|EUR\\b|USD\\b|GBP\\b|£)`
const CODE =
  '(?:SKU|MPN|UPC|EAN|ASIN|ISBN|Item (?:No\\.?|number|code|id|#)|Art(?:icle|ikel)?\\.? ?(?:No|Nr|number)\\.?|Model (?:No\\.?|number|#)|Part (?:No\\.?|number|#)|Product (?:code|id|No\\.?|number)|Ref\\.?(?: ?No\\.?)?|Style (?:No\\.?|#|code))\\s?[:#]?\\s?(?=[A-Z\\d/-]{0,30}\\d)[A-Z\\d][A-Z\\d/-]{2,30}'

const ATOM = new RegExp(
  `(?<call>\\b(?:${CALLS})\\b)|(?<price>${PRICE})|(?<code>(?<!\\p{L})(?:${CODE}))|(?<offer>(?<![\\p{L}\\p{N}])(?:${OFFERS})(?![\\p{L}\\p{N}]))`,
  'giu',
)
const GLUE = /^(?:[\s|,;:!+*/()•·–—-]{0,8}|\s(?:and|&|with)\s)$/iu
const OPENS = /(?:^|[|•·–—([,;:.!?]|\s-)\s*$/u
const CLOSES = /^[\s.!)\]]{0,8}(?:$|[|•·–—]|\s-\s)/u

type AtomKind = 'call' | 'offer' | 'price' | 'code'

interface Cluster extends TextSpan {
  readonly kinds: readonly AtomKind[]
}

function kindOf(match: RegExpExecArray): AtomKind {
  const groups = match.groups ?? {}
  if (groups['call'] !== undefined) return 'call'
  if (groups['price'] !== undefined) return 'price'
  return groups['code'] === undefined ? 'offer' : 'code'
}

/** Shop talk that stands together is one cluster: "In stock - £47.50 free delivery". */
function findClusters(text: RuleText): Cluster[] {
  const clusters: Cluster[] = []
  for (const match of text.text.matchAll(ATOM)) {
    if (isReported(text, match.index)) continue
    const span = spanOf(match)
    const last = clusters.at(-1)
    const kinds = [...(last?.kinds.slice(0, 8) ?? []), kindOf(match)]
    const isGlued =
      last !== undefined && GLUE.test(text.text.slice(last.end, span.start).slice(0, 12))
    if (isGlued && span.start - last.end <= 8) {
      clusters[clusters.length - 1] = { start: last.start, end: span.end, kinds }
    } else clusters.push({ ...span, kinds: [kindOf(match)] })
  }
  return clusters.filter((cluster) => isShopTalk(text.text, cluster))
}

/** Prices and offers are honest words in prose; they are junk where they hang on a title. */
function isShopTalk(text: string, { start, end, kinds }: Cluster): boolean {
  if (kinds.includes('code')) return true
  const opens = OPENS.test(before(text, start, 12))
  const closes = CLOSES.test(text.slice(end, end + 16))
  if (kinds.includes('call')) return closes || opens
  if (kinds.length === 1 && kinds[0] === 'offer') {
    const isWord =
      /^(?:buy|shop|sale|save|price|now|only|was|from|discount(?:s|ed)?|wholesale|reduced|rrp|clearance)$/iu
    const isHung = /(?:[|•·–—([]|\s-)\s*$/u.test(before(text, start, 12))
    return isHung && closes && !isWord.test(text.slice(start, end))
  }
  if (kinds.length === 1) return closes && !FOR.test(before(text, start, 16))
  return closes && (opens || kinds.includes('price')) && !FOR.test(before(text, start, 16))
}

/** Before an amount that belongs to the sentence: "a burger for $5", "a price tag of £3". */
const FOR =
  /\b(?:for|of|at|is|are|costs?|costing|than|about|around|under|over|a|an|the|with|in|and|to|worth|shows?|showing|two|three|one)\s+$/iu

function shopRule(
  about: Pick<HygieneRule, 'id' | 'finds' | 'severity'> & { message: string; label: string },
  matches: (cluster: Cluster) => boolean,
): HygieneRule {
  const { id, finds, severity, message, label } = about
  return {
    id,
    finds,
    severity,
    roles: BOTH_ROLES,
    find: (text) =>
      findClusters(text)
        .filter(matches)
        .map(({ start, end }): Finding => {
          const fix = deletion(text.text, { start, end: endOf(text.text, end) }, label)
          return { start, end, message, fix }
        }),
  }
}

/** Exclamation marks of an advertisement go with it. */
function endOf(text: string, end: number): number {
  return end + (/^!{1,5}/u.exec(text.slice(end, end + 5))?.[0].length ?? 0)
}

const hasTalk = ({ kinds }: Cluster) => kinds.includes('call') || kinds.includes('offer')

export const SHOP_RULES: readonly HygieneRule[] = [
  shopRule(
    {
      id: 'junk/shop-talk',
      severity: 'error',
      finds: 'what shops hang on a title: “Buy online”, “| In stock - £47.50 free delivery”',
      message: 'This sells something; it does not describe the picture.',
      label: 'Delete the shop talk',
    },
    hasTalk,
  ),
  shopRule(
    {
      id: 'junk/price',
      severity: 'warning',
      finds: 'prices that hang on a title: Blue vase $24.99',
      message: 'A price that nobody sees in the picture.',
      label: 'Delete the price',
    },
    (cluster) => !hasTalk(cluster) && !cluster.kinds.includes('code'),
  ),
  shopRule(
    {
      id: 'junk/product-code',
      severity: 'warning',
      finds: 'article numbers: SKU: 48-2213',
      message: 'An article number tells nothing of the picture.',
      label: 'Delete the article number',
    },
    (cluster) => !hasTalk(cluster) && cluster.kinds.includes('code'),
  ),
]
