import { ERROR_TABLE, isAbortError, isErrorCode, type ErrorCode } from '../../../shared/errors.ts'

export interface ErrorDescription {
  readonly code: ErrorCode | 'CONNECTION_LOST' | 'CANCELLED'
  readonly title: string
  /** What was expected and what came, as the core said it; may be empty. */
  readonly text: string
  /** What the user can do about it. */
  readonly advice: string
  readonly isRetryable: boolean
}

const ADVICE: Readonly<Partial<Record<ErrorCode, string>>> = {
  INPUT_INVALID: 'Correct the value and try again.',
  QUERY_INVALID: 'Correct the marked part of the query, or clear it.',
  MAPPING_INVALID: 'Choose one column for the image and at least one for a text.',
  UNAUTHORIZED:
    'Open your invitation link again; if it does not work any more, ask the owner for a new one. As the owner, open the address with its token that the server printed when it started.',
  FORBIDDEN: 'Open Realign at the address that the server printed when it started.',
  OWNER_ONLY: 'Ask the person who invited you to do it.',
  PROJECT_CHANGED:
    'Reload the page to see the project that is open now. What you typed is still here to copy.',
  NAME_TAKEN: 'Choose another name.',
  PERSON_NOT_FOUND: 'Look at the list again: it has changed since.',
  CHANGED_BY_OTHERS: 'Restore the wanted revision from the timeline instead.',
  PROJECT_NOT_FOUND: 'Choose another folder, or make a new project there.',
  IMAGE_NOT_FOUND: 'Go back to the library: the listing has changed since.',
  IMAGE_FILE_MISSING: 'Put the file back where it was, then import the source again.',
  REVISION_CONFLICT: 'Compare both texts, then keep the one you want. Yours is still here.',
  GUIDELINE_CONFLICT:
    'Compare your text with the newer version, then save it again. Yours is still here.',
  VIEW_NOT_FOUND: 'Somebody removed it; save the query as a view again if you need it.',
  VIEW_CONFLICT: 'Look at the view as it is now, then change it again.',
  ROUND_EMPTY: 'Accept captions first, or let more images take part.',
  ROUND_IN_USE: 'Go on with the round, or start the next one.',
  ROUND_STARTED: 'Restore the wanted revision from the timeline instead.',
  ROUND_SETTLED: 'Start the next round with other settings.',
  ROUND_NEEDS_OTHER_PERSON: 'Go on with the next image; the query for:me leaves such images out.',
  REVIEW_DECIDED: 'Go on with the next caption of the queue.',
  STATUS_UNFIT: 'Write the caption first.',
  TARGET_EXISTS: 'Choose a new or empty folder.',
  PROJECT_NOT_OPEN: 'Open or create a project first.',
  DATABASE_FROM_FUTURE: 'Open the project with the newer Realign that made it.',
  DATABASE_CORRUPT: 'The damaged file is kept whatever you do.',
  DATABASE_READ_ONLY: 'Check that you may write to the project folder.',
  DATABASE_BUSY: 'Wait a moment and try again.',
  SOURCE_NOT_FOUND: 'Check the path, or whether the disk is connected.',
  SOURCE_UNREADABLE: 'Check that you may read the source and that it is not damaged.',
  SOURCE_FORMAT_UNKNOWN: 'Choose the format by hand.',
  IMAGE_UNREADABLE: 'Replace the file with a readable picture, then import the source again.',
  IMAGE_TOO_LARGE: 'Scale the picture down, then import the source again.',
  PATH_OUTSIDE_SOURCE: 'Move the file into the source folder and correct the path.',
  PROJECT_LOCKED: 'Close the other Realign that has this project open, then try again.',
  WORKER_CRASHED: 'Try again; the rest of Realign goes on.',
  JOB_POISONED: 'Look at the errors of the job, then resume it.',
  DISK_FULL: 'Free some space. Nothing that was saved is lost.',
  HOST_UNSUPPORTED: 'Use the desktop app for this.',
  INTERNAL: 'Try again. If it stays, note the number in the message and report it.',
}

/**
 * Turns anything thrown into a title, a text and what the user can do. Error boundaries, toasts and
 * job lists all speak through this.
 */
export function describeError(error: unknown): ErrorDescription {
  if (isAbortError(error)) {
    return { code: 'CANCELLED', title: 'Cancelled', text: '', advice: '', isRetryable: false }
  }
  // A failed fetch is a TypeError in every browser.
  if (error instanceof TypeError && /fetch|network|load failed/i.test(error.message)) {
    return {
      code: 'CONNECTION_LOST',
      title: 'Realign does not answer',
      text: 'The connection to the core was lost.',
      advice: 'It is tried again by itself. If it stays, start Realign again.',
      isRetryable: true,
    }
  }
  const { code, message } = readError(error)
  return describeCode(code, message)
}

/** Describes a code and message that came as data, such as the error of a job or of one item. */
export function describeCode(code: string, message: string): ErrorDescription {
  const known = isErrorCode(code) ? code : 'INTERNAL'
  const { title, retryable } = ERROR_TABLE[known]
  const text = message === title ? '' : message
  return { code: known, title, text, advice: ADVICE[known] ?? '', isRetryable: retryable }
}

/** The part of a query that is wrong, as positions in its text. */
export function findQueryMistake(
  error: unknown,
): { readonly start: number; readonly end: number; readonly message: string } | undefined {
  const { code, message, data } = readError(error)
  if (code !== 'QUERY_INVALID') return undefined
  const start = readNumber(data, 'start') ?? 0
  return { start, end: readNumber(data, 'end') ?? start, message }
}

function readError(error: unknown): { code: string; message: string; data: unknown } {
  if (typeof error !== 'object' || error === null) {
    return { code: 'INTERNAL', message: String(error), data: undefined }
  }
  // oRPC's own codes for what never reached a procedure are mapped onto ours.
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'INTERNAL'
  const message = 'message' in error && typeof error.message === 'string' ? error.message : ''
  const data: unknown = 'data' in error ? error.data : undefined
  return { code: code === 'BAD_REQUEST' ? 'INPUT_INVALID' : code, message, data }
}

function readNumber(data: unknown, key: string): number | undefined {
  if (typeof data !== 'object' || data === null) return undefined
  const value: unknown = new Map(Object.entries(data)).get(key)
  return typeof value === 'number' ? value : undefined
}
