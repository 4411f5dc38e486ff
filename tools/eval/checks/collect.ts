import { hash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gatherEvidence, type PictureFindings } from '../../../src/main/checks/gather-evidence.ts'
import { wishFor } from '../../../src/main/checks/look-wish.ts'
import { everySignal } from '../../../src/main/checks/used-signals.ts'
import { bundledPacksFolder } from '../../../src/main/base/app-paths.ts'
import { silentLog } from '../../../src/main/base/log.ts'
import type { UnitEvidence } from '../../../src/main/checks/unit-evidence.ts'
import { spawnNodeWorker } from '../../../src/main/hosts/node/spawn.ts'
import { createInferenceClient, type InferenceClient } from '../../../src/main/models/client.ts'
import { scaleOf } from '../../../src/main/features/checks/ground.ts'
import { readPackManifest } from '../../../src/main/models/pack-folder.ts'
import type { PackPlace } from '../../../src/main/models/session-pool.ts'
import type { PlannedUnit } from '../../../src/shared/domain/check-plan.ts'
import { planCheck } from '../../../src/main/text/foils/plan-check.ts'
import type { Scene } from '../../scenes/compose.ts'
import { findMark, isPointedAt } from './label-unit.ts'
import type { PlantedCaption } from './planted-caption.ts'
import type { CaptionRecord, UnitRecord } from './unit-record.ts'

export interface Looker {
  readonly pack: PackPlace
  /** Judges captions of one picture by all signals that the bundled packs give. */
  collect(scene: Scene, path: string, captions: readonly PlantedCaption[]): Promise<CaptionRecord[]>
  /** The units of a text and what all signals but the gate say of them. */
  see(path: string, text: string): Promise<SeenCaption['units']>
  close(): void
}

/** The gate costs more than all other signals together, so one scene in so many is looked at with it. */
const GATED_SCENES = 3

export async function createLooker(packFolder?: string): Promise<Looker> {
  const folder = packFolder ?? join(bundledPacksFolder(), 'starter')
  const manifest = await readPackManifest(folder)
  if (manifest.task !== 'dual-encoder') throw new Error(`${folder} holds no encoder.`)
  const pack = { folder, id: manifest.id, revision: manifest.revision }
  const reader = await placeOf(join(bundledPacksFolder(), 'pp-ocr-v4'))
  const client = createInferenceClient({
    spawn: spawnNodeWorker,
    log: silentLog,
    settings: () => ({ device: 'cpu' }),
  })
  const scale = scaleOf(manifest)
  return {
    pack,
    collect: async (scene, path, captions) => {
      const picture = { path, hash: hash('sha256', await readFile(path)) }
      const hasWords = captions.some(({ text }) => text.includes('“'))
      const lines = hasWords ? await readLines(client, { ...picture, pack: reader }) : null
      const records: CaptionRecord[] = []
      for (const caption of captions) {
        records.push(await judge(client, { pack, scale, picture, lines, scene, caption }))
      }
      return records
    },
    see: async (path, text) => {
      const picture = { path, hash: hash('sha256', await readFile(path)) }
      const lines = text.includes('“')
        ? await readLines(client, { ...picture, pack: reader })
        : null
      const findings = { boxes: null, lines }
      const seen = { pack, scale, picture, text, isGated: false, findings }
      return (await lookAtCaption(client, seen)).units
    },
    close: () => client.close(),
  }
}

/** In runs of three, because the tiers of planted objects change from scene to scene. */
function isGated({ graph }: Scene): boolean {
  return Math.floor(graph.index / GATED_SCENES) % GATED_SCENES === 0
}

type Lines = Awaited<ReturnType<typeof readLines>>

