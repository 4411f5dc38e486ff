import { readFile } from 'node:fs/promises'
import type { CheckSignal } from '../../../shared/domain/check-signal.ts'
import { CHECK_SIGNALS } from '../../../shared/domain/check-signal.ts'
import {
  findPackFile,
  type DetectorPack,
  type DualEncoderPack,
} from '../../../shared/domain/pack.ts'
import type { CalibrationTable } from '../../checks/calibration-table.ts'
import { EVERY_FOIL, foilBudgetOf, type FoilBudget } from '../../checks/foil-budget.ts'
import { CHECK_VERSION } from '../../checks/judge-unit.ts'
import { readPackCalibration } from '../../checks/pack-calibration.ts'
import { mergeTables } from '../../checks/project-calibration.ts'
import { readProjectTrial, type ProjectTrial } from '../../checks/project-trial.ts'
import { usedSignals, type WantedSignals } from '../../checks/used-signals.ts'
import { readDetectorCalibration, readShippedCalibration } from './shipped-calibration.ts'
import type { Db } from '../../db/client.ts'
import type { CheckKey } from '../../db/queries/checks.ts'
import { packFilePath } from '../../models/pack-file-path.ts'

/** An encoder as it lies on the disk. */
export interface CheckEncoder {
  readonly manifest: DualEncoderPack
  readonly folder: string
}

/** A detector as it lies on the disk, with the names of all that it can find. */
export interface InstalledDetector {
  readonly manifest: DetectorPack
  readonly folder: string
  readonly labels: readonly string[]
}

/** All that verdicts follow from besides picture and text. */
export interface CheckGround {
  /** Null where none fits, and a detector alone looks. */
  readonly encoder: CheckEncoder | null
  /** Null where none is installed whose boxes somebody has measured. */
  readonly detector: InstalledDetector | null
  /** What came with the encoder, or without one with the detector; null where that is none. */
  readonly base: CalibrationTable | null
  /** What the project's own labels came to; null where nobody measured them with these models. */
  readonly trial: FoundTrial | null
  /** All that verdicts follow from: the encoder's, with the kinds that the project measured, then the detector's. */
  readonly tables: readonly CalibrationTable[]
  readonly off: ReadonlySet<CheckSignal>
  /** What those tables go by, less what is switched off; nothing else is computed. */
  readonly wanted: WantedSignals
  /** How many foils the encoder is asked for. */
  readonly foils: FoilBudget
  readonly key: CheckKey
}

interface FoundTrial extends ProjectTrial {
  readonly madeAt: number
  readonly isUsed: boolean
}

export type FoundGround =
  | { readonly kind: 'found'; readonly ground: CheckGround }
  | { readonly kind: 'missing'; readonly why: string }

const NEEDS_REAL_ENCODER =
  'Checking what a caption says needs an image-text encoder for such images. The one that comes with Realign knows the sample project only: install a real encoder pack on the Models screen, or a detector such as YOLOX, which tells things alone.'

export interface GroundOptions {
  /** The encoder in use for the open project; null where none fits. */
  readonly encoder: () => Promise<CheckEncoder | null>
  /** The detector in use; null where none is installed. */
  readonly detector: () => Promise<InstalledDetector | null>
  /** Whether the open project is the bundled sample. */
  readonly isSample: () => boolean
}

/** What a check would go by now, or in words why it cannot. */
export async function findGround(
  db: Pick<Db, 'read'>,
  options: GroundOptions,
): Promise<FoundGround> {
  const isSample = options.isSample()
  const encoder = await findEncoder(options, isSample)
  const boxes = isSample ? null : await findBoxes(options)
  if (encoder === null && boxes === null) return { kind: 'missing', why: NEEDS_REAL_ENCODER }
  const table =
    encoder === null
      ? null
      : ((await readShippedCalibration(encoder.manifest)) ?? (await readCalibration(encoder)))
  const stored = new Set(await db.read.listSwitchedOffSignals())
  const off = new Set(CHECK_SIGNALS.filter((name) => stored.has(name)))
  const detector = boxes?.detector ?? null
  const packs = [encoder, detector].flatMap((each) => each?.manifest ?? [])
  const packRevision = packs.map(({ id, revision }) => `${id} ${revision}`).join(' + ')
  const trial = await findTrial(db, packRevision)
  const [base = null, ...more] = [table, boxes?.table ?? null].filter((each) => each !== null)
  const first = trial?.isUsed === true ? mergeTables(base, trial) : base
  const tables = [first, ...more].filter((each) => each !== null)
  const switches = off.size === 0 ? '' : ` without ${[...off].join(' ')}`
  const key = {
    packRevision,
    calibrationId: `${tables.map(({ id }) => id).join(' + ') || 'none'}${switches}`,
    algorithmVersion: CHECK_VERSION,
  }
  const wanted = usedSignals(tables, off)
  const foils =
    encoder === null ? EVERY_FOIL : foilBudgetOf(encoder.manifest, { hasTable: table !== null })
  const ground = { encoder, detector, base, trial, tables, off, wanted, foils, key }
  return { kind: 'found', ground }
}

async function findTrial(db: Pick<Db, 'read'>, packRevision: string): Promise<FoundTrial | null> {
  const stored = await db.read.findCalibration({ packRevision, algorithmVersion: CHECK_VERSION })
  const trial = stored === null ? null : readProjectTrial(stored.contents)
  if (stored === null || trial === null) return null
  return { ...trial, madeAt: stored.createdAt, isUsed: stored.isUsed }
}

async function findEncoder(
  options: GroundOptions,
  isSample: boolean,
): Promise<CheckEncoder | null> {
  const encoder = await options.encoder()
  return encoder?.manifest.scope.images === 'sample-world' && !isSample ? null : encoder
}

/** The detector with the table of its kind; the pictures of the sample are drawn, and nobody measured boxes on such. */
async function findBoxes(
  options: GroundOptions,
): Promise<{ readonly detector: InstalledDetector; readonly table: CalibrationTable } | null> {
  const detector = await options.detector()
  const table = detector === null ? null : await readDetectorCalibration(detector)
  return detector === null || table === null ? null : { detector, table }
}

/** Throws PACK_INVALID where the file is no calibration. */
async function readCalibration({
  manifest,
  folder,
}: CheckEncoder): Promise<CalibrationTable | null> {
  const file = findPackFile(manifest, 'calibration')
  if (file === undefined) return null
  const text = await readFile(packFilePath(folder, file), 'utf8')
  return readPackCalibration(JSON.parse(text), { pack: manifest, hash: file.sha256 })
}

/** What cosines of the pack are multiplied with before texts compete; CLIP's own where the pack does not say. */
export function scaleOf({ logit }: DualEncoderPack): number {
  return logit?.scale ?? 100
}
