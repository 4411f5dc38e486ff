/** IEEE 754 half precision as bits, rounded to the nearest, ties to even. */
export function toFloat16(values: ArrayLike<number>): Uint16Array {
  const half = new Uint16Array(values.length)
  for (let index = 0; index < half.length; index += 1) half[index] = toBits(values[index] ?? 0)
  return half
}

/** From bits, or from the platform's own half floats, which some runtimes answer. */
export function fromFloat16(values: ArrayLike<number>): Float32Array {
  if (!(values instanceof Uint16Array)) return Float32Array.from(values)
  return Float32Array.from(values, fromBits)
}

const float = new Float32Array(1)
const bits = new Uint32Array(float.buffer)

function toBits(value: number): number {
  float[0] = value
  const raw = bits[0] ?? 0
  const sign = (raw >>> 16) & 0x8000
  const size = raw & 0x7fffffff
  if (size >= 0x7f800000) return sign | (size > 0x7f800000 ? 0x7e00 : 0x7c00)
  if (size >= 0x477ff000) return sign | 0x7c00
  // Too small for a normal number: its value is a multiple of 2^-24.
  if (size < 0x38800000) return sign | roundToEven(Math.abs(value) * 2 ** 24)
  return sign | roundToEven((size - 0x38000000) / 2 ** 13)
}

function roundToEven(value: number): number {
  const floor = Math.floor(value)
  const rest = value - floor
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor
}

function fromBits(half: number): number {
  const sign = (half & 0x8000) === 0 ? 1 : -1
  const exponent = (half >> 10) & 0x1f
  const fraction = half & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}
