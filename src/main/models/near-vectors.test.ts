import { expect, test } from 'vitest'
import { DisjointSets } from '../base/disjoint-sets.ts'
import { findNearVectors, VECTOR_BANDS } from './near-vectors.ts'

const DIMENSION = 128
const COSINE = 0.95

/**
 * Vectors that lean one way, as those of a model do, in pairs: the second of each pair `tilt` away from the first. The
 * same numbers each time.
 */
function makePairs(pairs: number, tilt: number) {
  let state = 1
  const random = (): number => {
    // Sum of uniform numbers: near enough to a normal one.
    let sum = -2
    for (let index = 0; index < 4; index += 1) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      sum += state / 2 ** 32
    }
    return sum
  }
  const matrix = new Int8Array(pairs * 2 * DIMENSION)
  for (let pair = 0; pair < pairs; pair += 1) {
    const first = Array.from({ length: DIMENSION }, (_, index) => random() + (index < 16 ? 1.5 : 0))
    const second = first.map((value) => value + random() * tilt)
    for (const [offset, vector] of [first, second].entries()) {
      const largest = Math.max(...vector.map(Math.abs))
      const bytes = vector.map((value) => Math.round((value * 127) / largest))
      matrix.set(bytes, (pair * 2 + offset) * DIMENSION)
    }
  }
  return { matrix, dimension: DIMENSION, rowCount: pairs * 2 }
}

async function groupBands(rows: ReturnType<typeof makePairs>): Promise<DisjointSets> {
  const sets = new DisjointSets(rows.rowCount)
  for (let band = 0; band < VECTOR_BANDS; band += 1) {
    for (const { left, right, cosine } of await findNearVectors(rows, { band, cosine: COSINE })) {
      expect(cosine).toBeGreaterThanOrEqual(COSINE)
      sets.join(left, right)
    }
  }
  return sets
}

function cosineOf({ matrix }: ReturnType<typeof makePairs>, left: number, right: number): number {
  let dot = 0
  let first = 0
  let second = 0
  for (let index = 0; index < DIMENSION; index += 1) {
    const a = matrix[left * DIMENSION + index] ?? 0
    const b = matrix[right * DIMENSION + index] ?? 0
    dot += a * b
    first += a * a
    second += b * b
  }
  return dot / Math.sqrt(first * second)
}

test.each([
  ['few rows, each with each', 200, 1],
  ['many rows, by buckets', 4_000, 0.97],
])('finds pairs that are near: %s', async (_, pairs, recall) => {
  const rows = makePairs(pairs, 0.4)
  const sets = await groupBands(rows)
  const near = Array.from({ length: pairs }, (_unused, pair) => pair * 2).filter(
    (row) => cosineOf(rows, row, row + 1) >= COSINE,
  )
  // Pairs just at the border are in it, so that the buckets have something to miss.
  expect(near.length).toBeGreaterThan(pairs * 0.3)
  const found = near.filter((row) => sets.find(row) === sets.find(row + 1))
  expect(found.length / near.length).toBeGreaterThanOrEqual(recall)
})

test('links nothing that is not near, and no vectors without direction', async () => {
  const rows = makePairs(1_000, 3)
  rows.matrix.fill(0, 0, 4 * DIMENSION)
  const sets = await groupBands(rows)
  const alone = Array.from({ length: rows.rowCount }, (_, row) => sets.sizeOf(row))
  expect(Math.max(...alone)).toBe(1)
})
