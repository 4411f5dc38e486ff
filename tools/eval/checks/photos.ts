import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLog } from '../../../src/main/base/log.ts'
import type { CalibrationTable } from '../../../src/main/checks/calibration-table.ts'
import type { FoundBox } from '../../../src/main/checks/box-evidence.ts'
import {
  LEAST_BOX_SCORE,
  readDetectorCalibration,
  YOLOX_TABLE,
} from '../../../src/main/features/checks/shipped-calibration.ts'
import { spawnNodeWorker } from '../../../src/main/hosts/node/spawn.ts'
import { createInferenceClient } from '../../../src/main/models/client.ts'
import { writeTable } from './fit.ts'
import type { CheckRow } from './measure-set.ts'
import { measureClaims } from './measure-photos.ts'
import { claimsOf, countFrequencies, type PhotoClaim } from './photo-claims.ts'
import { isHeldOut, PHOTO_DATA, readPhotos, type Photo } from './photo-data.ts'
import { detailsOf, measurePhotoDetails, type PhotoDetails } from './photo-details.ts'
import { fitPhotoTable } from './photo-table.ts'
import { writeYoloxPack } from './yolox-pack.ts'

/**
 * The boxes of a detector on real photos that made no table: false alarms on what people wrote, hits on what wrong
 * captions add. Null where the data are absent.
 */
export async function measurePhotos(): Promise<readonly CheckRow[] | null> {
  const photos = await readPhotos()
  if (photos === null) return null
  const { claims, details, table } = await lookAt(photos, isHeldOut)
  return [...measureClaims(claims, table), ...measurePhotoDetails(details)]
}

/** Makes the table for YOLOX from the other photos. Answers where it was written; null where the data are absent. */
export async function fitPhotos(): Promise<string | null> {
  const photos = await readPhotos()
  if (photos === null) return null
  const { claims } = await lookAt(photos, (photo) => !isHeldOut(photo))
  return writeTable(fitPhotoTable(claims), YOLOX_TABLE)
}

async function lookAt(
  photos: readonly Photo[],
  isWanted: (photo: Photo) => boolean,
): Promise<{
  readonly claims: readonly PhotoClaim[]
  readonly details: readonly PhotoDetails[]
  readonly table: CalibrationTable | null
}> {
  const folder = await mkdtemp(join(tmpdir(), 'realign-photos-'))
  const client = createInferenceClient({
    spawn: spawnNodeWorker,
    log: silentLog,
    settings: () => ({ device: 'cpu' }),
  })
  try {
    const { place, labels, manifest } = await writeYoloxPack(folder, join(PHOTO_DATA, 'models'))
    // What is often in photos, and beside what, is known from the calibration photos alone.
    const frequencies = countFrequencies(photos.filter((photo) => !isHeldOut(photo)))
    const claims: PhotoClaim[] = []
    const details: PhotoDetails[] = []
    for (const photo of photos.filter(isWanted)) {
      const path = join(PHOTO_DATA, 'photos', photo.file_name)
      const all: readonly FoundBox[] = await client.picture({
        ...{ pack: place, task: 'boxes', path, hash: null, urgency: 'background' },
      })
      const found = all.filter(({ score }) => score >= LEAST_BOX_SCORE)
      claims.push(...claimsOf(photo, { found, labels }, frequencies))
      details.push(...(await detailsOf(photo, all, client)))
    }
    return { claims, details, table: await readDetectorCalibration({ manifest, labels }) }
  } finally {
    client.close()
    await rm(folder, { recursive: true, force: true })
  }
}
