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

const AUTO_ALT =
  /(?:\b(?:this |the )?(?:image|photo|picture) may contain:?\s*|\b(?:this )?may be (?:an?|a black-and-white) (?:image|photo|illustration|cartoon|close-up|closeup|screenshot|selfie|meme|graphic|drawing|art|text)[^.:\n]{0,20}?(?: of:? | that says | showing ))|\bno (?:photo |alternative text |image |alt(?:ernative)? text )?description(?: is)? available(?: for this (?:image|photo|picture))?\b|\bno alt(?:ernative)? text(?: is)? (?:provided|available)(?: for this (?:image|photo|picture))?\b|\bthis image has an empty alt attribute(?:[;,] its file name is [\w.-]{1,100}\w)?/giu

const autoAlt: HygieneRule = {
  id: 'junk/auto-alt',
  severity: 'warning',
  roles: BOTH_ROLES,
  finds: 'what sites write by machine: “Image may contain: …”, “No photo description available”',
  find: (text) =>
    findAll(text, AUTO_ALT, (match) => {
      const { start } = spanOf(match)
      if (isReported(text, start)) return null
      const end = start + match[0].trimEnd().length
      const fix = deletion(text.text, { start, end }, 'Delete the machine’s words')
      return { start, end, message: 'A site wrote this by machine.', fix }
    }),
}

const TO_SEE =
  'to (?:enlarge|zoom(?: in)?|magnify|expand|view|see|open|play|download|read|learn|shop|buy|order|visit|get|go|(?:make )?(?:it )?(?:bigger|larger))'
const CLICK_HINT = new RegExp(
  [
    `\\b(?:please )?(?:click|tap|press|touch)(?: (?:here|on))?(?: (?:on )?(?:the|this|each|any)? ?(?:image|photo|picture|thumbnail|link|map)s?)?(?: (?:below|above|here))? (?:${TO_SEE}|for)(?: (?:a|the|it|in|full|more|larger|bigger|high|hi-res|image|images|photo|picture|details?|info|information|resolution|screen|size|sized|view|version|full-size|by|about|this|page)){0,6}`,
    '\\b(?:click|tap) here\\b',
    '\\b(?:read|view|see|learn|show|find out) more\\b(?! \\p{L})',
    '\\b(?:continue|keep) reading\\b',
    '\\b(?:view|see|open|show) (?:a |the )?(?:full[- ]?size|larger|bigger|full|high[- ]res(?:olution)?|original)(?:d)?(?: (?:image|photo|picture|version|size|view))(?: in (?:a )?new (?:tab|window))?',
    '\\b(?:enlarge|expand) (?:this |the )?(?:image|photo|picture)\\b',
    '\\bopens? in (?:a )?(?:new )?(?:tab|window|gallery|lightbox)\\b',
    '\\b(?:roll over|hover|mouse over|pinch)(?: (?:over )?(?:the )?image)? to (?:zoom|enlarge)(?: in)?\\b',
    '\\bscroll (?:down )?(?:for|to (?:see|read)) more\\b',
  ].join('|'),
  'giu',
)
/** These may be honest words as well and count only where they hang on a title. */
const WEAK_HINT =
  /^(?:read|view|see|learn|show|find out) more$|^(?:continue|keep) reading$|^(?:enlarge|expand) /iu

const clickHint: HygieneRule = {
  id: 'junk/click-hint',
  severity: 'error',
  roles: BOTH_ROLES,
  finds: 'words for a visitor of the page: “click to enlarge”, “read more”',
  find: (text) =>
    findAll(text, CLICK_HINT, (match) => {
      const span = spanOf(match)
      if (isReported(text, span.start)) return null
      const isHung =
        isAfterSeparator(text.text, span.start) && isBeforeSeparator(text.text, span.end)
      if (WEAK_HINT.test(match[0]) && !isHung) return null
      const dots = /\s*(?:…|\.{3})\s*$/u.exec(before(text.text, span.start, 8))?.[0].length ?? 0
      const whole = { start: span.start - dots, end: span.end }
      const fix = deletion(text.text, whole, 'Delete the hint')
      return { ...span, message: 'This is said to visitors of a page.', fix }
    }),
}

const STOCK_THING =
  '(?:stock[- ](?:photo(?:graph(?:y)?)?|image|picture|vector|illustration|footage|video|art)|royalty[- ]free[- ](?:stock[- ]|vector )?(?:photo(?:graph)?|image|picture|vector|illustration|clip ?art)|vector (?:illustration|art|graphics?|image|clip ?art)|clip[- ]?art)s?'
const FREE_THING =
  '(?:(?:free|premium|editorial) )(?:(?:hd |high[- ]resolution |stock )?(?:photos?|images?|pictures?|vectors?|illustrations?|psd|icons?|wallpapers?|download)|clip ?art)'
