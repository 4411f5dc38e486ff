/**
 * The one table of error codes. `status` is the HTTP status, `retryable` says whether the same call
 * may succeed later without the user changing anything, `title` is what every surface shows first.
 */
export const ERROR_TABLE = {
  INPUT_INVALID: { status: 400, retryable: false, title: 'That input cannot be used' },
  QUERY_INVALID: { status: 400, retryable: false, title: 'The query has a mistake' },
  MAPPING_INVALID: { status: 400, retryable: false, title: 'The column mapping does not fit' },
  UNAUTHORIZED: { status: 401, retryable: false, title: 'Not signed in' },
  OWNER_ONLY: { status: 403, retryable: false, title: 'Only the owner may do this' },
  FORBIDDEN: { status: 403, retryable: false, title: 'Not allowed from here' },
  NOT_FOUND: { status: 404, retryable: false, title: 'Not found' },
  PROJECT_NOT_FOUND: { status: 404, retryable: false, title: 'No project there' },
  IMAGE_NOT_FOUND: { status: 404, retryable: false, title: 'No such image' },
  IMAGE_FILE_MISSING: { status: 404, retryable: false, title: 'The image file is gone' },
  PERSON_NOT_FOUND: { status: 404, retryable: false, title: 'No such person' },
  REVISION_NOT_FOUND: { status: 404, retryable: false, title: 'No such revision' },
  ROUND_NOT_FOUND: { status: 404, retryable: false, title: 'No such round' },
  VIEW_NOT_FOUND: { status: 404, retryable: false, title: 'No such view' },
  RECIPE_NOT_FOUND: { status: 404, retryable: false, title: 'No such recipe' },
  JOB_NOT_FOUND: { status: 404, retryable: false, title: 'No such job' },
  SOURCE_NOT_FOUND: { status: 404, retryable: false, title: 'The source is not there' },
  PACK_NOT_FOUND: { status: 404, retryable: false, title: 'No such model pack' },
  METHOD_NOT_ALLOWED: { status: 405, retryable: false, title: 'Method not allowed' },
  PROJECT_NOT_OPEN: { status: 409, retryable: false, title: 'No project is open' },
  PROJECT_CHANGED: { status: 409, retryable: false, title: 'Another project is open now' },
  NAME_TAKEN: { status: 409, retryable: false, title: 'That name is taken' },
  CHANGED_BY_OTHERS: { status: 409, retryable: false, title: 'Somebody else changed it since' },
  REVISION_CONFLICT: { status: 409, retryable: false, title: 'Somebody else changed this text' },
  GUIDELINE_CONFLICT: {
    status: 409,
    retryable: false,
    title: 'Somebody else changed the guideline',
  },
  VIEW_CONFLICT: { status: 409, retryable: false, title: 'Somebody else changed the view' },
  RECIPE_CONFLICT: { status: 409, retryable: false, title: 'Somebody else changed the recipe' },
  ROUND_EMPTY: { status: 409, retryable: false, title: 'No image would take part' },
  ROUND_IN_USE: { status: 409, retryable: false, title: 'The round was worked in already' },
  ROUND_STARTED: { status: 409, retryable: false, title: 'A newer round has begun' },
  ROUND_SETTLED: { status: 409, retryable: false, title: 'Who takes part is settled' },
  ROUND_NEEDS_OTHER_PERSON: {
    status: 409,
    retryable: false,
    title: 'This round is for another person',
  },
  REVIEW_DECIDED: { status: 409, retryable: false, title: 'It was decided already' },
  STATUS_UNFIT: { status: 409, retryable: false, title: 'That status does not fit' },
  TARGET_EXISTS: { status: 409, retryable: false, title: 'The target is already there' },
  JOB_STATE: { status: 409, retryable: false, title: 'The job is not in that state' },
  JOB_REPLACED: { status: 409, retryable: false, title: 'Replaced by a newer start' },
  NOTHING_TO_UNDO: { status: 409, retryable: false, title: 'Nothing to undo' },
  PACK_CHANGED: { status: 409, retryable: true, title: 'The model pack changed meanwhile' },
  DATABASE_FROM_FUTURE: { status: 409, retryable: false, title: 'Made by a newer Realign' },
  TOO_LARGE: { status: 413, retryable: false, title: 'Too large' },
  RANGE_INVALID: { status: 416, retryable: false, title: 'Range not satisfiable' },
  IMAGE_UNREADABLE: { status: 422, retryable: false, title: 'The image cannot be read' },
  IMAGE_TOO_LARGE: { status: 422, retryable: false, title: 'The image has too many pixels' },
  SOURCE_UNREADABLE: { status: 422, retryable: false, title: 'The source cannot be read' },
  SOURCE_FORMAT_UNKNOWN: { status: 422, retryable: false, title: 'The format is not recognised' },
  ROW_INVALID: { status: 422, retryable: false, title: 'A row cannot be used' },
  PATH_OUTSIDE_SOURCE: { status: 422, retryable: false, title: 'A path leaves the source folder' },
  PACK_INVALID: { status: 422, retryable: false, title: 'The model pack cannot be used' },
  PACK_FILE_MISSING: { status: 422, retryable: false, title: 'The model pack lacks a file' },
  PACK_CORRUPT: { status: 422, retryable: false, title: 'A model file is damaged' },
  PACK_GRAPH_INVALID: { status: 422, retryable: false, title: 'The model cannot be run' },
  PACK_OUTPUT_INVALID: { status: 422, retryable: false, title: 'The model gave no usable numbers' },
  PACK_TOKENIZER_INVALID: { status: 422, retryable: false, title: 'The tokenizer cannot be used' },
  PACK_UNRECOGNISED: { status: 422, retryable: false, title: 'That folder is no known model' },
  VECTORS_CUT: { status: 422, retryable: false, title: 'A vector file is cut short' },
  PROJECT_LOCKED: { status: 423, retryable: true, title: 'The project is open elsewhere' },
  DOWNLOAD_FAILED: { status: 502, retryable: true, title: 'The download failed' },
  DEVICE_FAILED: { status: 503, retryable: true, title: 'The computing device failed' },
  DATABASE_BUSY: { status: 503, retryable: true, title: 'The project is busy' },
  DATABASE_CORRUPT: { status: 500, retryable: false, title: 'The project file is damaged' },
  DATABASE_READ_ONLY: { status: 500, retryable: false, title: 'The project cannot be written' },
  WORKER_CRASHED: { status: 500, retryable: true, title: 'A helper process stopped' },
  JOB_POISONED: { status: 500, retryable: false, title: 'The job failed too often' },
  TARGET_UNWRITABLE: { status: 422, retryable: false, title: 'The target cannot be written' },
  INTERNAL: { status: 500, retryable: false, title: 'Something went wrong in Realign' },
  HOST_UNSUPPORTED: { status: 501, retryable: false, title: 'Not available here' },
  MODEL_MEMORY_EXHAUSTED: { status: 507, retryable: true, title: 'The model needs more memory' },
  DISK_FULL: { status: 507, retryable: true, title: 'The disk is full' },
} as const satisfies Record<string, { status: number; retryable: boolean; title: string }>

export type ErrorCode = keyof typeof ERROR_TABLE

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(ERROR_TABLE, value)
}

export type ErrorData = Readonly<Record<string, unknown>>

/**
 * An expected failure, thrown where it is known. `message` says what was expected, what came and
 * what to do, and never names a path of the user's disk, because it may travel over HTTP.
 */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly data: ErrorData

  constructor(
    code: ErrorCode,
    message: string,
    options: { data?: ErrorData; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.data = options.data ?? {}
  }
}

/** Tells a cancelled operation from a failed one; cancellations are never logged or shown as errors. */
export function isAbortError(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError'
}
