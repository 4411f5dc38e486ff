export type ByteRange =
  | { readonly kind: 'whole' }
  /** Both ends included, as in the header. */
  | { readonly kind: 'part'; readonly first: number; readonly last: number }
  | { readonly kind: 'unsatisfiable' }

/**
 * Reads a Range header for a file of `sizeBytes` (RFC 9110, 14.2). What is malformed, of another unit or asks for several
 * parts is ignored, which the RFC allows: the answer is then the whole file.
 */
export function readByteRange(header: string | null, sizeBytes: number): ByteRange {
  const match = header === null ? null : /^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(header)
  const [, from = '', to = ''] = match ?? []
  if (match === null || (from === '' && to === '')) return { kind: 'whole' }
  if (from === '') return readSuffix(Number(to), sizeBytes)
  const first = Number(from)
  const last = to === '' ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1)
  if (to !== '' && Number(to) < first) return { kind: 'whole' }
  return first >= sizeBytes ? { kind: 'unsatisfiable' } : { kind: 'part', first, last }
}

/** The last so many bytes. */
function readSuffix(length: number, sizeBytes: number): ByteRange {
  if (length === 0 || sizeBytes === 0) return { kind: 'unsatisfiable' }
  return { kind: 'part', first: Math.max(0, sizeBytes - length), last: sizeBytes - 1 }
}
