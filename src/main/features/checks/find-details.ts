import type { Detail } from '../../../shared/contract/judgements.ts'
import type { Findings } from '../../../shared/contract/findings.ts'
import type { EvidenceRegion } from '../../checks/unit-evidence.ts'
import { chooseDetails, type DetailAnswers, type DetailCandidate } from '../../checks/details.ts'
import type { ConfirmedSource, DetailTable } from '../../checks/details-table.ts'
import type { InferenceClient } from '../../models/client.ts'
import type { Urgency } from '../../models/requests.ts'
import type { PackPlace } from '../../models/session-pool.ts'
import type { TextClient } from '../../text/client.ts'
import type { Unsaid } from '../../text/requests.ts'

type Boxes = NonNullable<Findings['detect']>['boxes']
type Lines = NonNullable<Findings['ocr']>['lines']

export interface DetailQuestion {
  readonly pack: PackPlace
  readonly picture: { readonly path: string; readonly hash: string }
  readonly urgency: Urgency
  readonly caption: string
  readonly altTexts: readonly string[]
  /** Accepted captions of the images that look most alike, the nearest first. */
  readonly neighbours: readonly string[]
  /** What packs found before; null where none looked. */
  readonly boxes: Boxes | null
  readonly lines: Lines | null
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
    ...boxes.flatMap(({ label, score, region }): DetailCandidate[] => {
      const thing = unsaid.labels.find(({ noun }) => noun === label.toLowerCase())
      if (thing === undefined) return []
      return [{ source: 'detector', noun: thing.noun, phrase: thing.phrase, score, region }]
    }),
    ...lines
      .filter(({ text }) => isOpen.has(text))
      .map(({ text, score, quad }): DetailCandidate => {
        const region = frameOf(quad)
        const noun = text.toLowerCase()
        return { source: 'reading', noun, phrase: `the words “${text}”`, score, region }
      }),
  ]
  return {
    candidates,
    commonness: new Map(unsaid.neighbours.map(({ noun, share }) => [noun, share])),
  }
}

/** Asks the encoder about everything that only it can tell. */
async function confirm(
  { pack, picture, urgency }: DetailQuestion,
  { inference, table }: Around,
  unsaid: Unsaid,
): Promise<DetailCandidate[]> {
  if (table === null) return []
  const isOpen = new Set(unsaid.nouns)
  const wishes = [
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
  if (wishes.length === 0) return []
  const { phrases } = await inference.look({
    ...{ pack, ...picture, urgency, sharpness: table.sharpness, sentences: [], gated: [] },
    phrases: wishes.map(({ asked }) => ({ text: asked, moments: null, wantsHues: false })),
  })
  return wishes.flatMap(({ source, noun, phrase, share }, index): DetailCandidate[] => {
    const seen = phrases[index]
    if (seen === undefined) return []
    const { soft, region } = seen.places
    return [{ source, noun, phrase, region, look: { soft, cosine: seen.cosine, share } }]
  })
}

function isUsed(table: DetailTable, source: ConfirmedSource): boolean {
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
