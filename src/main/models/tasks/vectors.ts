import { AppError } from '../../../shared/errors.ts'
import type { FloatTensor } from '../graph.ts'

/** Cuts a [n, dimension] output into unit-length vectors. Throws PACK_GRAPH_INVALID for another shape. */
export function toUnitVectors(
  output: FloatTensor,
  shape: { readonly count: number; readonly dimension: number },
): Float32Array[] {
  const { count, dimension } = shape
  if (output.data.length !== count * dimension) {
    throw new AppError(
      'PACK_GRAPH_INVALID',
      `The model was expected to answer ${count} vectors of ${dimension} numbers, but it answered ${output.dims.join(' x ')} numbers. Correct "dimension" or the output names in pack.json.`,
    )
  }
  return Array.from({ length: count }, (_, index) =>
    toUnitLength(output.data.slice(index * dimension, (index + 1) * dimension)),
  )
}

/** Scales to length 1 in place. Throws PACK_OUTPUT_INVALID for a vector without direction. */
function toUnitLength(vector: Float32Array): Float32Array {
  let sum = 0
  for (const value of vector) sum += value * value
  if (!Number.isFinite(sum) || sum === 0) {
    throw new AppError(
      'PACK_OUTPUT_INVALID',
      'The model answered a vector that points nowhere (all zeros, or numbers without bounds). Verify the pack; on a graphics card, try the processor.',
    )
  }
  const factor = 1 / Math.sqrt(sum)
  for (let index = 0; index < vector.length; index += 1) {
    vector[index] = (vector[index] ?? 0) * factor
  }
  return vector
}
