import type { Specificity } from '../../../shared/contract/checks.ts'
import type { Verdict } from '../../../shared/contract/judgements.ts'
import type { TextSpan } from '../../../shared/domain/text-unit.ts'
import { joinPhrases, scoreSpecificity } from '../../checks/specificity.ts'
import type { InferenceClient } from '../../models/client.ts'
import type { TextClient } from '../../text/client.ts'
import { findLookAlikes, vectorOf, type LookAlike, type LookAlikesWish } from './look-alikes.ts'

/** Of the bag, besides the image itself. */
const OTHERS = 6
/**
 * A fifth of the full captions of drawn scenes that rank first have a smaller margin with the starter pack
 * (`npm run eval -- details`); no other pack was measured, so theirs is a guess of the same size.
 */
const WEAK_BELOW = 0.013

export interface SpecificityWish extends Omit<LookAlikesWish, 'inference' | 'count'> {
  readonly caption: string
  /** Of this very caption. */
  readonly verdicts: readonly Verdict[]
}

interface Around {
  readonly text: Pick<TextClient, 'plan'>
  readonly inference: InferenceClient
  /** Name of an image; null where it is gone. */
  readonly nameOf: (imageId: LookAlike['imageId']) => Promise<string | null>
}

/** Where nothing can look, or no picture is there. */
export function unknownSpecificity(): Specificity {
  return { rank: null, bagSize: 0, margin: null, status: 'unknown', confusable: null, units: [] }
}

/** What sets an image apart from those that look alike, by the supported units of its caption. */
export async function findSpecificity(
  wish: SpecificityWish,
  { text, inference, nameOf }: Around,
): Promise<Specificity> {
  const bag = await findLookAlikes({ ...wish, inference, count: OTHERS })
  const units = await supportedUnits(wish, text)
  const scores = await scoreBag({ ...wish, bag, units }, inference)
  const { confusable, ...score } = scoreSpecificity(scores, WEAK_BELOW)
  const other = confusable === null ? undefined : bag[confusable]
  const name = other === undefined ? null : await nameOf(other.imageId)
  return {
    ...score,
    confusable:
      other === undefined || name === null ? null : { id: other.imageId, name, hash: other.hash },
  }
}

interface SupportedUnit extends TextSpan {
  readonly phrase: string
}

async function supportedUnits(
  { caption, verdicts }: Pick<SpecificityWish, 'caption' | 'verdicts'>,
  text: Around['text'],
): Promise<readonly SupportedUnit[]> {
  const supported = verdicts.filter(({ status }) => status === 'supported')
  if (supported.length === 0) return []
  const plan = await text.plan({ text: caption, labels: [] })
  return plan.units.flatMap(({ start, end, kind, phrase }) => {
    const isSupported = supported.some(
      (verdict) => verdict.start === start && verdict.end === end && verdict.kind === kind,
    )
    return isSupported && phrase !== null ? [{ start, end, phrase }] : []
  })
}

/** Compares the units, and all of them together, with the image and each of its look-alikes. */
async function scoreBag(
  of: Pick<SpecificityWish, 'pack' | 'vectors' | 'image'> & {
    readonly bag: readonly LookAlike[]
    readonly units: readonly SupportedUnit[]
  },
  inference: Pick<InferenceClient, 'texts' | 'picture' | 'search'>,
): Promise<Parameters<typeof scoreSpecificity>[0]> {
  const { pack, units, bag } = of
  const none = { own: 0, others: bag.map(() => 0) }
  if (units.length === 0 || bag.length === 0) return { units: [], caption: none }
  const asked = { pack, urgency: 'interactive' } as const
  const phrases = units.map(({ phrase }) => phrase)
  const [found, [caption], own] = await Promise.all([
    inference.texts({ ...asked, kind: 'phrase', texts: phrases }),
    inference.texts({ ...asked, kind: 'caption', texts: [joinPhrases(phrases)] }),
    vectorOf({ ...of, inference }),
  ])
  if (caption === undefined) return { units: [], caption: none }
  const compare = async (vector: Float32Array) => ({
    own: dot(vector, own),
    others: await scoresOf(vector, of, inference),
  })
  const scored = await Promise.all(found.map(({ vector }) => compare(vector)))
  return {
    caption: await compare(caption.vector),
    units: units.flatMap(({ start, end }, index) => {
      const score = scored[index]
      return score === undefined ? [] : [{ start, end, ...score }]
    }),
  }
}

/** Cosines of a text's vector with the vectors that the project has of the bag, in its order. */
async function scoresOf(
  vector: Float32Array,
  { vectors, bag }: Pick<Parameters<typeof scoreBag>[0], 'vectors' | 'bag'>,
  inference: Pick<InferenceClient, 'search'>,
): Promise<readonly number[]> {
  const { hits } = await inference.search({
    ...vectors,
    terms: [{ kind: 'vector', vector, weight: 1 }],
    among: Uint32Array.from(bag.map(({ imageId }) => imageId)).sort(),
    count: bag.length,
    except: [],
  })
  const scores = new Map(hits.map(({ imageId, score }) => [imageId, score]))
  return bag.map(({ imageId }) => scores.get(imageId) ?? -1)
}

function dot(left: Float32Array, right: Float32Array): number {
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0)
}
