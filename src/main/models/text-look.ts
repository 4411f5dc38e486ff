import type { DualEncoderPack } from '../../shared/domain/pack.ts'
import { findPackFile } from '../../shared/domain/pack.ts'
import type { ComputeQueue } from './compute-queue.ts'
import { RecentValues } from './recent-values.ts'
import type { LookAnswer, LookCall, PhraseLook } from './requests.ts'
import type { PackPlace } from './session-pool.ts'
import { dot } from './tasks/dots.ts'
import { embedTexts, type TextKind } from './tasks/dual-encoder-text.ts'
import { gateScores } from './tasks/gate-tail.ts'
import { hueShares, hueSharesIn } from './tasks/hues.ts'
import { momentScore, readMoments, spreadOf, type Moments, type Spread } from './tasks/moments.ts'
import type { PictureLook } from './tasks/picture-look.ts'
import { findPlaces } from './tasks/place-scores.ts'
import type { PackRuntime } from './tasks/task.ts'
import { findUncovered } from './tasks/uncovered.ts'

const MAX_PICTURES = 48
const MAX_TEXTS = 12_000
const MAX_SCORES = 12_000
/** Texts in a turn at the models: with a slow encoder a whole caption's would keep somebody waiting for seconds. */
const TEXTS_IN_TURN = 32

export interface TextLooks {
  look(call: LookCall): Promise<LookAnswer>
}

/**
 * Answers how texts fit pictures, and keeps what it computed last by the picture's content and the text, so that
 * after a change of one clause only its own phrases are computed.
 */
