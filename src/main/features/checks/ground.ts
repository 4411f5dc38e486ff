import { readFile } from 'node:fs/promises'
import type { CheckSignal } from '../../../shared/domain/check-signal.ts'
import { CHECK_SIGNALS } from '../../../shared/domain/check-signal.ts'
import { findPackFile, type DualEncoderPack } from '../../../shared/domain/pack.ts'
import type { CalibrationTable } from '../../checks/calibration-table.ts'
import { CHECK_VERSION } from '../../checks/judge-unit.ts'
import { readPackCalibration } from '../../checks/pack-calibration.ts'
import { readShippedCalibration } from './shipped-calibration.ts'
import type { Db } from '../../db/client.ts'
import type { CheckKey } from '../../db/queries/checks.ts'
import { packFilePath } from '../../models/pack-file-path.ts'

/** An encoder as it lies on the disk. */
export interface CheckEncoder {
  readonly manifest: DualEncoderPack
  readonly folder: string
}

/** All that verdicts follow from besides picture and text. */
export interface CheckGround {
  readonly encoder: CheckEncoder
  /** Null where the pack comes with none: then nothing is called supported or unsupported. */
  readonly table: CalibrationTable | null
  readonly off: ReadonlySet<CheckSignal>
  readonly key: CheckKey
}

export type FoundGround =
  | { readonly kind: 'found'; readonly ground: CheckGround }
  | { readonly kind: 'missing'; readonly why: string }

const NEEDS_REAL_ENCODER =
  'Checking what a caption says needs an image-text encoder for such images. The one that comes with Realign knows the sample project only: install a real encoder pack on the Models screen.'

/** What a check would go by now, or in words why it cannot. */
export async function findGround(options: {
  readonly db: Db
  readonly encoder: () => Promise<CheckEncoder | null>
  readonly isSample: boolean
}): Promise<FoundGround> {
  const { db, isSample } = options
  const encoder = await options.encoder()
  if (encoder === null) return { kind: 'missing', why: NEEDS_REAL_ENCODER }
  const { manifest } = encoder
  if (manifest.scope.images === 'sample-world' && !isSample) {
    return { kind: 'missing', why: NEEDS_REAL_ENCODER }
  }
  const table = (await readShippedCalibration(manifest)) ?? (await readCalibration(encoder))
  const stored = new Set(await db.read.listSwitchedOffSignals())
  const off = new Set(CHECK_SIGNALS.filter((name) => stored.has(name)))
  const switches = off.size === 0 ? '' : ` without ${[...off].join(' ')}`
  const key = {
    packRevision: `${manifest.id} ${manifest.revision}`,
    calibrationId: `${table?.id ?? 'none'}${switches}`,
    algorithmVersion: CHECK_VERSION,
  }
  return { kind: 'found', ground: { encoder, table, off, key } }
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
