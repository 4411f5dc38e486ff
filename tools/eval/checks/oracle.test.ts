import { hash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ORACLE_GRID, ORACLE_SIDE_PX, writeOraclePack } from '../../../test/support/oracle-pack.ts'
import { silentLog } from '../../../src/main/base/log.ts'
import type { CalibrationTable, KindTable } from '../../../src/main/checks/calibration-table.ts'
import { fitKindTable } from '../../../src/main/checks/fit-kind-table.ts'
import { fuseEvidence } from '../../../src/main/checks/fusion.ts'
import { gatherEvidence } from '../../../src/main/checks/gather-evidence.ts'
import { judgeUnit } from '../../../src/main/checks/judge-unit.ts'
import { wishFor } from '../../../src/main/checks/look-wish.ts'
import { calibrationError, reliabilityBins } from '../../../src/main/checks/reliability.ts'
import { RISK_BOUNDS } from '../../../src/main/checks/risk-control.ts'
import type { UnitEvidence } from '../../../src/main/checks/unit-evidence.ts'
import { spawnNodeWorker } from '../../../src/main/hosts/node/spawn.ts'
import { createInferenceClient, type InferenceClient } from '../../../src/main/models/client.ts'
import type { PackPlace } from '../../../src/main/models/session-pool.ts'
import { planCheck } from '../../../src/main/text/foils/plan-check.ts'
import type { CheckSignal } from '../../../src/shared/domain/check-signal.ts'
import type { PlannedUnit } from '../../../src/shared/domain/check-plan.ts'
import { createRandom } from '../../scenes/random.ts'
import { areaUnderCurve, shareOf } from './measures.ts'
import {
  composeOracleScene,
  type OracleItem,
  type OracleScene,
} from '../../../test/support/oracle-scenes.ts'

/*
 * The whole way of the hallucination check, from a caption and a picture file through the inference process to verdicts,
 * with an encoder whose truth is known and whose noise has a size.
 */

const PREVALENCE = 0.2
const SIGNALS: ReadonlySet<CheckSignal> = new Set(['reg', 'swap', 'pix'])
const KINDS = ['entity', 'attribute'] as const
const LIMIT_MS = 300_000

interface JudgedUnit {
  readonly unit: PlannedUnit
  readonly evidence: UnitEvidence
  readonly isTrue: boolean
  readonly isPlanted: boolean
  readonly item: OracleItem | null
  readonly scene: string
}

interface JudgedCaption {
  readonly scene: string
  readonly fault: OracleScene['captions'][number]['fault']
  readonly units: readonly JudgedUnit[]
}

let folder: string
let client: InferenceClient

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'realign-oracle-'))
  client = createInferenceClient({
    spawn: spawnNodeWorker,
    log: silentLog,
    settings: () => ({ device: 'cpu' }),
  })
})
afterAll(async () => {
  client.close()
  await rm(folder, { recursive: true, force: true })
})

async function draw(scene: OracleScene): Promise<{ readonly path: string; readonly hash: string }> {
  const raw = { width: ORACLE_SIDE_PX, height: ORACLE_SIDE_PX, channels: 3 } as const
  const png = await sharp(scene.pixels, { raw }).png().toBuffer()
  const path = join(folder, `${scene.name}.png`)
  await writeFile(path, png)
  return { path, hash: hash('sha256', png) }
}

const plans = new Map<string, readonly PlannedUnit[]>()

function plan(text: string): readonly PlannedUnit[] {
  const known = plans.get(text) ?? planCheck(text, []).units
  plans.set(text, known)
  return known
}

async function look(
  pack: PackPlace,
  picture: { readonly path: string; readonly hash: string },
  text: string,
) {
  const units = plan(text)
  const wanted = () => SIGNALS
  const wish = wishFor(units, wanted)
  const answers = await client.look({
    ...{ pack, ...picture, ...wish, urgency: 'background', sharpness: 20 },
  })
  const findings = { boxes: null, lines: null }
  const evidence = gatherEvidence({
    ...{ units, wish, answers, findings, scale: 20, wanted, off: new Set() },
  })
  return units.flatMap((unit, index) => {
    const found = evidence[index]
    return found === undefined ? [] : [{ unit, evidence: found }]
  })
}