const SITES =
  'wikimedia commons|wikipedia|getty ?images(?:\\/i?stock(?:photo)?)?|shutterstock|i?stock ?photo|istock|alamy(?: stock (?:photo|image|vector))?|adobe ?stock|dreamstime|depositphotos|123rf|freepik|pixabay|unsplash|pexels|pinterest|flickr|vectorstock|fotolia|bigstock|can stock photo|tumblr|imgur|deviantart|etsy|ebay|amazon(?:\\.com)?|aliexpress|redbubble|stockfresh'
const STOCK_HEAD = new RegExp(
  `^\\s*(?:(?:download|get|buy)(?: (?:this|these|the|a))?(?: free| premium| hd| best)* ?(?:${STOCK_THING}|vectors?|photos?|images?|pictures?|illustrations?|psd|icons?|wallpapers?)|${FREE_THING}|${STOCK_THING})(?: (?:of|about|with|featuring) (?:an? (?=\\P{L}))?|\\s?[:|]\\s*)`,
  'giu',
)
const STOCK_TAIL = new RegExp(
  `\\b(?:${STOCK_THING}|${FREE_THING}|free download|royalty[- ]free|(?:4k |full )?hd wallpapers?|(?:desktop |phone |mobile )?wallpapers? (?:4k|hd)|stock)(?:[ ,:#-]{1,3}(?:id )?(?:\\d{5,12}|\\d{3,5} ?[x×] ?\\d{3,5}|4k|download|free))*(?:[ ,]{1,2}(?:on|by|from|at|via|-) (?:${SITES}))?`,
  'giu',
)
const SITE_TAIL = new RegExp(
  `\\b(?:(?:on|from|via|at|by|courtesy of|image from|photo from|source:?) )?(?:${SITES})\\b`,
  'giu',
)
/** At the end of a text these need no separator before them. */
const AGENCY_WORDS = /^(?:royalty[- ]free|stock[- ](?:photo|image|vector|illustration))/iu
const HUNG = /(?:[|•·–—/©]|\s-|[(,:.])\s*$/u

const stockSite: HygieneRule = {
  id: 'junk/stock-site',
  severity: 'warning',
  roles: BOTH_ROLES,
  finds:
    'what picture agencies hang on a title: “| Stock Vector”, “Stock photo of”, “- Wikimedia Commons”',
  find(text) {
    const finding = (start: number, end: number) => ({
      start,
      end,
      message: 'A picture agency hung this on the title.',
      fix: deletion(text.text, { start, end }, 'Delete the agency’s words'),
    })
    const heads = findAll(text, STOCK_HEAD, (match) => {
      const lead = match[0].length - match[0].trimStart().length
      return finding(match.index + lead, match.index + match[0].trimEnd().length)
    })
    const headEnd = heads[0]?.end ?? 0
    const tails = [STOCK_TAIL, SITE_TAIL].flatMap((pattern) =>
      findAll(text, pattern, (match) => {
        const { start, end } = spanOf(match)
        const isHung =
          (HUNG.test(before(text.text, start, 12)) && isBeforeSeparator(text.text, end)) ||
          (AGENCY_WORDS.test(match[0]) && /^[\s.]*$/u.test(text.text.slice(end, end + 8)))
        if (!isHung || start < headEnd || isReported(text, start)) return null
        return finding(start, end)
      }),
    )
    return [...heads, ...withoutOverlaps(tails)]
  },
}

function withoutOverlaps<T extends { readonly start: number; readonly end: number }>(
  findings: readonly T[],
): T[] {
  const kept: T[] = []
  for (const finding of [...findings].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (finding.start >= (kept.at(-1)?.end ?? 0)) kept.push(finding)
  }
  return kept
}

const PICTURE = '(?:image|photo|picture|photograph|pic|snapshot|img|foto)s?'
const PICTURE_LEAD = new RegExp(
  `^\\s*(?:\\[${PICTURE}\\]|\\(${PICTURE}\\)|${PICTURE}\\s?[:|]|(?:an? |the |this )?(?:(?:close[- ]?up|black[- ]and[- ]white|old|beautiful|stunning|great|amazing|high[- ]quality|colou?r|vintage) )?${PICTURE} (?:of|showing|depicting|with|featuring))(?=\\s+\\S)`,
  'giu',
)
/** "A photo of a dog hangs on the wall" tells of a photo in the picture. */
const PICTURE_SEEN =
  /\b(?:hangs?|hanging|hung|pinned|taped|framed|propped|in a frame|on (?:the|a) (?:wall|fridge|easel))\b/iu

const pictureLead: HygieneRule = {
  id: 'junk/picture-of',
  severity: 'warning',
  roles: ['alt'],
  finds: '“Picture of”, “[Image]” at the start of an alt-text',
  find: (text) =>
    findAll(text, PICTURE_LEAD, (match) => {
      const start = match.index + match[0].length - match[0].trimStart().length
      const end = match.index + match[0].length
      if (PICTURE_SEEN.test(text.text.slice(end, end + 80))) return null
      const fix = deletion(text.text, { start, end }, 'Delete the lead')
      return { start, end, message: 'Everybody sees that it is a picture.', fix }
    }),
}

const RESOLUTION =
  /(?<![\p{L}\p{N}.,-])\d{3,5}\s?[x×]\s?\d{3,5}(?:\s?(?:px|pixels?))?(?![\p{L}\p{N}]|[.,]\d|\s?(?:cm|mm|m|km|in|inch|inches|ft|feet|meters?|metres?|")(?![\p{L}]))/giu

const resolution: HygieneRule = {
  id: 'junk/resolution',
  severity: 'warning',
  roles: BOTH_ROLES,
  finds: 'picture sizes: 1920x1080',
  find: (text) =>
    findAll(text, RESOLUTION, (match) => {
      const span = spanOf(match)
      if (isReported(text, span.start)) return null
      const fix = deletion(text.text, span, 'Delete the size')
      return { ...span, message: 'The size of the file is not in the picture.', fix }
    }),
}

const CREDIT_NAME =
  "(?:@[\\w.]{2,30}|\\p{Lu}(?:\\.|[\\p{L}’'-]{0,30})(?:[ /]{1,3}(?:(?:van|von|de|der|den|del|la|le|di|da|of|the|and|&) )?\\p{Lu}(?:\\.|[\\p{L}’'-]{0,30})){0,4})"
const CREDIT = new RegExp(
  [
    `(?<!\\p{L})(?:[Pp]hoto(?:graph(?:y|ed)?)?|[Ii]mage|[Pp]icture|[Pp]ic|[Ii]llustration|[Aa]rtwork|[Pp]hotos|[Ii]mages|[Tt]aken|[Ss]hot|PHOTO|IMAGE)(?: [Cc]redits?)?(?:\\s?[:/©]| [Bb]y:?| [Cc]ourtesy(?: of|:)| [Vv]ia:?| ©)\\s?(?:[Bb]y )?${CREDIT_NAME}`,
    `(?<!\\p{L})(?:[Cc]redits?|[Ss]ource|[Pp]hotographer|[Cc]opyright|[Cc]ourtesy)(?:\\s?:\\s?| of | by |\\s?©\\s?)(?:(?:19|20)\\d\\d )?${CREDIT_NAME}`,
    `©\\s?(?:(?:19|20)\\d\\d,? ?)?(?:[Bb]y )?(?:${CREDIT_NAME})?`,
    `\\([Cc]\\)\\s?(?:(?:19|20)\\d\\d,? )?${CREDIT_NAME}`,
    `(?<=[|,–—(]\\s?|\\s-\\s)by ${CREDIT_NAME}(?=\\s*(?:$|[|)–—(]|- |\\. *$))`,
    '[Aa]ll [Rr]ights [Rr]eserved',
  ].join('|'),
  'gu',
)

const credit: HygieneRule = {
  id: 'junk/credit',
  severity: 'warning',
  roles: BOTH_ROLES,
  finds: 'who made or owns the picture: “Photo by Emma Torres”, “© 2019 Getty”',
  find: (text) =>
    findAll(text, CREDIT, (match) => {
      const start = match.index
      const end = start + match[0].replace(/[\s.,:/-]+$/u, '').length
      const isBound = isAfterSeparator(text.text, start) || isBeforeSeparator(text.text, end)
      const isPlainPhrase = /^[\p{L} ]+ (?:by|of|via) /iu.test(match[0])
      if (isReported(text, start) || (isPlainPhrase && !isAfterSeparator(text.text, start)))
        return null
      if (!isBound) return null
      const fix = deletion(text.text, { start, end }, 'Delete the credit')
      return { start, end, message: 'Who made the picture cannot be seen in it.', fix }
    }),
}

const PLACEHOLDER =
  /^[\s[({<"'.]*(?:(?:image|photo|picture|img|pic|alt|alt[- ]text|logo|icon|banner|untitled|null|none|undefined|nan|n\/a|placeholder|thumbnail|graphic|spacer|blank|default|test|todo|tbd|lorem ipsum[^\n]{0,400}|enter alt[- ]text here|image placeholder|no image|image not (?:found|available)|photo(?:graph)?)(?: ?\d{1,4})?)[\])}>"'.!…\s]*$/iu

const placeholder: HygieneRule = {
  id: 'junk/placeholder',
  severity: 'error',
  roles: BOTH_ROLES,
  finds: 'texts that say nothing: “image”, “untitled”, “null”',
  find(text) {
    const isPlaceholder = text.text.length < 500 && PLACEHOLDER.test(text.text)
    if (!isPlaceholder) return []
    const span = { start: 0, end: text.text.length }
    const fix = { ...span, insert: '', label: 'Clear the text' }
    return [{ ...span, message: 'This stands where a text should be.', fix }]
  },
}

export const BOILERPLATE_RULES: readonly HygieneRule[] = [
  autoAlt,
  clickHint,
  stockSite,
  pictureLead,
  resolution,
  credit,
  placeholder,
]
