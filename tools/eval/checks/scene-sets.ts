import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../../src/main/base/app-paths.ts'
import { composeScene, DEFAULT_SCENE_OPTIONS, type Scene } from '../../scenes/compose.ts'
import type { Vendor } from '../../scenes/concepts/concept.ts'
import { writeSet } from '../../scenes/write-set.ts'

/** Scenes for one purpose. Their seeds are used nowhere else: not by training, its tests, nor the bundled sample. */
export interface SceneSet {
  readonly name: 'calibration' | 'seen art' | 'unseen art'
  readonly seed: number
  readonly vendors: readonly Vendor[]
  readonly count: number
}

const TRAINING_VENDORS = DEFAULT_SCENE_OPTIONS.vendors

/** The only set that tables may be made of. */
export const CALIBRATION_SET: SceneSet = {
  ...{ name: 'calibration', seed: 4000, count: 800, vendors: TRAINING_VENDORS },
}

/** Only ever measured on. OpenMoji's art was never drawn in training. */
export const HELD_OUT_SETS: readonly SceneSet[] = [
  { name: 'unseen art', seed: 5001, count: 600, vendors: ['openmoji'] },
  { name: 'seen art', seed: 5000, count: 400, vendors: TRAINING_VENDORS },
]

export const CHECKS_CACHE = join(packageRoot(), '.cache', 'eval', 'checks')

/** Draws the pictures of a set where they are not there yet; answers where that of a scene lies. */
export async function drawPictures(set: SceneSet): Promise<(index: number) => string> {
  const { name, seed, vendors, count } = set
  const folder = join(CHECKS_CACHE, `${name.replace(' ', '-')}-${String(seed)}`)
  const pathOf = (index: number): string =>
    join(folder, 'images', `scene-${String(index + 1).padStart(5, '0')}.jpg`)
  if (!existsSync(pathOf(count - 1))) {
    await writeSet({ count, seed, folder, options: { ...DEFAULT_SCENE_OPTIONS, vendors } })
  }
  return pathOf
}

export function sceneOf({ seed, vendors }: SceneSet, index: number): Scene {
  return composeScene(seed, index, { ...DEFAULT_SCENE_OPTIONS, vendors })
}
