import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'

const WIDTH = 1600
const HEIGHT = 1200
/** Pictures that are drawn; the others are copies of them with other bytes at the end, so with other hashes. */
const DRAWN = 25

export interface Photo {
  readonly path: string
  readonly hash: string
}

/** Writes JPEGs with soft noise and gradients, about as heavy to decode as photos. The same count gives the same bytes. */
export async function writePhotos(folder: string, count: number): Promise<Photo[]> {
  await mkdir(folder, { recursive: true })
  const drawn = await Promise.all(Array.from({ length: Math.min(DRAWN, count) }, (_, n) => draw(n)))
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      // Decoders stop at the end-of-image mark, so what follows changes only the hash.
      const bytes = Buffer.concat([
        drawn[index % DRAWN] ?? Buffer.alloc(0),
        Buffer.from(`${index}`),
      ])
      const path = join(folder, `${index}.jpg`)
      await writeFile(path, bytes)
      return { path, hash: createHash('sha256').update(bytes).digest('hex') }
    }),
  )
}

async function draw(seed: number): Promise<Buffer> {
  const noise = await sharp(makeNoise(seed, 400 * 300 * 3), {
    raw: { width: 400, height: 300, channels: 3 },
  })
    .resize(WIDTH, HEIGHT)
    .png({ compressionLevel: 0 })
    .toBuffer()
  const shapes = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
    <defs><linearGradient id="g" x2="1" y2="1"><stop stop-color="hsl(${seed * 7},70%,60%)"/><stop offset="1" stop-color="hsl(${seed * 7 + 90},60%,30%)"/></linearGradient></defs>
    <rect width="100%" height="100%" fill="url(#g)" opacity="0.8"/>
    <circle cx="${300 + seed * 20}" cy="600" r="250" fill="hsl(${seed * 13},80%,50%)"/></svg>`
  return sharp(noise)
    .composite([{ input: Buffer.from(shapes) }])
    .jpeg({ quality: 85 })
    .toBuffer()
}

/** Bytes of a xorshift generator (Marsaglia 2003), so that each run decodes the same pictures. */
function makeNoise(seed: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  let state = (seed + 1) * 2654435761
  for (let index = 0; index < length; index++) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    bytes[index] = state
  }
  return bytes
}
