import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { sampleFolder } from '../../../src/main/base/app-paths.ts'
import { toJsonl, writePicture } from '../../support/source-folder.ts'

export interface SourceImage {
  readonly name: string
  /** The alt-text that comes with the picture. */
  readonly alt: string
}

/** Writes an image folder: pictures of different colours and one row of `metadata.jsonl` for each. */
export async function writeImageFolder(
  folder: string,
  images: readonly SourceImage[],
): Promise<void> {
  await mkdir(folder, { recursive: true })
  await Promise.all(
    images.map(({ name }, index) =>
      writePicture(
        join(folder, name),
        `hsl(${Math.round((index * 360) / images.length)} 45% 55%)`,
        {
          // Another width for each: pictures of one content would be one image.
          width: 240 + index,
          height: 160,
        },
      ),
    ),
  )
  const rows = images.map(({ name, alt }) => ({ file_name: name, alt }))
  await writeFile(join(folder, 'metadata.jsonl'), toJsonl(rows))
}

/** Images `prefix-001.png` and so on, each with an alt-text that names its number. */
export function numberedImages(count: number, prefix = 'scene'): SourceImage[] {
  return Array.from({ length: count }, (_, index) => {
    const number = String(index + 1).padStart(3, '0')
    return { name: `${prefix}-${number}.png`, alt: `picture number ${number}` }
  })
}

/** Writes an image folder of some images of the sample, named by their files: all 240 take their time. */
export async function writeSamplePart(folder: string, names: readonly string[]): Promise<void> {
  const sample = sampleFolder()
  const lines = (await readFile(join(sample, 'metadata.jsonl'), 'utf8')).trimEnd().split('\n')
  const rows = lines
    .map((line) => JSON.parse(line) as { readonly file_name: string })
    .filter((row) => names.some((name) => row.file_name.endsWith(`/${name}`)))
  for (const { file_name: path } of rows) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await copyFile(join(sample, path), join(folder, path))
  }
  await writeFile(join(folder, 'metadata.jsonl'), toJsonl(rows))
}
