import { createHash } from 'node:crypto'
import { mkdtemp, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findNearest, findNearestPlainly } from './nearest.ts'
import { VectorWriter } from './vector-file.ts'
import { VectorSet, type SearchRequest } from './vector-search.ts'

const DIMENSION = 24
let folder: string
let path: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'realign-vectors-'))
  path = join(folder, 'pack', '1', 'images.vec')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Unit vectors that point everywhere, the same each time. */
function vectorOf(seed: number): Float32Array {
  let state = seed * 2_654_435_761 + 1
  const values = Float32Array.from({ length: DIMENSION }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 31 - 1
  })
  const length = Math.hypot(...values)
  return values.map((value) => value / length)
}

const hashOf = (seed: number): string => createHash('sha256').update(String(seed)).digest('hex')

const recordOf = (imageId: number, seed = imageId) => ({
  imageId,
  hash: hashOf(seed),
  vector: vectorOf(seed),
})

function requestFor(change: Partial<SearchRequest>): SearchRequest {
  return { path, dimension: DIMENSION, terms: [], count: 5, among: null, except: [], ...change }
}

const textTerm = (seed: number, weight = 1) =>
  ({ kind: 'vector', vector: vectorOf(seed), weight }) as const

async function writeVectors(count: number, from = 1): Promise<VectorWriter> {
  const writer = await VectorWriter.open(path, DIMENSION)
  for (let id = from; id < from + count; id += 50) {
    const size = Math.min(50, from + count - id)
    await writer.append(Array.from({ length: size }, (_, index) => recordOf(id + index)))
  }
  return writer
}

describe('vectors on disk', () => {
  test('are there when the file is opened again', async () => {
    await writeVectors(120)
    const again = await VectorWriter.open(path, DIMENSION)
    expect(again.count).toBe(120)
    expect(again.has({ imageId: 7, hash: hashOf(7) })).toBe(true)
    expect(again.has({ imageId: 7, hash: hashOf(8) })).toBe(false)
    expect(again.has({ imageId: 121, hash: hashOf(121) })).toBe(false)
  })

  test.each([1, 13, 700, 2_000])(
    'lose only the last block when %d bytes are cut off',
    async (cut) => {
      const { sizeBytes } = await writeVectors(120)
      await truncate(path, sizeBytes - cut)
      const set = new VectorSet(path, DIMENSION)
      const before = await set.search(requestFor({ terms: [textTerm(3)] }))
      expect(before.isCut).toBe(true)
      expect(before.hits[0]?.imageId).toBe(3)
      const writer = await VectorWriter.open(path, DIMENSION)
      expect(writer.droppedBytes).toBeGreaterThan(0)
      expect([50, 100]).toContain(writer.count)
      const missing = Array.from({ length: 120 }, (_, index) => index + 1).filter(
        (id) => !writer.has({ imageId: id, hash: hashOf(id) }),
      )
      await writer.append(missing.map((id) => recordOf(id)))
      const after = await set.search(requestFor({ terms: [textTerm(119)] }))
      expect(after).toMatchObject({ isCut: false, covered: 120 })
      expect(after.hits[0]?.imageId).toBe(119)
    },
  )

  test('start anew when the file is something else', async () => {
    await writeVectors(1)
    await writeFile(path, 'something else entirely, and long enough')
    const writer = await VectorWriter.open(path, DIMENSION)
    expect(writer.count).toBe(0)
    await writer.append([recordOf(1)])
    expect((await VectorWriter.open(path, DIMENSION)).count).toBe(1)
    expect((await VectorWriter.open(path, DIMENSION + 1)).count).toBe(0)
  })

  test('do not grow when nothing is added', async () => {
    const { sizeBytes } = await writeVectors(10)
    await (await VectorWriter.open(path, DIMENSION)).append([])
    expect((await stat(path)).size).toBe(sizeBytes)
  })
})

