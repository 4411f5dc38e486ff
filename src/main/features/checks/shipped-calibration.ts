import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PackRef } from '../../../shared/domain/pack.ts'
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
  const text = await readFile(join(calibrationsFolder(), `${id}.json`), 'utf8').catch(() => null)
  if (text === null) return null
  const table = parseCalibrationTable(JSON.parse(text))
  return table.pack.id === id && table.pack.revision === revision ? table : null
}