async function judgeScenes(
  pack: PackPlace,
  seed: number,
  count: number,
): Promise<readonly JudgedCaption[]> {
  const scenes = Array.from({ length: count }, (_, index) => composeOracleScene(seed, index))
  const captions = await Promise.all(
    scenes.map(async (scene) => {
      const picture = await draw(scene)
      return Promise.all(
        scene.captions.map(async ({ sentences, fault, planted }): Promise<JudgedCaption> => {
          const seen = await look(pack, picture, sentences.join(' '))
          const units = seen.map(({ unit, evidence }) => {
            const isPlanted = unit.words === planted
            const item = scene.items.find(
              ({ thing, colour }) =>
                thing === unit.thing?.lemma && (unit.claim === 'object' || colour === unit.words),
            )
            const isTrue = item !== undefined
            return { unit, evidence, isPlanted, isTrue, item: item ?? null, scene: scene.name }
          })
          return { scene: scene.name, fault, units }
        }),
      )
    }),
  )
  return captions.flat()
}

/** True units of the true caption, and planted ones: what tables are made of and measured on. */
function labelled(captions: readonly JudgedCaption[], kind: KindTable['kind']) {
  return captions.flatMap(({ fault, units }) =>
    units.filter((one) => one.unit.kind === kind && (fault === null) === one.isTrue),
  )
}

function fit(captions: readonly JudgedCaption[]): CalibrationTable {
  const kinds = KINDS.flatMap((kind) => {
    const samples = labelled(captions, kind).map(({ evidence, isTrue, scene }) => ({
      ...{ signals: evidence.signals, isSupported: isTrue, group: scene },
    }))
    const signals = [...SIGNALS]
    return fitKindTable({ kind, samples, prevalence: PREVALENCE, seed: 1, signals }) ?? []
  })
  return {
    ...{ format: 'realign-calibration', version: 1, id: 'oracle', source: 'shipped', kinds },
    ...{ pack: { id: 'oracle', revision: '1' }, isProvisional: true, prevalence: PREVALENCE },
  }
}

function verdictOf({ unit, evidence }: JudgedUnit, table: CalibrationTable) {
  return judgeUnit(unit, evidence, [table])
}

/** Share of faulty captions whose least likely unit is the planted one. */
function localisation(captions: readonly JudgedCaption[], table: CalibrationTable): number {
  const faulty = captions.filter(({ fault }) => fault !== null)
  return shareOf(faulty, ({ units }) => {
    const [least] = units.toSorted(
      (left, right) =>
        (verdictOf(left, table).probability ?? 1) - (verdictOf(right, table).probability ?? 1),
    )
    return least?.isPlanted === true
  })
}

function area(
  captions: readonly JudgedCaption[],
  table: CalibrationTable,
  kind: KindTable['kind'],
): number {
  const units = labelled(captions, kind)
  const scores = (isTrue: boolean): number[] =>
    units.flatMap((one) => (one.isTrue === isTrue ? (fuseEvidence(one.evidence, table) ?? []) : []))
  return areaUnderCurve(scores(true), scores(false))
}

/** Intersection over union of the evidence region with the thing's box. */
function overlap({ evidence, item }: JudgedUnit): number {
  const { region } = evidence
  if (region === null || item === null) return 0
  const { column, row, width, height } = item.patches
  const [x, y] = [column / ORACLE_GRID, row / ORACLE_GRID]
  const box = { x, y, width: width / ORACLE_GRID, height: height / ORACLE_GRID }
  const shared = (from: 'x' | 'y', size: 'width' | 'height'): number =>
    Math.max(
      0,
      Math.min(box[from] + box[size], region[from] + region[size]) -
        Math.max(box[from], region[from]),
    )
  const both = shared('x', 'width') * shared('y', 'height')
  return both / (box.width * box.height + region.width * region.height - both)
}

