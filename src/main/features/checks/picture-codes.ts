/** Errors that are about one picture: they fail one item of a job, and not all of it. */
export const PICTURE_CODES: ReadonlySet<string> = new Set([
  'IMAGE_UNREADABLE',
  'IMAGE_TOO_LARGE',
  'IMAGE_FILE_MISSING',
  'WORKER_CRASHED',
  'PACK_OUTPUT_INVALID',
])
