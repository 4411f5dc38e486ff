import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { momentScore, readMoments, spreadOf } from './moments.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'realign-moments-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function pack(numbers: readonly number[]): string {
  return Buffer.from(Float32Array.from(numbers).buffer).toString('base64')
}

async function write(name: string, value: unknown): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, JSON.stringify(value))
  return path
}

describe('moments', () => {
  it('say how cosines with a vector spread', () => {
    const moment = {
      mean: Float32Array.from([0.5, 0.25]),
      covariance: Float32Array.from([4, 1, 1, 9]),
    }
    // v = (1, 2): v.m = 1, v'Cv = 4 + 2*2*1 + 4*9 = 44.
    const { mean, deviation } = spreadOf(Float32Array.from([1, 2]), moment)
    expect(mean).toBeCloseTo(1)
    expect(deviation).toBeCloseTo(Math.sqrt(44))
  })

  it('put a cosine half against pictures and half against phrases', () => {
    expect(
      momentScore(0.5, { mean: 0.3, deviation: 0.1 }, { mean: 0.1, deviation: 0.2 }),
    ).toBeCloseTo(2)
  })

  it('are read from a pack', async () => {
    const one = { count: 5, mean: pack([1, 2]), covariance: pack([1, 0, 0, 1]) }
    const path = await write('good.json', { dimension: 2, image: one, text: { object: one } })
    const { image, text } = await readMoments(path, 2)
    expect([...image.mean]).toEqual([1, 2])
    expect([...text.keys()]).toEqual(['object'])
  })

  it('are refused where they do not fit the pack', async () => {
    const one = { count: 5, mean: pack([1, 2]), covariance: pack([1, 0, 0]) }
    const cut = await write('cut.json', { dimension: 2, image: one, text: {} })
    await expect(readMoments(cut, 2)).rejects.toMatchObject({ code: 'PACK_INVALID' })
    await expect(readMoments(cut, 3)).rejects.toMatchObject({ code: 'PACK_INVALID' })
    await expect(readMoments(join(folder, 'none.json'), 2)).rejects.toMatchObject({
      code: 'PACK_INVALID',
    })
  })
})
