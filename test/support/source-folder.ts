import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import sharp from 'sharp'

/** Writes a small PNG of one colour; different colours are different contents. */
export async function writePicture(
  path: string,
  colour: string,
  size: { readonly width: number; readonly height: number } = { width: 40, height: 30 },
): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const picture = sharp({ create: { ...size, channels: 3, background: colour } })
  await writeFile(path, await picture.png().toBuffer())
}

/** Writes files of text below a folder, making the folders they need. */
export async function writeTexts(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, content)
  }
}

export function toJsonl(rows: readonly object[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('')
}