describe('an encoder without noise', () => {
  let pack: PackPlace
  let table: CalibrationTable
  let captions: readonly JudgedCaption[]

  beforeAll(async () => {
    pack = await writeOraclePack(join(folder, 'exact'), { sigma: 0 })
    table = fit(await judgeScenes(pack, 1, 80))
    captions = await judgeScenes(pack, 2, 24)
  }, LIMIT_MS)

  it('finds every planted fault', () => {
    expect(localisation(captions, table)).toBe(1)
    expect(KINDS.map((kind) => area(captions, table, kind))).toEqual([1, 1])
  })

  it('calls nothing what it is not, and next to nothing unsure', () => {
    const units = KINDS.flatMap((kind) => labelled(captions, kind))
    const opposite = (one: JudgedUnit): string => (one.isTrue ? 'unsupported' : 'supported')
    const wrong = units.filter((one) => verdictOf(one, table).status === opposite(one))
    expect(units.length).toBeGreaterThan(160)
    expect(wrong.map(({ unit, scene }) => `${scene} ${unit.words}`)).toEqual([])
    // A limit is the last probability that the calibration scenes showed.
    expect(shareOf(units, (one) => verdictOf(one, table).status === 'unsure')).toBeLessThan(0.03)
  })

  it('shows where each thing is', () => {
    const units = KINDS.flatMap((kind) => labelled(captions, kind)).filter(({ isTrue }) => isTrue)
    expect(Math.min(...units.map(overlap))).toBeGreaterThanOrEqual(0.5)
  })

  it('says the same of sentences in another order', async () => {
    const scene = composeOracleScene(2, 0)
    const picture = await draw(scene)
    const statuses = async (sentences: readonly string[]) =>
      (await look(pack, picture, sentences.join(' ')))
        .map(({ unit, evidence }) => `${unit.words} ${judgeUnit(unit, evidence, [table]).status}`)
        .toSorted()
    for (const { sentences } of scene.captions) {
      expect(await statuses(sentences.toReversed())).toEqual(await statuses(sentences))
    }
  })
})

describe('an encoder with noise', () => {
  let table: CalibrationTable
  let captions: readonly JudgedCaption[]

  beforeAll(async () => {
    const pack = await writeOraclePack(join(folder, 'noisy'), { sigma: 0.5 })
    table = fit(await judgeScenes(pack, 1, 160))
    captions = await judgeScenes(pack, 2, 100)
  }, LIMIT_MS)

  it('keeps both bounds in at least 95 % of 200 resamples', () => {
    const units = KINDS.flatMap((kind) => labelled(captions, kind)).map((one) => ({
      ...{ isTrue: one.isTrue, scene: one.scene, status: verdictOf(one, table).status },
    }))
    const groups = [...Map.groupBy(units, ({ scene }) => scene).values()]
    const random = createRandom('oracle bounds')
    const kept = Array.from({ length: 200 }, () => {
      const drawn = groups.flatMap(() => random.pick(groups))
      const rate = (isTrue: boolean, status: string): number =>
        shareOf(
          drawn.filter((one) => one.isTrue === isTrue),
          (one) => one.status === status,
        )
      const wrong = (isTrue: boolean, status: string): number => {
        const errors = rate(isTrue, status) * (isTrue ? 1 - PREVALENCE : PREVALENCE)
        const hits = rate(!isTrue, status) * (isTrue ? PREVALENCE : 1 - PREVALENCE)
        return errors === 0 ? 0 : errors / (errors + hits)
      }
      return (
        wrong(true, 'unsupported') <= RISK_BOUNDS.falseAlarm &&
        wrong(false, 'supported') <= RISK_BOUNDS.missed
      )
    })
    expect(units.some(({ status }) => status === 'unsupported')).toBe(true)
    expect(units.some(({ status }) => status === 'supported')).toBe(true)
    expect(shareOf(kept, (is) => is)).toBeGreaterThanOrEqual(0.95)
  })

  it('gives probabilities that are shares', () => {
    const units = KINDS.flatMap((kind) => labelled(captions, kind))
    const [good, bad] = [true, false].map((is) => units.filter(({ isTrue }) => isTrue === is))
    const wanted = Math.round(((good?.length ?? 0) * PREVALENCE) / (1 - PREVALENCE))
    const sample = [
      ...(good ?? []),
      ...createRandom('oracle shares')
        .shuffle(bad ?? [])
        .slice(0, wanted),
    ]
    const judged = sample.map((one) => ({
      probability: verdictOf(one, table).probability ?? 0.5,
      isSupported: one.isTrue,
    }))
    expect(calibrationError(reliabilityBins(judged))).toBeLessThanOrEqual(0.05)
  })

  it(
    'tells less apart the more noise there is',
    async () => {
      const more = await writeOraclePack(join(folder, 'noisier'), { sigma: 1.2 })
      const noisier = await judgeScenes(more, 2, 50)
      const worse = fit(await judgeScenes(more, 1, 80))
      for (const kind of KINDS) {
        const areas = [area(captions, table, kind), area(noisier, worse, kind)]
        expect(areas[0]).toBeLessThan(1)
        expect(areas[1]).toBeLessThan(areas[0] ?? 0)
        expect(areas[1]).toBeGreaterThan(0.5)
      }
    },
    LIMIT_MS,
  )
})