export function createTextLooks(options: {
  readonly queue: ComputeQueue
  readonly encoder: (pack: PackPlace) => Promise<PackRuntime<DualEncoderPack>>
  readonly picture: (call: LookCall) => Promise<PictureLook>
}): TextLooks {
  const { queue } = options
  const pictures = new RecentValues<Promise<PictureLook>>(MAX_PICTURES)
  const texts = new RecentValues<Float32Array>(MAX_TEXTS)
  const textSpreads = new RecentValues<Spread>(MAX_TEXTS)
  const pictureSpreads = new RecentValues<Spread>(MAX_PICTURES * 8)
  const phraseScores = new RecentValues<PhraseLook>(MAX_SCORES)
  const gates = new RecentValues<readonly (number | null)[]>(MAX_PICTURES * 16)

  async function pictureOf(call: LookCall): Promise<PictureLook> {
    const key = `${packKey(call.pack)}\n${call.hash}`
    const known = pictures.get(key)
    if (known !== undefined) return known
    const asked = options.picture(call)
    pictures.set(key, asked)
    asked.catch(() => pictures.delete(key))
    return asked
  }

  async function vectorsOf(
    runtime: PackRuntime<DualEncoderPack>,
    call: LookCall,
    of: { readonly kind: TextKind; readonly texts: readonly string[] },
  ): Promise<ReadonlyMap<string, Float32Array>> {
    const key = (text: string): string => `${packKey(call.pack)}\n${of.kind}\n${text}`
    const found = new Map<string, Float32Array>()
    const missing: string[] = []
    for (const text of new Set(of.texts)) {
      const known = texts.get(key(text))
      if (known === undefined) missing.push(text)
      else found.set(text, known)
    }
    for (const part of inParts(missing)) {
      await queue.run(call.urgency, async () => {
        // Another text may have asked for the same foils meanwhile.
        const open = part.filter((text) => texts.get(key(text)) === undefined)
        const made = open.length === 0 ? [] : await embedTexts(runtime, open, of.kind)
        for (const [index, { vector }] of made.entries()) texts.set(key(open[index] ?? ''), vector)
        for (const text of part) {
          const vector = texts.get(key(text))
          if (vector !== undefined) found.set(text, vector)
        }
      })
    }
    return found
  }

  function scorePhrase(
    phrase: LookCall['phrases'][number],
    at: {
      readonly call: LookCall
      readonly vector: Float32Array
      readonly picture: PictureLook
      readonly moments: Moments | null
    },
  ): PhraseLook {
    const { call, vector, picture, moments } = at
    const place = `${packKey(call.pack)}\n${call.hash}\n${call.sharpness}`
    const key = `${place}\n${phrase.moments ?? ''}\n${phrase.wantsHues} ${phrase.wantsOwnHues === true}\n${phrase.text}`
    const known = phraseScores.get(key)
    if (known !== undefined) return known
    const cosine = dot(picture.vector, vector)
    const { scores: places, members } = findPlaces(picture.cells, vector, call.sharpness)
    const z =
      moments === null || phrase.moments === null
        ? null
        : zOf({ moments, kind: phrase.moments, call, text: phrase.text, vector, picture, cosine })
    const hues = phrase.wantsHues ? hueShares(picture.colours, places.region) : null
    const own = phrase.wantsOwnHues === true ? hueSharesIn(picture.colours, members) : null
    const score = { cosine, places, z, hues, ...(own === null ? {} : { ownHues: own }) }
    phraseScores.set(key, score)
    return score
  }

  function zOf(of: {
    readonly moments: Moments
    readonly kind: string
    readonly call: LookCall
    readonly text: string
    readonly vector: Float32Array
    readonly picture: PictureLook
    readonly cosine: number
  }): number | null {
    const { moments, call, vector, picture, cosine } = of
    const [any] = moments.text.keys()
    const kind = [of.kind, 'object', any].find(
      (each) => each !== undefined && moments.text.has(each),
    )
    const nullPhrases = kind === undefined ? undefined : moments.text.get(kind)
    if (kind === undefined || nullPhrases === undefined) return null
    const pack = packKey(call.pack)
    const overPictures = textSpreads.take(`${pack}\n${of.text}`, () =>
      spreadOf(vector, moments.image),
    )
    const overPhrases = pictureSpreads.take(`${pack}\n${call.hash}\n${kind}`, () =>
      spreadOf(picture.vector, nullPhrases),
    )
    return momentScore(cosine, overPictures, overPhrases)
  }

  async function gatesOf(
    runtime: PackRuntime<DualEncoderPack>,
    call: LookCall,
    of: { readonly picture: PictureLook; readonly gated: LookCall['gated'][number] },
  ): Promise<readonly (number | null)[]> {
    const { text, words } = of.gated
    const spans = words.map(({ start, end }) => `${start}-${end}`).join(' ')
    const key = `${packKey(call.pack)}\n${call.hash}\n${spans}\n${text}`
    const known = gates.get(key)
    if (known !== undefined) return known
    const found = await queue.run(call.urgency, () =>
      gateScores(runtime, { text, words, picture: of.picture.vector }),
    )
    gates.set(key, found)
    return found
  }

  return {
    async look(call) {
      const runtime = await options.encoder(call.pack)
      const [picture, phrases, sentences, moments] = await Promise.all([
        pictureOf(call),
        vectorsOf(runtime, call, {
          kind: 'phrase',
          texts: [...call.phrases.map(({ text }) => text), ...(call.rest?.said ?? [])],
        }),
        vectorsOf(runtime, call, { kind: 'caption', texts: call.sentences }),
        momentsOf(runtime),
      ])
      const found = call.phrases.map((phrase) => {
        const vector = phrases.get(phrase.text)
        if (vector === undefined) throw new Error('A phrase got no vector.')
        return scorePhrase(phrase, { call, vector, picture, moments })
      })
      const gates: (readonly (number | null)[])[] = []
      for (const gated of call.gated) gates.push(await gatesOf(runtime, call, { picture, gated }))
      return {
        phrases: found,
        sentences: call.sentences.map((text) => {
          const vector = sentences.get(text)
          return vector === undefined ? 0 : dot(picture.vector, vector)
        }),
        gates,
        rest: call.rest === undefined ? null : restOf(call, call.rest, { picture, phrases }),
      }
    },
  }
}

const WHOLE = { x: 0, y: 0, width: 1, height: 1 }

function restOf(
  { sharpness }: LookCall,
  { said }: NonNullable<LookCall['rest']>,
  of: { readonly picture: PictureLook; readonly phrases: ReadonlyMap<string, Float32Array> },
): LookAnswer['rest'] {
  const { cells, colours } = of.picture
  const vectors = said?.flatMap((text) => of.phrases.get(text) ?? [])
  return {
    parts: vectors === undefined ? [] : findUncovered(cells, vectors, sharpness),
    hues: hueShares(colours, WHOLE),
  }
}

/** Texts of like length go together, because the shorter ones of a batch are filled up. */
function inParts(texts: readonly string[]): string[][] {
  const sorted = texts.toSorted((left, right) => left.length - right.length)
  return Array.from({ length: Math.ceil(sorted.length / TEXTS_IN_TURN) }, (_, index) =>
    sorted.slice(index * TEXTS_IN_TURN, (index + 1) * TEXTS_IN_TURN),
  )
}

function momentsOf(runtime: PackRuntime<DualEncoderPack>): Promise<Moments | null> {
  if (findPackFile(runtime.manifest, 'moments') === undefined) return Promise.resolve(null)
  return runtime.keep('moments', () =>
    readMoments(runtime.path('moments'), runtime.manifest.dimension),
  )
}

function packKey({ id, revision }: PackPlace): string {
  return `${id} ${revision}`
}
