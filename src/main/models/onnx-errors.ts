import { AppError } from '../../shared/errors.ts'
import type { Device } from './device.ts'

const MEMORY = /bad_alloc|out of memory|failed to allocate|E_OUTOFMEMORY|not enough memory/i
const DEVICE =
  /device (?:was |is |has been )?(?:lost|removed|hung|reset)|DXGI_ERROR|CUDA failure|CUDNN failure|CUBLAS failure|GPU.*lost/i
const FOREIGN =
  /protobuf|ModelProto|is not a (?:valid )?onnx|Invalid model|unsupported model IR|opset/i

/** Sorts what the runtime threw while it loaded a model. A device that does not work here is DEVICE_FAILED. */
export function classifyLoadError(error: unknown, device: Device): AppError {
  if (error instanceof AppError) return error
  const words = firstLine(error)
  if (MEMORY.test(words)) return memoryError(error)
  if (
    /doesn'?t exist|no such file|not found|NO_SUCHFILE/i.test(words) &&
    !isProviderLibrary(words)
  ) {
    return new AppError(
      'PACK_FILE_MISSING',
      'A model file is gone, so the model cannot be loaded. Install the pack again.',
      { cause: error },
    )
  }
  if (FOREIGN.test(words) || device === 'cpu') {
    return new AppError(
      'PACK_GRAPH_INVALID',
      `A whole ONNX model was expected, but the file cannot be loaded (${withoutPaths(words)}). Verify the pack, or install it again.`,
      { cause: error },
    )
  }
  return new AppError('DEVICE_FAILED', `${device} cannot be used here (${withoutPaths(words)}).`, {
    cause: error,
  })
}

/** Sorts what the runtime threw while it ran a model. */
export function classifyRunError(error: unknown, device: Device): AppError {
  if (error instanceof AppError) return error
  const words = firstLine(error)
  if (MEMORY.test(words)) return memoryError(error)
  if (device !== 'cpu' && DEVICE.test(words)) {
    return new AppError('DEVICE_FAILED', `${device} failed (${withoutPaths(words)}).`, {
      cause: error,
    })
  }
  return new AppError(
    'PACK_GRAPH_INVALID',
    `The model does not take what its pack.json says (${withoutPaths(words)}). Check the names and sizes in pack.json, or get the pack again.`,
    { cause: error },
  )
}

function memoryError(cause: unknown): AppError {
  return new AppError(
    'MODEL_MEMORY_EXHAUSTED',
    'There is not enough memory to run this model, even on one image. Close other programs, or choose a smaller model.',
    { cause },
  )
}

/** Provider libraries that are not installed are named in messages that look like missing model files. */
function isProviderLibrary(words: string): boolean {
  return /providers?_|\.so\b|\.dll\b|\.dylib\b/i.test(words)
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return (message.split('\n').find((line) => line.trim() !== '') ?? 'no details').trim()
}

/** Messages may travel to another machine, and paths are nobody's business there. */
function withoutPaths(words: string): string {
  return words
    .replaceAll(/(?:[A-Za-z]:)?(?:[/\\][^\s/\\:"']+){2,}/g, 'the file')
    .slice(0, 200)
    .replace(/\.$/, '')
}
