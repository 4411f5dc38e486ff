import { deletion, replacement, wordDeletion } from '../../../shared/domain/text-fix.ts'
import { findAll, isReported, spanOf } from './matching.ts'
import type { Finding, HygieneRule } from './rule.ts'
import { type HygieneRole, lastStartingBefore } from './rule-text.ts'

const CAPTION: readonly HygieneRole[] = ['caption']

const PICTURE =
  '(?:image|photo|picture|photograph|snapshot|scene|shot|illustration|drawing|painting|artwork|caption|screenshot|frame)'
const LOOK =
  '(?:close[- ]?up |black[- ]and[- ]white |colou?r |aerial |vertical |horizontal |vibrant |serene |beautiful |stunning |detailed |high[- ]quality )?'
const SHOWS =
  '(?:(?:clearly |simply |also |primarily |mainly |beautifully |vividly )?(?:shows?|depicts?|features?|displays?|captures?|presents?|portrays?|showcases?|illustrates?|contains?|consists of|is of|is showing|is a (?:photo|picture|image) of)|depicting|showing|featuring|capturing|displaying|showcasing)'
const SEEN =
  '(?:we can (?:clearly )?see|we see|you can see|one can see|you see|can be seen|i can see|i see)'
const OPENERS = [
  `in (?:this|the) ${LOOK}${PICTURE}(?:,| (?=we |you |there |one |i ))\\s*(?:${SEEN} (?:that )?)?`,
  `(?:the|this|an?|these) ${LOOK}${PICTURE}s?(?: here| above| below)? ${SHOWS}(?: us| a (?:view|scene) of)?(?: that)? `,
  `(?:this|it|here) is an? ${LOOK}${PICTURE} (?:of|showing|that shows|depicting|that depicts|featuring|with|in which|where) `,
  `there is an? ${LOOK}(?:image|photo|picture|photograph) (?:of|showing|depicting) `,
  `an? ${LOOK}(?:image|photo|picture|photograph|snapshot) of `,
  `${SEEN.replace('can be seen|', '')} (?:that )?(?=an? |the |two |three |many |several |some )`,
  '(?:pictured|shown|seen) (?:here|above|below)(?: (?:is|are))? ',
].join('|')
const OPENER = new RegExp(`^(?:${OPENERS})`, 'iu')
/** A photo that lies or hangs somewhere is a thing in the picture. */
const PICTURE_SEEN =
  /^[^.!?]{0,80}\b(?:hangs?|hung|hanging|is pinned|is taped|is framed|is displayed|is propped)\b/iu

const opener: HygieneRule = {
  id: 'caption/opener',
  severity: 'warning',
  roles: CAPTION,
  finds:
    'talk about the picture instead of what it shows: “The image shows …”, “In this photo, we can see …”',
  find: (text) =>
    text.sentences.flatMap(({ start, end }): Finding[] => {
      const sentence = text.text.slice(start, Math.min(end, start + 240))
      const found = OPENER.exec(sentence)?.[0]
      if (!text.isEnglish || found === undefined || isReported(text, start)) return []
      const rest = sentence.slice(found.length)
      if (/^an? .*\bof $/iu.test(found) && PICTURE_SEEN.test(rest)) return []
      const span = { start, end: start + found.trimEnd().length }
      const fix = /\p{L}/u.test(rest) ? deletion(text.text, span, 'Start with what is seen') : null
      return [{ ...span, message: 'Say what is there, not that a picture shows it.', fix }]
    }),
}

const FEELING =
  '(?:atmosphere|ambian?ce|ambience|mood|vibes?|feel|feeling|aura|charm|elegance|sophistication|warmth|co[sz]iness|serenity|tranquil+ity|calmness|peacefulness|nostalgia|whimsy|drama|vibrancy|intrigue|mystery|character|beauty|energy|visual interest|depth|dynamism|authenticity|realism|timelessness|harmony|joy|excitement|wonder|awe|adventure|allure|appeal|aesthetics?)'
const MAKES =
  '(?:add|creat|giv|lend|evok|exud|convey|bring|provid|contribut|enhanc|radiat|impart|infus|instil+|cast|set|reflect|emphasi[sz]|highlight|suggest|offer|showcas|invit|captur)'
const TRAIL = new RegExp(
  `,? (?:(?:thereby|further|all|while|and|which|that|each) )?${MAKES}(?:ing|s|es)\\b(?: to)?[^.,;!?\\n]{0,60}?\\b(?:(?:a|an|the) (?:\\p{L}+ ){0,2}(?:sense|touch|hint|air|feeling|feel|splash|pop|dash|element|note) of(?! (?:salt|pepper|lemon|paint|milk|sugar|cream|water|oil|sauce))\\b|${FEELING}\\b)[^.;!?\\n]{0,120}`,
  'giu',
)
const QUALITY =
  '(?:serene|tranquil|peaceful|calm(?:ing)?|co[sz]y|inviting|warm|welcoming|lively|vibrant|joyful|cheerful|festive|relaxed|relaxing|romantic|nostalgic|whimsical|dramatic|mysterious|elegant|charming|idyllic|picturesque|magical|playful|harmonious|captivating|breathtaking|melancholic|somber|sombre|casual|intimate|energetic|dynamic|happy|quiet|bustling)'
