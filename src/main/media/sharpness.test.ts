import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { measureSharpness, varianceOfLaplacian } from './sharpness.ts'

test('an edge is sharper than a slope, and one grey has no sharpness', () => {
  const size = { width: 8, height: 8 }
  const draw = (valueAt: (x: number) => number) =>
    Uint8Array.from({ length: 64 }, (_, index) => valueAt(index % 8))
  const edge = varianceOfLaplacian(
    draw((x) => (x < 4 ? 0 : 200)),
    size,
  )
  const slope = varianceOfLaplacian(
    draw((x) => Math.round((x * x * x) / 2)),
    size,
  )
  expect(
    varianceOfLaplacian(
      draw(() => 90),
      size,
    ),
  ).toBe(0)
  expect(slope).toBeGreaterThan(0)
  expect(edge).toBeGreaterThan(slope * 10)
})

test('an enlarged copy is not sharper than what it was made of, whatever its pixels', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'realign-sharp-'))
  const stripes = Array.from(
    { length: 40 },
    (_, index) => `<rect x="${index * 20}" width="9" height="600" fill="#20${index + 30}40"/>`,
  )
  const drawing = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600"><rect width="800" height="600" fill="#fff"/>${stripes.join('')}</svg>`,
  )
  const whole = await sharp(drawing).png().toBuffer()
  const small = await sharp(whole).resize(160, 120).png().toBuffer()
  async function sharpnessOf(name: string, picture: Buffer): Promise<number> {
    const path = join(folder, name)
    await sharp(picture).toFile(path)
    const hash = createHash('sha256')
      .update(await readFile(path))
      .digest('hex')
    return measureSharpness({ path, hash })
  }
  const original = await sharpnessOf('whole.png', whole)
  const enlarged = await sharpnessOf(
    'enlarged.png',
    await sharp(small).resize(1600, 1200).toBuffer(),
  )
  expect(enlarged).toBeLessThan(original / 2)
  await rm(folder, { recursive: true, force: true })
})