async function judge(
  client: InferenceClient,
  of: {
    readonly pack: PackPlace
    readonly scale: number
    readonly picture: { readonly path: string; readonly hash: string }
    readonly lines: Lines | null
    readonly scene: Scene
    readonly caption: PlantedCaption
  },
): Promise<CaptionRecord> {
  const { picture, lines, scene, caption } = of
  const seen = await lookAtCaption(client, {
    ...{ ...of, picture, text: caption.text, isGated: isGated(scene) },
    findings: { boxes: null, lines },
  })
  const found = seen.units.map(({ unit, evidence, fits }, index): UnitRecord => {
    const mark = findMark(unit, caption.marks)
    return {
      kind: unit.kind,
      claim: unit.claim,
      isTrue: mark?.isTrue ?? null,
      stated: unit.count,
      part: partOf(index, seen.units.length),
      signals: evidence.signals,
      fits,
      isPointed: mark?.isTrue === true ? isPointedAt(evidence.region, mark, scene.graph) : null,
    }
  })
  const { whole } = seen
  const name = `${String(scene.graph.seed)}-${String(scene.graph.index)}`
  return { scene: name, fault: caption.fault, whole, units: found }
}

/** Which third of so many. */
export function partOf(index: number, count: number): UnitRecord['part'] {
  const third = Math.floor((3 * index) / count)
  return third === 0 ? 'first' : third === 1 ? 'middle' : 'last'
}

interface SeenCaption {
  readonly units: readonly {
    readonly unit: PlannedUnit
    readonly evidence: UnitEvidence
    readonly fits: UnitRecord['fits']
  }[]
  /** Cosine of the whole caption with the picture. */
  readonly whole: number
}

/** All that the signals say of a caption, and the plain numbers that baselines go by. */
export async function lookAtCaption(
  client: InferenceClient,
  of: {
    readonly pack: PackPlace
    readonly scale: number
    readonly picture: { readonly path: string; readonly hash: string }
    readonly text: string
    /** The gate costs more than all other signals together. */
    readonly isGated: boolean
    readonly findings: PictureFindings
  },
): Promise<SeenCaption> {
  const { pack, scale, picture, text, isGated: wantsGates, findings } = of
  const { units } = planCheck(text, findings.boxes?.labels ?? [])
  const wish = wishFor(units, everySignal)
  const answers = await client.look({
    ...{ pack, ...picture, ...wish, urgency: 'background', sharpness: scale },
    gated: wantsGates ? wish.gated : [],
    sentences: [...wish.sentences, text],
  })
  const evidence = gatherEvidence({
    ...{ units, wish, answers, scale, wanted: everySignal, off: new Set(), findings },
  })
  const known = new Map(
    wish.phrases.flatMap(({ text: phrase }, index) => {
      const fit = answers.phrases[index]
      return fit
        ? [[phrase, { cosine: round(fit.cosine), place: round(fit.places.soft) }] as const]
        : []
    }),
  )
  return {
    units: units.flatMap((unit, index) => {
      const found = evidence[index]
      return found === undefined ? [] : [{ unit, evidence: found, fits: fitsOf(unit, known) }]
    }),
    whole: answers.sentences.at(-1) ?? 0,
  }
}

type Fits = NonNullable<UnitRecord['fits']>

function fitsOf(
  { phrase, foils }: PlannedUnit,
  known: ReadonlyMap<string, Fits['own']>,
): UnitRecord['fits'] {
  const own = phrase === null ? undefined : known.get(phrase)
  if (own === undefined) return null
  return {
    own,
    foils: foils.flatMap((foil) => {
      const fit = known.get(foil.phrase)
      return fit === undefined ? [] : [{ ...fit, tier: foil.tier }]
    }),
  }
}

function round(value: number): number {
  return Number(value.toFixed(5))
}

async function readLines(
  client: InferenceClient,
  of: { readonly path: string; readonly hash: string; readonly pack: PackPlace },
) {
  return client.picture({ ...of, task: 'lines', urgency: 'background' })
}

async function placeOf(folder: string): Promise<PackPlace> {
  const { id, revision } = await readPackManifest(folder)
  return { folder, id, revision }
}