describe('searching vectors', () => {
  test('finds what lies nearest, with its score and content', async () => {
    await writeVectors(300)
    const { hits, covered } = await new VectorSet(path, DIMENSION).search(
      requestFor({ terms: [textTerm(42)], count: 3 }),
    )
    expect(covered).toBe(300)
    expect(hits[0]).toMatchObject({ imageId: 42, hash: hashOf(42) })
    expect(hits[0]?.score).toBeCloseTo(1, 3)
    const truth = (hits[1]?.imageId ?? 0) > 0 ? vectorOf(hits[1]?.imageId ?? 0) : vectorOf(0)
    const cosine = truth.reduce((sum, value, index) => sum + value * (vectorOf(42)[index] ?? 0), 0)
    expect(hits[1]?.score).toBeCloseTo(cosine, 2)
  })

  test('keeps to the images of a filter and leaves some out', async () => {
    await writeVectors(300)
    const set = new VectorSet(path, DIMENSION)
    const among = Uint32Array.from([10, 20, 42, 999])
    const found = await set.search(requestFor({ terms: [textTerm(42)], among, except: [42] }))
    expect(found.hits.map((hit) => hit.imageId).sort()).toEqual([10, 20])
    expect(
      (await set.search(requestFor({ terms: [textTerm(1)], among: new Uint32Array() }))).hits,
    ).toEqual([])
  })

  test('adds images and takes away what is minus', async () => {
    await writeVectors(300)
    const set = new VectorSet(path, DIMENSION)
    const image = (imageId: number, weight = 1) => ({ kind: 'image', imageId, weight }) as const
    const like = await set.search(requestFor({ terms: [image(17)], except: [17] }))
    expect(like.hits.map((hit) => hit.imageId)).not.toContain(17)
    const both = await set.search(requestFor({ terms: [image(17), textTerm(90)], count: 2 }))
    expect(both.hits.map((hit) => hit.imageId).sort()).toEqual([17, 90])
    const without = await set.search(
      requestFor({ terms: [image(17), textTerm(90), textTerm(90, -1)], count: 1 }),
    )
    expect(without.hits[0]?.imageId).toBe(17)
    const unknown = await set.search(requestFor({ terms: [image(12_345)] }))
    expect(unknown).toMatchObject({ hits: [], unknownIds: [12_345] })
  })

  test('sees what is appended, takes the newest of an image, and notices a new file', async () => {
    await writeVectors(60)
    const set = new VectorSet(path, DIMENSION)
    expect((await set.search(requestFor({ terms: [textTerm(1)] }))).covered).toBe(60)
    const writer = await VectorWriter.open(path, DIMENSION)
    await writer.append([recordOf(61), recordOf(5, 5_000)])
    const moved = await set.search(requestFor({ terms: [textTerm(5_000)], count: 1 }))
    expect(moved).toMatchObject({ covered: 61, hits: [{ imageId: 5, hash: hashOf(5_000) }] })
    await rm(path)
    expect(await set.search(requestFor({ terms: [textTerm(1)] }))).toMatchObject({ covered: 0 })
    await writeVectors(3, 70)
    expect(await set.search(requestFor({ terms: [textTerm(71)], count: 1 }))).toMatchObject({
      covered: 3,
      hits: [{ imageId: 71 }],
    })
  })

  test('agrees with plain loops over every row', async () => {
    const rowCount = 5_000
    const matrix = new Int8Array(rowCount * DIMENSION)
    for (let row = 0; row < rowCount; row += 1) {
      matrix.set(
        vectorOf(row).map((value) => Math.round(value * 127)),
        row * DIMENSION,
      )
    }
    const query = vectorOf(77_777)
    const everySecond = Uint32Array.from({ length: 2_500 }, (_, index) => index * 2)
    const few = Uint32Array.from({ length: 200 }, (_, index) => index * 25)
    // Half of all rows, but those that point away from the query.
    const far = findNearestPlainly({
      matrix,
      dimension: DIMENSION,
      rowCount,
      query,
      count: rowCount,
      among: null,
    })
    const farthest = Uint32Array.from(far.slice(2_500).map(({ row }) => row)).sort()
    for (const filter of [null, everySecond, few, farthest, new Uint32Array()]) {
      const request = {
        matrix,
        dimension: DIMENSION,
        rowCount,
        query,
        count: 20,
        among: filter,
      }
      expect(await findNearest(request)).toEqual(findNearestPlainly(request))
    }
  })
})
