import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import sharp from 'sharp'
import type { Random } from '../scenes/random.ts'

/** A table of pictures with a few faults in it, and what a whole import of it must count. */
export interface Source {
  readonly path: string
  readonly expected: ExpectedCounts
}

export interface ExpectedCounts {
  readonly rows: number
  readonly failed: number
  readonly images: number
  readonly altTexts: number
  readonly locations: number
}

/**
 * Writes small JPEG pictures and a table beside them. Besides a row for each picture there are: a file that
 * is not there, one that is no picture, a line that is no JSON, a second file of equal content, and a second row
 * for the first picture, far from its first one.
 */
export async function makeSource(options: {
  /** A new folder; the table in it has its name. */
  readonly folder: string
  readonly pictures: number
  readonly sizePx: number
  readonly random: Random
}): Promise<Source> {
  const { folder, pictures } = options
  await mkdir(join(folder, 'pictures'), { recursive: true })
  const lines: string[] = []
  for (let index = 0; index < pictures; index += 1) {
    const name = `pictures/${index}.jpg`
    await makePicture(join(folder, name), options)
    lines.push(toLine(name, `alt of picture ${index}, “naïve” 写真`))
  }
  await copyFile(join(folder, 'pictures/0.jpg'), join(folder, 'pictures/same.jpg'))
  await writeFile(join(folder, 'pictures/broken.jpg'), 'this is no picture')
  lines.splice(
    Math.floor(pictures / 2),
    0,
    toLine('pictures/absent.jpg', 'alt of a picture that is not there'),
    toLine('pictures/broken.jpg', 'alt of a broken picture'),
    '{"file_name": "pictures/1.jpg", "alt": ',
    toLine('pictures/same.jpg', 'alt of an equal file'),
  )
  lines.push(toLine('pictures/0.jpg', 'a second alt of the first picture'))
  const path = join(folder, `${basename(folder)}.jsonl`)
  await writeFile(path, `${lines.join('\n')}\n`)
  return {
    path,
    expected: {
      rows: lines.length,
      failed: 3,
      images: pictures + 2,
      altTexts: lines.length - 1,
      locations: pictures + 3,
    },
  }
}

function toLine(fileName: string, alt: string): string {
  return JSON.stringify({ file_name: fileName, alt })
}

/** Random blocks, so that no two pictures are equal and decoding takes as long as for a photo of the size. */
async function makePicture(
  path: string,
  options: { readonly sizePx: number; readonly random: Random },
): Promise<void> {
  const side = 12
  const pixels = Buffer.from(
    Array.from({ length: side * side * 3 }, () => options.random.integer(0, 255)),
  )
  await sharp(pixels, { raw: { width: side, height: side, channels: 3 } })
    .resize(options.sizePx, options.sizePx, { kernel: 'cubic' })
    .jpeg()
    .toFile(path)
}
