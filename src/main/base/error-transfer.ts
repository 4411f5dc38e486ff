import { AppError, isErrorCode } from '../../shared/errors.ts'

/** An error as plain data that every channel can carry. */
export interface SerializedError {
  readonly name: string
  readonly message: string
  readonly code: string | null
  readonly data: Readonly<Record<string, unknown>>
  readonly stack: string | null
  readonly cause: SerializedError | null
}

const MAX_CAUSES = 5

/** Never throws, whatever was thrown: what cannot be cloned is dropped, not passed on. */
export function serializeError(error: unknown, depth = 0): SerializedError {
  if (!(error instanceof Error)) {
    return {
      name: 'Error',
      message: describe(error),
      code: null,
      data: {},
      stack: null,
      cause: null,
    }
  }
  return {
    name: error.name,
    message: error.message,
    code: readCode(error),
    data: error instanceof AppError ? toPlainData(error.data) : {},
    stack: error.stack ?? null,
    cause:
      error.cause === undefined || depth >= MAX_CAUSES
        ? null
        : serializeError(error.cause, depth + 1),
  }
}

export function deserializeError(serialized: SerializedError): Error {
  const cause = serialized.cause === null ? undefined : deserializeError(serialized.cause)
  if (isErrorCode(serialized.code)) {
    const error = new AppError(serialized.code, serialized.message, {
      data: serialized.data,
      cause,
    })
    if (serialized.stack !== null) error.stack = serialized.stack
    return error
  }
  const error: Error & { code?: string } = new Error(serialized.message, { cause })
  error.name = serialized.name
  if (serialized.code !== null) error.code = serialized.code
  if (serialized.stack !== null) error.stack = serialized.stack
  return error
}

function readCode(error: Error): string | null {
  const code = 'code' in error ? error.code : null
  return typeof code === 'string' ? code : null
}

function describe(value: unknown): string {
  try {
    return String(value)
  } catch {
    return 'a value that cannot be shown was thrown'
  }
}

function toPlainData(data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  try {
    return JSON.parse(JSON.stringify(data)) as Record<string, unknown>
  } catch {
    return {}
  }
}
