import type { DetailCandidate } from '../../checks/details.ts'
import type { DetailTable } from '../../checks/details-table.ts'
import type { LookAnswer, LookCall } from '../../models/requests.ts'
import type { SaidProperty, SaidThing } from '../../text/requests.ts'

type WishedPhrase = LookCall['phrases'][number]
type SeenPhrases = ReadonlyMap<string, LookAnswer['phrases'][number]>

/** The first things that a caption names are what it is about; each costs an encoder some fifteen phrases. */
const MOST_THINGS = 4

/**
 * The things whose colours and numbers are asked for, with only what the table has limits for; scenery, which is what many
 * pictures show, has none that is worth saying.
 */
export function propertiesToAsk(things: readonly SaidThing[], table: DetailTable): SaidThing[] {
  const { colour, count } = table.sources
  const scenery = new Set(table.vocabulary.map(({ noun }) => noun))
  return things
    .filter(({ noun }) => !scenery.has(noun))
    .map((thing) => ({
      ...thing,
      colours: colour.limit === null ? [] : thing.colours,
      counts: count.limit === null ? [] : thing.counts,
    }))
    .filter(({ colours, counts }) => colours.length + counts.length > 0)
    .slice(0, MOST_THINGS)
}

/** The thing alone, to find its place and what its pixels look like there, and with each colour and number. */
export function propertyPhrases(things: readonly SaidThing[]): WishedPhrase[] {
  return things.flatMap(({ asked, colours, counts }) => [
    { text: asked, moments: null, wantsHues: false, wantsOwnHues: colours.length > 0 },
    ...[...colours, ...counts].map(({ phrase }) => ({
      ...{ text: phrase, moments: null, wantsHues: false },
    })),
  ])
}

/** What the encoder and the pixels say of each colour and number; of each thing one of them is right at most. */
export function propertyCandidates(
  things: readonly SaidThing[],
  of: {
    readonly seen: SeenPhrases
    readonly hues: Readonly<Record<string, number>>
    readonly sharpness: number
  },
): DetailCandidate[] {
  const { seen, hues, sharpness } = of
  return things.flatMap((thing) => {
    const own = seen.get(thing.asked)
    if (own === undefined) return []
    const { places } = own
    const shared = { noun: thing.noun, region: places.region }
    const bySoft = (wishes: readonly SaidProperty[]): readonly number[] =>
      shares(wishes.map(({ phrase }) => seen.get(phrase)?.places.soft ?? -1).map(sharpen))
    const byWhole = shares(
      thing.counts.map(({ phrase }) => seen.get(phrase)?.cosine ?? -1).map(sharpen),
    )
    const ofColours = bySoft(thing.colours)
    const ofCounts = bySoft(thing.counts)
    return [
      ...thing.colours.map(({ value, phrase, instead }, index): DetailCandidate => {
        const pixels = pixelShare(own.ownHues, value)
        const encoder = ofColours[index] ?? 0
        const look = {
          ...{ agreement: Math.min(pixels, encoder), lift: pixels - pixelShare(hues, value) },
          ...{ encoder, thing: places.soft },
        }
        return { ...shared, about: 'colour', source: 'colour', phrase, instead, look }
      }),
      ...thing.counts.map(({ phrase, instead }, index): DetailCandidate => {
        const number = index + FIRST_NUMBER
        const { peaks } = places.shape
        const summits =
          peaks === null || peaks === 0 ? 0 : Math.min(peaks, number) / Math.max(peaks, number)
        const look = {
          ...{ whole: byWhole[index] ?? 0, places: ofCounts[index] ?? 0 },
          ...{ summits, thing: places.soft },
        }
        return { ...shared, about: 'count', source: 'count', phrase, instead, look }
      }),
    ]
  })

  function sharpen(score: number): number {
    return score * sharpness
  }
}

/** Numbers are offered from two on. */
const FIRST_NUMBER = 2

type Hues = Readonly<Record<string, number>>

function pixelShare(hues: Hues | undefined, colour: string): number {
  return hues?.[colour] ?? 0
}

/** Softmax. */
function shares(scores: readonly number[]): readonly number[] {
  const most = Math.max(...scores)
  const weights = scores.map((score) => Math.exp(score - most))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => weight / total)
}
