import type { Detail, Verdict } from '../../../shared/contract/judgements.ts'
import type { Findings } from '../../../shared/contract/findings.ts'
import type { EvidenceRegion } from '../../checks/unit-evidence.ts'
import { chooseDetails, type DetailAnswers, type DetailCandidate } from '../../checks/details.ts'
import type { DetailTable, FittedSource } from '../../checks/details-table.ts'
import type { InferenceClient } from '../../models/client.ts'
import type { LookCall, Urgency } from '../../models/requests.ts'
import type { PackPlace } from '../../models/session-pool.ts'
import type { TextSpan } from '../../../shared/domain/text-unit.ts'
import type { TextClient } from '../../text/client.ts'
import type { SaidThing, Unsaid } from '../../text/requests.ts'
import { propertiesToAsk, propertyCandidates, propertyPhrases } from './property-details.ts'
import { regionCandidates } from './region-details.ts'

type Boxes = NonNullable<Findings['detect']>['boxes']
type Lines = NonNullable<Findings['ocr']>['lines']

export interface DetailQuestion {
  /** Null where no encoder is there to confirm anything. */
  readonly pack: PackPlace | null
  readonly picture: { readonly path: string; readonly hash: string }
  readonly urgency: Urgency
  readonly caption: string
  /** What the checks say of the thing whose noun stands there. */
  readonly statusOf: (noun: TextSpan) => Verdict['status']
  readonly altTexts: readonly string[]
  /** Accepted captions of the images that look most alike, the nearest first. */
  readonly neighbours: readonly string[]
  /** What packs found before; null where none looked. */
  readonly boxes: Boxes | null
  readonly lines: Lines | null
  /** Whether the pixels, where they were measured, have no colour. */
  readonly isColourless: boolean
  /** By phrase, what people of this project answered to details. */
  readonly answers: ReadonlyMap<string, DetailAnswers>
}

interface Around {
  readonly text: Pick<TextClient, 'unsaid'>
  readonly inference: Pick<InferenceClient, 'look'>
  /** Null for encoders that nobody measured: what only an encoder could confirm is left out then. */
  readonly table: DetailTable | null
}

/** With fewer, a share of them means nothing. */
const LEAST_NEIGHBOURS = 5
/** Shorter lines are hardly worth a sentence. */
const LEAST_LETTERS = 3

/** What the picture shows and the caption does not say, best first, at most five. */
export async function findDetails(question: DetailQuestion, around: Around): Promise<Detail[]> {
  const { candidates, commonness } = await gatherDetails(question, around)
  const { answers } = question
  return chooseDetails({ candidates, commonness, answers, table: around.table })
}

/** All that may be missing, with what the packs say of it. */
export async function gatherDetails(
  question: DetailQuestion,
  around: Around,
): Promise<{
  readonly candidates: readonly DetailCandidate[]
  readonly commonness: ReadonlyMap<string, number>
}> {
  const vocabulary = around.table?.vocabulary ?? []
  const lines = (question.lines ?? []).filter(({ text }) => countLetters(text) >= LEAST_LETTERS)
  const boxes = bestOfEachLabel(question.boxes ?? [])
  const neighbours = question.neighbours.length < LEAST_NEIGHBOURS ? [] : question.neighbours
  const unsaid = await around.text.unsaid({
    caption: question.caption,
    altTexts: question.altTexts,
    neighbours,
    labels: boxes.map(({ label }) => label),
    nouns: [...vocabulary.map(({ noun }) => noun), ...lines.map(({ text }) => text)],
  })
  const isOpen = new Set(unsaid.nouns)
  const candidates = [
    ...(await confirm(question, around, unsaid)),
    ...mediumOf(question),
    ...boxes.flatMap(({ label, score, region }): DetailCandidate[] => {
      const thing = unsaid.labels.find(({ noun }) => noun === label.toLowerCase())
      if (thing === undefined) return []
      const { noun, phrase } = thing
      return [{ ...OF_THING, source: 'detector', noun, phrase, score, region }]
    }),
    ...lines
      .filter(({ text }) => isOpen.has(text))
      .map(({ text, score, quad }): DetailCandidate => {
        const region = frameOf(quad)
        const [noun, phrase] = [text.toLowerCase(), `the words “${text}”`]
        return { ...OF_THING, source: 'reading', noun, phrase, score, region }
      }),
  ]
  return {
    candidates,
    commonness: new Map(unsaid.neighbours.map(({ noun, share }) => [noun, share])),
  }
}

const OF_THING = { about: 'thing', instead: null } as const

