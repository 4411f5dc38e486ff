/** Fields of a protocol buffer message, by number: https://protobuf.dev/programming-guides/encoding */
function varint(value: number): number[] {
  const bytes: number[] = []
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest]
    bytes.push((rest % 128) + 128)
  }
}

function number(field: number, value: number): Buffer {
  return Buffer.from([...varint(field * 8), ...varint(value)])
}

function bytes(field: number, ...parts: readonly (Buffer | string)[]): Buffer {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part)))
  return Buffer.concat([
    Buffer.from([...varint(field * 8 + 2), ...varint(content.length)]),
    content,
  ])
}

type NumberKind = 'float' | 'integer'
const TYPES = { float: 1, integer: 7 } as const

interface OnnxNode {
  readonly op: string
  readonly from: readonly string[]
  readonly to: string
  /** Whole numbers, zero or more, or lists of them. */
  readonly attributes?: Readonly<Record<string, number | readonly number[]>>
}

interface OnnxValue {
  readonly name: string
  readonly kind?: NumberKind
  /** A word stands for a size that changes. */
  readonly dims: readonly (number | string)[]
}

interface OnnxTensor {
  readonly name: string
  readonly kind?: NumberKind
  readonly dims: readonly number[]
  readonly data: readonly number[]
}

function valueInfo(field: number, { name, kind = 'float', dims }: OnnxValue): Buffer {
  const sizes = dims.map((size) =>
    bytes(1, typeof size === 'number' ? number(1, size) : bytes(2, size)),
  )
  const type = bytes(1, number(1, TYPES[kind]), bytes(2, ...sizes))
  return bytes(field, bytes(1, name), bytes(2, type))
}

function initializer({ name, kind = 'float', dims, data }: OnnxTensor): Buffer {
  const raw =
    kind === 'float'
      ? Buffer.from(Float32Array.from(data).buffer)
      : Buffer.from(BigInt64Array.from(data.map((value) => BigInt(value))).buffer)
  return bytes(
    5,
    ...dims.map((size) => number(1, size)),
    ...[number(2, TYPES[kind]), bytes(8, name), bytes(9, raw)],
  )
}

function node({ op, from, to, attributes = {} }: OnnxNode): Buffer {
  const fields = Object.entries(attributes).map(([name, value]) =>
    typeof value === 'number'
      ? bytes(5, bytes(1, name), number(3, value), number(20, 2))
      : bytes(5, bytes(1, name), ...value.map((each) => number(8, each)), number(20, 7)),
  )
  return bytes(1, ...from.map((name) => bytes(1, name)), bytes(2, to), bytes(4, op), ...fields)
}

/** The bytes of an ONNX model of these operators (opset 13). */
export function writeOnnxModel(model: {
  readonly name: string
  readonly nodes: readonly OnnxNode[]
  readonly tensors: readonly OnnxTensor[]
  readonly inputs: readonly OnnxValue[]
  readonly outputs: readonly OnnxValue[]
}): Buffer {
  const graph = Buffer.concat([
    ...model.nodes.map(node),
    bytes(2, model.name),
    ...model.tensors.map(initializer),
    ...model.inputs.map((value) => valueInfo(11, value)),
    ...model.outputs.map((value) => valueInfo(12, value)),
  ])
  return Buffer.concat([number(1, 8), bytes(7, graph), bytes(8, number(2, 13))])
}
