import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DetectorPack, PackRef } from '../../../shared/domain/pack.ts'
import { packageRoot } from '../../base/app-paths.ts'
import { parseCalibrationTable, type CalibrationTable } from '../../checks/calibration-table.ts'

/** Tables that come with Realign, one file a pack: `npm run eval -- checks-fit` makes them. */
export function calibrationsFolder(): string {
  return join(packageRoot(), 'resources', 'calibrations')
}

/** The table that comes with Realign for this very revision of a pack; null where there is none. Throws PACK_INVALID. */
export async function readShippedCalibration({
  id,
  revision,
}: PackRef): Promise<CalibrationTable | null> {
  // Ids of packs are lower-case words with hyphens, so they are names of files.
  const table = await readTable(`${id}.json`)
  return table?.pack.id === id && table.pack.revision === revision ? table : null
}

/** Made of the boxes of YOLOX nano on photos, from this score on; its larger sisters err less with the same scores. */
export const YOLOX_TABLE = 'detector-yolox.json'
export const LEAST_BOX_SCORE = 0.35
const COCO_CLASSES = 80

/**
 * The table that comes with Realign for detectors of this architecture that know the things of COCO; null for others,
 * whose boxes nobody has measured. Throws PACK_INVALID.
 */
export async function readDetectorCalibration(of: {
  readonly manifest: Pick<DetectorPack, 'graph' | 'scoreThreshold'>
  readonly labels: readonly string[]
}): Promise<CalibrationTable | null> {
  const { graph, scoreThreshold } = of.manifest
  const isMeasured =
    graph.outputs.kind === 'yolox' &&
    scoreThreshold <= LEAST_BOX_SCORE &&
    of.labels.length === COCO_CLASSES &&
    of.labels.includes('toothbrush')
  return isMeasured ? readTable(YOLOX_TABLE) : null
}

async function readTable(name: string): Promise<CalibrationTable | null> {
  const text = await readFile(join(calibrationsFolder(), name), 'utf8').catch(() => null)
  return text === null ? null : parseCalibrationTable(JSON.parse(text))
}