/** That it is in black and white is what pixels alone can tell of how a picture was made. */
function mediumOf({ isColourless, caption }: DetailQuestion): DetailCandidate[] {
  if (!isColourless || SAYS_COLOURLESS.test(caption)) return []
  const phrase = 'The picture is in black and white.'
  return [
    { ...OF_THING, source: 'pixels', noun: 'black and white', phrase, score: 1, region: null },
  ]
}

const SAYS_COLOURLESS =
  /\b(?:black[- ]and[- ]white|black ?& ?white|b ?(?:&|and|\/) ?w|monochrom\w*|gr[ae]y[- ]?scale)\b/iu

/** Asks the encoder, once, about everything that only it can tell. */
async function confirm(
  question: DetailQuestion,
  { inference, table }: Around,
  unsaid: Unsaid,
): Promise<DetailCandidate[]> {
  const { pack, picture, urgency } = question
  if (table === null || pack === null) return []
  const wishes = wishedThings(unsaid, table)
  const { bare, covering } = sortSaid(unsaid.said, question, table)
  const phrases = [
    ...wishes.map(({ asked }) => ({ text: asked, moments: null, wantsHues: false })),
    ...propertyPhrases(bare),
  ] satisfies LookCall['phrases']
  if (phrases.length === 0 && covering === null) return []
  const { sharpness } = table
  const answer = await inference.look({
    ...{ pack, ...picture, urgency, sharpness, phrases, sentences: [], gated: [] },
    ...(covering === null && bare.length === 0 ? {} : { rest: { said: covering } }),
  })
  const seen = new Map(
    answer.phrases.slice(wishes.length).map((each, index) => {
      return [phrases[wishes.length + index]?.text ?? '', each] as const
    }),
  )
  return [
    ...wishes.flatMap(({ source, noun, phrase, share }, index): DetailCandidate[] => {
      const found = answer.phrases[index]
      if (found === undefined) return []
      const { soft, region } = found.places
      const look = { soft, cosine: found.cosine, share }
      return [{ ...OF_THING, source, noun, phrase, region, look }]
    }),
    ...propertyCandidates(bare, { seen, hues: answer.rest?.hues ?? {}, sharpness }),
    ...(covering === null ? [] : regionCandidates(answer.rest?.parts ?? [])),
  ]
}

/** The things that other texts and lists have, each with what is asked of the picture for it. */
function wishedThings(unsaid: Unsaid, table: DetailTable) {
  const isOpen = new Set(unsaid.nouns)
  return [
    ...table.vocabulary
      .filter(({ noun }) => isOpen.has(noun))
      .map((thing) => ({ ...thing, share: 1, source: 'vocabulary' as const })),
    ...unsaid.altTexts.map((thing) => ({
      ...{ ...thing, asked: thing.phrase, source: 'alt-text' as const },
    })),
    ...unsaid.neighbours.map((thing) => ({
      ...{ ...thing, asked: thing.phrase, source: 'neighbours' as const },
    })),
  ].filter(({ source }) => isUsed(table, source))
}

/**
 * The things that more is asked about, which are those that the checks saw; and what all that was not called wrong covers of
 * the picture, null where nobody asks for the rest. What the checks are unsure of is told all the same.
 */
function sortSaid(
  said: readonly SaidThing[],
  { statusOf }: DetailQuestion,
  table: DetailTable,
): { readonly bare: readonly SaidThing[]; readonly covering: readonly string[] | null } {
  const supported = said.filter((thing) => statusOf(thing) === 'supported')
  const covering = said.filter((thing) => statusOf(thing) !== 'unsupported')
  return {
    bare: propertiesToAsk(supported, table),
    covering: isUsed(table, 'region') ? covering.map(({ asked }) => asked) : null,
  }
}

function isUsed(table: DetailTable, source: FittedSource): boolean {
  return table.sources[source].limit !== null
}

function bestOfEachLabel(boxes: Boxes): Boxes {
  const groups = Map.groupBy(boxes, ({ label }) => label.toLowerCase())
  return [...groups.values()].map((same) =>
    same.reduce((best, box) => (box.score > best.score ? box : best)),
  )
}

function countLetters(text: string): number {
  return (text.match(/\p{L}/gu) ?? []).length
}

function frameOf(quad: Lines[number]['quad']): EvidenceRegion {
  const left = Math.min(...quad.map(({ x }) => x))
  const top = Math.min(...quad.map(({ y }) => y))
  const width = Math.max(...quad.map(({ x }) => x)) - left
  const height = Math.max(...quad.map(({ y }) => y)) - top
  return { x: left, y: top, width, height }
}
