/**
 * Dot products of one vector with each of several that lie one after another, put into `into`, which says how many. Each
 * sum goes in order, so that it comes out to the bit as one alone would; four go side by side, because every addition
 * waits for the one before it.
 */
export function dotEach<Into extends Float32Array | Float64Array>(
  vectors: Float32Array,
  vector: Float32Array,
  into: Into,
): Into {
  const size = vector.length
  const count = into.length
  let at = 0
  for (; at + 3 < count; at += 4) {
    const first = at * size
    const second = first + size
    const third = second + size
    const fourth = third + size
    let [one, two, three, four] = [0, 0, 0, 0]
    for (let index = 0; index < size; index += 1) {
      const value = vector[index] ?? 0
      one += (vectors[first + index] ?? 0) * value
      two += (vectors[second + index] ?? 0) * value
      three += (vectors[third + index] ?? 0) * value
      four += (vectors[fourth + index] ?? 0) * value
    }
    into[at] = one
    into[at + 1] = two
    into[at + 2] = three
    into[at + 3] = four
  }
  for (; at < count; at += 1) into[at] = dot(vectors.subarray(at * size, (at + 1) * size), vector)
  return into
}

/** Of two vectors of the same length. */
export function dot(left: Float32Array, right: Float32Array): number {
  let sum = 0
  for (let index = 0; index < right.length; index += 1) {
    sum += (left[index] ?? 0) * (right[index] ?? 0)
  }
  return sum
}
