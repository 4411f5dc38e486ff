import { readdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import type * as OnnxRuntime from 'onnxruntime-node'
import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node'
import { AppError } from '../../shared/errors.ts'
import type { Device } from './device.ts'
import type { FloatTensor, LoadedGraph, Tensor } from './graph.ts'
import { fromFloat16, toFloat16 } from './float16.ts'
import { classifyLoadError, classifyRunError } from './onnx-errors.ts'

type Runtime = typeof OnnxRuntime

let loading: Promise<Runtime> | null = null

/** The library is loaded with the first model, not with the process: searching vectors needs none of it. */
function loadRuntime(): Promise<Runtime> {
  loading ??= import('onnxruntime-node')
  return loading
}

/**
 * The devices that this installation of the runtime has the files for, whether or not they work on this machine. What
 * is not in the package (CUDA) counts when its library lies beside the others.
 */
export async function listDevices(): Promise<readonly string[]> {
  const { listSupportedBackends } = await loadRuntime()
  const names = new Set(await listRuntimeFiles())
  return listSupportedBackends()
    .filter(
      ({ name, bundled }) =>
        bundled || [...names].some((file) => file.includes(`onnxruntime_providers_${name}`)),
    )
    .map((backend) => backend.name)
}

async function listRuntimeFiles(): Promise<readonly string[]> {
  const entry = createRequire(import.meta.url).resolve('onnxruntime-node')
  const folder = join(dirname(entry), '..', 'bin', 'napi-v6', process.platform, process.arch)
  return readdir(folder).catch(() => [])
}

/**
 * Between the parts of a run, and for a while after it, threads of the runtime that wait would keep a core busy, which
 * reading texts and pictures, and the app itself, need meanwhile.
 */
const WITHOUT_SPINNING = { session: { intra_op: { allow_spinning: '0' } } }

/** Loads a model file. Throws AppError as `classifyLoadError` says. */
export async function openOnnxGraph(path: string, device: Device): Promise<LoadedGraph> {
  const runtime = await loadRuntime()
  let session: InferenceSession
  try {
    session = await runtime.InferenceSession.create(path, {
      executionProviders: device === 'cpu' ? ['cpu'] : [device, 'cpu'],
      intraOpNumThreads: availableParallelism(),
      extra: WITHOUT_SPINNING,
      // Warnings about fused nodes are for whoever made the model.
      logSeverityLevel: 3,
    })
  } catch (error) {
    throw classifyLoadError(error, device)
  }
  return {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    fixedBatch: fixedBatchOf(session),
    async run(feeds, outputs) {
      checkNames(session, feeds, outputs)
      let answers: InferenceSession.ReturnType
      try {
        answers = await session.run(toOrtFeeds(runtime, session, feeds), [...outputs])
      } catch (error) {
        throw classifyRunError(error, device)
      }
      return outputs.map((name) => fromOrt(name, answers[name])) as never
    },
    close: () => session.release(),
  }
}

/** The names in a model file, which must be loadable as a whole for that. */
export async function inspectOnnxGraph(
  path: string,
): Promise<{ readonly inputs: readonly string[]; readonly outputs: readonly string[] }> {
  const graph = await openOnnxGraph(path, 'cpu')
  await graph.close()
  return { inputs: graph.inputNames, outputs: graph.outputNames }
}

function fixedBatchOf(session: InferenceSession): number | null {
  const [first] = session.inputMetadata
  const size = first?.isTensor === true ? first.shape[0] : undefined
  return typeof size === 'number' && size > 0 ? size : null
}

function checkNames(
  session: InferenceSession,
  feeds: Readonly<Record<string, Tensor>>,
  outputs: readonly string[],
): void {
  const given = Object.keys(feeds)
  const wrong =
    given.find((name) => !session.inputNames.includes(name)) ??
    outputs.find((name) => !session.outputNames.includes(name))
  const absent = session.inputNames.find((name) => !given.includes(name))
  if (wrong === undefined && absent === undefined) return
  const reason =
    wrong === undefined ? `it also needs the input "${String(absent)}"` : `it has no "${wrong}"`
  throw new AppError(
    'PACK_GRAPH_INVALID',
    `The model does not fit its pack.json: ${reason}. Its inputs are ${session.inputNames.join(', ')}; its outputs ${session.outputNames.join(', ')}.`,
  )
}

function toOrtFeeds(
  runtime: Runtime,
  session: InferenceSession,
  feeds: Readonly<Record<string, Tensor>>,
): Record<string, OrtTensor> {
  const types = new Map(
    session.inputMetadata.map((input) => [input.name, input.isTensor ? input.type : 'string']),
  )
  return Object.fromEntries(
    Object.entries(feeds).map(([name, tensor]) => [
      name,
      toOrt(runtime, tensor, types.get(name) ?? 'float32'),
    ]),
  )
}

function toOrt({ Tensor: Made }: Runtime, tensor: Tensor, type: string): OrtTensor {
  const dims = [...tensor.dims]
  switch (type) {
    case 'float32':
      return new Made('float32', Float32Array.from(tensor.data), dims)
    case 'float16':
      return new Made('float16', toFloat16(tensor.data), dims)
    case 'int64':
      return new Made('int64', BigInt64Array.from(tensor.data as Int32Array, BigInt), dims)
    case 'int32':
      return new Made('int32', Int32Array.from(tensor.data), dims)
    case 'uint8':
      return new Made('uint8', Uint8Array.from(tensor.data), dims)
    case 'bool':
      return new Made('bool', Uint8Array.from(tensor.data), dims)
    default:
      throw new AppError(
        'PACK_GRAPH_INVALID',
        `The model wants an input of the type ${type}, which Realign does not make. Get the model in float32.`,
      )
  }
}

function fromOrt(name: string, tensor: OrtTensor | undefined): FloatTensor {
  if (tensor === undefined) throw new Error(`The runtime left the output ${name} out.`)
  const data = toFloats(tensor)
  for (const value of data) {
    if (Number.isNaN(value)) {
      throw new AppError(
        'PACK_OUTPUT_INVALID',
        `The model answered something that is no number (NaN) in "${name}". Verify the pack; on a graphics card, try the processor.`,
      )
    }
  }
  return { kind: 'float', data, dims: tensor.dims }
}

function toFloats({ data, type }: OrtTensor): Float32Array {
  if (data instanceof Float32Array) return data
  if (type === 'float16') return fromFloat16(data as Uint16Array)
  if (Array.isArray(data)) {
    throw new AppError('PACK_GRAPH_INVALID', 'The model answers texts where numbers were expected.')
  }
  return Float32Array.from(data as ArrayLike<number | bigint>, Number)
}