const MOOD_SENTENCE = new RegExp(
  `^(?:(?:the )?(?:overall|general|whole|entire) (?:\\p{L}+ )?(?:atmosphere|mood|ambian?ce|ambience|vibe|scene|setting|image|composition|impression|effect|feeling|aesthetic|picture|tone)|the (?:atmosphere|mood|ambian?ce|ambience|vibe|tone)|(?:the|this) (?:scene|setting|image|composition|photo|picture|lighting|backdrop|colou?rs?)(?= (?:evokes?|exudes?|conveys?|radiates?|creates?|captures?|gives?|adds?)))[^.!?\\n]{0,40}\\b(?:${QUALITY}|(?:sense|touch|feeling|air|hint|essence) of|${FEELING})\\b`,
  'iu',
)

const mood: HygieneRule = {
  id: 'caption/mood',
  severity: 'warning',
  roles: CAPTION,
  finds: 'mood padding: “adding a touch of warmth”, “The overall atmosphere is serene.”',
  find(text) {
    if (!text.isEnglish) return []
    const message = 'A mood cannot be seen; two people would not agree on it.'
    const whole = text.sentences.flatMap(({ start, end }): Finding[] => {
      const isMood = MOOD_SENTENCE.test(text.text.slice(start, Math.min(end, start + 200)))
      if (!isMood || isReported(text, start)) return []
      const span = { start, end }
      return [{ ...span, message, fix: deletion(text.text, span, 'Delete the sentence') }]
    })
    const trails = findAll(text, TRAIL, (match) => {
      const span = spanOf(match)
      const inside = whole[lastStartingBefore(whole, span.start)]
      if (isReported(text, span.start) || (inside !== undefined && inside.end > span.start)) {
        return null
      }
      const start = span.start + (/^,? /u.exec(match[0])?.[0].length ?? 0)
      const fix = { ...span, insert: '', label: 'Delete the padding' }
      return {
        start,
        end: span.end,
        message,
        fix: /\p{L}/u.test(text.text.slice(Math.max(0, span.start - 40), span.start)) ? fix : null,
      }
    })
    return [...whole, ...trails].sort((a, b) => a.start - b.start)
  },
}

const HEDGES = new RegExp(
  [
    '(?<be>\\b(?:appear|seem)s? to be\\b)',
    '(?<have>\\b(?:appear|seem)s? to have\\b)',
    '(?<verb>\\b(?:appear|seem)s? to (?!be\\b|have\\b|not\\b)(?<stem>\\p{Ll}{2,20})\\b)',
    '(?<plain>\\bwhat (?:appears?|seems?|looks?) (?:to be|like)\\b|\\b(?:appearing|seeming) to be\\b|\\b(?:it|there) (?:appears|seems|looks) (?:that|like|as if|as though)\\b|\\bi (?:think|believe|guess)(?: that)?\\b(?= an?\\b| the\\b| th| it\\b)|\\b(?:possibly|presumably|seemingly|apparently|perhaps|maybe|probably|most likely|very likely|likely (?=an?\\b|the\\b|in\\b|on\\b|at\\b|from\\b|to be\\b|taken\\b|part\\b|made\\b|during\\b|for\\b))(?:\\b|(?<= )))',
    '(?<unsure>\\b(?:may|might|could) (?:be|have been)\\b|\\b(?:likely|possibly|probably) (?:indicating|suggesting)\\b|\\b(?:is|are|was|were) likely to\\b|\\b(?:hard|difficult|impossible) to (?:tell|say|make out|determine)\\b|\\bnot (?:entirely )?(?:clear|certain)(?: (?:if|whether|what))?\\b|\\bit is unclear\\b)',
  ].join('|'),
  'giu',
)

function thirdPerson(stem: string): string {
  if (/(?:s|x|z|ch|sh|o)$/u.test(stem)) return `${stem}es`
  return /[^aeiou]y$/u.test(stem) ? `${stem.slice(0, -1)}ies` : `${stem}s`
}

/** "appears to hold" as "holds", "appear to hold" as "hold". */
function asFact(match: RegExpExecArray): string | null {
  const { be, have, verb, stem } = match.groups ?? {}
  const isSingular = /^(?:appears|seems)/iu.test(match[0])
  if (be !== undefined) return isSingular ? 'is' : 'are'
  if (have !== undefined) return isSingular ? 'has' : 'have'
  if (verb === undefined || stem === undefined || stem.endsWith('ly')) return null
  return isSingular ? thirdPerson(stem) : stem
}

const hedge: HygieneRule = {
  id: 'caption/hedge',
  severity: 'warning',
  roles: CAPTION,
  finds: 'hedges: “appears to be”, “possibly”, “what looks like”',
  find: (text) =>
    !text.isEnglish
      ? []
      : findAll(text, HEDGES, (match) => {
          const span = { start: match.index, end: match.index + match[0].trimEnd().length }
          if (isReported(text, span.start)) return null
          const fact = asFact(match)
          const message = 'Say it, or leave it out: a trainer learns the doubt.'
          if (fact !== null) {
            return { ...span, message, fix: replacement(span, fact, `Say “${fact}”`) }
          }
          if (match.groups?.['plain'] === undefined) return { ...span, message, fix: null }
          return { ...span, message, fix: wordDeletion(text.text, span, 'Delete the hedge') }
        }),
}

export const WORDING_RULES: readonly HygieneRule[] = [opener, mood, hedge]
