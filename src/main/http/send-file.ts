import { AppError } from '../../shared/errors.ts'
import { readByteRange } from '../media/byte-range.ts'
import { openFileBody } from '../media/file-body.ts'
import { statImageFile } from '../media/image-file.ts'

/** Media come from anywhere: whatever they contain, they may run nothing and fetch nothing. */
export const MEDIA_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'",
  'x-content-type-options': 'nosniff',
}

export interface SentFile {
  /** Address of the file, or of a picture in a tar archive (`base/picture-address.ts`). */
  readonly path: string
  readonly contentType: string
  readonly etag: string
  /** Whether the address names this content and no other. */
  readonly isImmutable: boolean
}

/** Answers GET and HEAD, with validators and single ranges. Throws AppError for a file that cannot be read, RANGE_INVALID included. */
export async function sendFile(request: Request, file: SentFile): Promise<Response> {
  const headers = new Headers({
    ...MEDIA_HEADERS,
    'content-type': file.contentType,
    'cache-control': file.isImmutable
      ? 'private, max-age=31536000, immutable'
      : 'private, no-cache',
    'accept-ranges': 'bytes',
    etag: file.etag,
  })
  const { sizeBytes } = await statImageFile(file.path)
  if (sizeBytes === null) throw new Error('A cell of a table cannot be sent as a file.')
  if (isKnownToClient(request, file.etag)) return new Response(null, { status: 304, headers })
  const range = readByteRange(rangeHeader(request, file.etag), sizeBytes)
  if (range.kind === 'unsatisfiable') throw rangeError(sizeBytes)
  const [first, last] = range.kind === 'part' ? [range.first, range.last] : [0, sizeBytes - 1]
  headers.set('content-length', String(last - first + 1))
  if (range.kind === 'part') headers.set('content-range', `bytes ${first}-${last}/${sizeBytes}`)
  const status = range.kind === 'part' ? 206 : 200
  if (request.method === 'HEAD') return new Response(null, { status, headers })
  return new Response(await openFileBody({ path: file.path, first, last }), { status, headers })
}

function isKnownToClient(request: Request, etag: string): boolean {
  const known = request.headers.get('if-none-match')
  if (known === null) return false
  return known
    .split(',')
    .some((tag) => tag.trim().replace(/^W\//, '') === etag || tag.trim() === '*')
}

/** A range of another version must not be joined to this one. HEAD has no ranges (RFC 9110, 14.2). */
function rangeHeader(request: Request, etag: string): string | null {
  const version = request.headers.get('if-range')
  if (request.method === 'HEAD' || (version !== null && version !== etag)) return null
  return request.headers.get('range')
}

function rangeError(sizeBytes: number): AppError {
  return new AppError(
    'RANGE_INVALID',
    `The range lies outside the file, which has ${sizeBytes} bytes. Ask for a part of 0 to ${Math.max(0, sizeBytes - 1)}.`,
    { data: { sizeBytes } },
  )
}
