import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { packageRoot } from '../../../src/main/base/app-paths.ts'

/** Beside the repository, and no part of it: photos with captions, object lists and wrong captions. */
export const PHOTO_DATA = join(packageRoot(), '..', 'shared', 'data')

interface PhotoRow {
  readonly file_name: string
  readonly coco_split: string
  readonly captions: readonly string[]
  /** How many of each class of COCO it shows; null where nobody counted. */
  readonly objects: Readonly<Record<string, number>> | null
  readonly sugarcrepe: readonly {
    readonly type: string
    readonly caption: string
    readonly negative: string
  }[]
  readonly valse: readonly { readonly caption: string; readonly foil: string }[]
}

/** A photo whose objects were counted. */
export interface Photo extends PhotoRow {
  readonly objects: Readonly<Record<string, number>>
}

/** Null where the data are absent. */
export async function readPhotos(folder = PHOTO_DATA): Promise<readonly Photo[] | null> {
  const text = await readFile(join(folder, 'photos', 'photos.jsonl'), 'utf8').catch(() => null)
  if (text === null) return null
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as PhotoRow)
    .flatMap((row) => (row.objects === null ? [] : { ...row, objects: row.objects }))
}

/**
 * Whether tables may only be measured on a photo: those that come with wrong captions, none of which the detector was
 * trained on. The others, most of them from its training data, make the tables.
 */
export function isHeldOut({ coco_split: split, sugarcrepe, valse }: Photo): boolean {
  return split === 'val2017' && sugarcrepe.length + valse.length > 0
}
