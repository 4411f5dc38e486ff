import { expect, it } from 'vitest'
import { dot, dotEach } from './dots.ts'

const SIZE = 5

function numbers(count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, index) => Math.sin(index + 1))
}

it('comes to the bit to what each vector alone comes to, whatever their number', () => {
  const vector = numbers(SIZE)
  for (const count of [0, 1, 4, 7, 9]) {
    const vectors = numbers(count * SIZE).reverse()
    const each = Array.from({ length: count }, (_, at) =>
      dot(vectors.subarray(at * SIZE, (at + 1) * SIZE), vector),
    )
    expect([...dotEach(vectors, vector, new Float64Array(count))]).toEqual(each)
    expect([...dotEach(vectors, vector, new Float32Array(count))]).toEqual(each.map(Math.fround))
  }
})
