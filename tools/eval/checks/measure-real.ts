import { hash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { bundledPacksFolder, dataFolder } from '../../../src/main/base/app-paths.ts'
import { silentLog } from '../../../src/main/base/log.ts'
import type { CalibrationTable } from '../../../src/main/checks/calibration-table.ts'
import { readPackCalibration } from '../../../src/main/checks/pack-calibration.ts'
import { scaleOf } from '../../../src/main/features/checks/ground.ts'
import { readShippedCalibration } from '../../../src/main/features/checks/shipped-calibration.ts'
import { spawnNodeWorker } from '../../../src/main/hosts/node/spawn.ts'
import { createInferenceClient } from '../../../src/main/models/client.ts'
import { packFilePath } from '../../../src/main/models/pack-file-path.ts'
import { readPackManifest } from '../../../src/main/models/pack-folder.ts'
import { createPackStore } from '../../../src/main/models/store.ts'
import { findPackFile, type DualEncoderPack } from '../../../src/shared/domain/pack.ts'
import { lookAtCaption, partOf } from './collect.ts'
import { measureSet, type CheckRow } from './measure-set.ts'
import { methodsFor } from './methods.ts'
import { readRealSets, type RealPicture, type RealSet } from './real-data.ts'
import type { CaptionRecord } from './unit-record.ts'

interface RealWish {
  /** Id of an installed pack, or a folder that holds one. */
  readonly pack: string
  /** With the files of the data sets as they are published, and their pictures at any depth. */
  readonly data: string
  /** Most pictures of a set. */
  readonly pictures: number
  readonly onProgress: (line: string) => void
}

interface Encoder {
  readonly manifest: DualEncoderPack
  readonly folder: string
}

/** The table of the scenes, on real captions of real pictures, with any encoder. */
export async function measureReal(wish: RealWish): Promise<readonly CheckRow[]> {
  const encoder = await findEncoder(wish.pack)
  const table = await findTable(encoder)
  const [sets, pictures] = await Promise.all([readRealSets(wish.data), indexPictures(wish.data)])
  if (sets.length === 0) wish.onProgress('--data holds none of OHD-Caps, FOIL, HAT and DCI.')
  const rows: CheckRow[] = []
  for (const set of sets) {
    const records = await collect(set, {
      ...wish,
      encoder,
      pathOf: (name) => pictures.get(basename(name)),
    })
    const name = `${set.name}, ${encoder.manifest.id} ${encoder.manifest.revision}`
    rows.push(...measureSet(name, records, table), ...picks(name, records, table))
  }
  return rows
}

async function findEncoder(pack: string): Promise<Encoder> {
  const store = createPackStore({
    modelsFolder: join(dataFolder(), 'models'),
    bundledFolder: bundledPacksFolder(),
  })
  const found = existsSync(join(pack, 'pack.json'))
    ? { manifest: await readPackManifest(pack), folder: pack }
    : await store.get({ id: pack })
  const { manifest, folder } = found
  if (manifest.task === 'dual-encoder') return { manifest, folder }
  throw new Error(`"${manifest.name}" is a ${manifest.task}; an image-text encoder is needed.`)
}

/** Without a table Realign has no probabilities, and the baselines alone are measured. */
async function findTable({ manifest, folder }: Encoder): Promise<CalibrationTable> {
  const shipped = await readShippedCalibration(manifest)
  const file = findPackFile(manifest, 'calibration')
  if (shipped !== null) return shipped
  if (file !== undefined) {
    const text = await readFile(packFilePath(folder, file), 'utf8')
    return readPackCalibration(JSON.parse(text), { pack: manifest, hash: file.sha256 })
  }
  const { id, revision } = manifest
  return {
    ...{ format: 'realign-calibration', version: 1, id: 'none', pack: { id, revision } },
    ...{ source: 'shipped', isProvisional: true, prevalence: 0.2, kinds: [] },
  }
}

/** Pictures by the names of their files, wherever they lie. */
async function indexPictures(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return new Map(
    entries
      .filter((entry) => entry.isFile() && /\.(?:jpe?g|png|webp)$/i.test(entry.name))
      .map(({ name, parentPath }) => [name, join(parentPath, name)]),
  )
}

async function collect(
  set: RealSet,
  at: RealWish & {
    readonly encoder: Encoder
    readonly pathOf: (image: string) => string | undefined
  },
): Promise<readonly CaptionRecord[]> {
  const { manifest, folder } = at.encoder
  const client = createInferenceClient({ spawn: spawnNodeWorker, log: silentLog })
  const there = set.pictures.flatMap((picture) => {
    const path = at.pathOf(picture.image)
    return path === undefined ? [] : [{ ...picture, path }]
  })
  const chosen = there.slice(0, at.pictures)
  at.onProgress(
    `${set.name}: ${String(chosen.length)} of ${String(set.pictures.length)} pictures, ${String(there.length)} of them are there.`,
  )
  try {
    const records: CaptionRecord[] = []
    for (const picture of chosen) {
      const place = { path: picture.path, hash: hash('sha256', await readFile(picture.path)) }
      const pack = { folder, id: manifest.id, revision: manifest.revision }
      for (const caption of picture.captions) {
        const seen = await lookAtCaption(client, {
          ...{ pack, scale: scaleOf(manifest), picture: place, text: caption.text },
          ...{ isGated: false, findings: { boxes: null, lines: null } },
        })
        records.push(toRecord(picture.image, caption, seen))
      }
    }
    return records
  } finally {
    client.close()
  }
}

/** A unit that holds a wrong word is wrong; where nobody marked the words, nothing is known of a wrong caption's units. */
function toRecord(
  scene: string,
  caption: RealPicture['captions'][number],
  { units, whole }: Awaited<ReturnType<typeof lookAtCaption>>,
): CaptionRecord {
  const { isTrue, tier, wrong } = caption
  return {
    ...{ scene, whole, fault: isTrue ? null : `object, ${tier}` },
    units: units.map(({ unit, evidence, fits }, index) => ({
      ...{ kind: unit.kind, claim: unit.claim, signals: evidence.signals, fits, isPointed: null },
      ...{ stated: unit.count, part: partOf(index, units.length) },
      isTrue:
        wrong === null
          ? null
          : !wrong.some(({ start, end }) => start < unit.end && unit.start < end),
    })),
  }
}

/** How often the true caption of a picture scores higher than all of its wrong ones. */
function picks(
  set: string,
  records: readonly CaptionRecord[],
  table: CalibrationTable,
): readonly CheckRow[] {
  const groups = [...Map.groupBy(records, ({ scene }) => scene).values()]
  return methodsFor(table).flatMap((method) => {
    const hits = groups.flatMap((captions) => {
      const scored = captions.flatMap((caption) => {
        const score = method.caption(caption)
        return score === null ? [] : [{ isTrue: caption.fault === null, score }]
      })
      const best = Math.max(...scored.filter(({ isTrue }) => !isTrue).map(({ score }) => score))
      const truth = scored.find(({ isTrue }) => isTrue)
      return truth === undefined || best === -Infinity ? [] : [truth.score > best ? 1 : 0]
    })
    const value = hits.reduce((sum: number, hit) => sum + hit, 0) / hits.length
    return hits.length === 0
      ? []
      : [{ set, method: method.name, measure: 'true caption picked', value, n: hits.length }]
  })
}
