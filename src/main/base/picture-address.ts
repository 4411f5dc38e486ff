/**
 * Where the bytes of a picture lie within a container file: a stretch of a tar archive, or a cell of a Parquet file,
 * whose row is counted from 0 and whose column is the way through its structs.
 */
export type PicturePart =
  | { readonly kind: 'bytes'; readonly offset: number; readonly sizeBytes: number }
  | { readonly kind: 'cell'; readonly row: number; readonly column: readonly string[] }

/** A picture file, or a file with the place of a picture in it. */
export interface PicturePlace {
  /** Absolute path of a file that is there to be opened. */
  readonly path: string
  readonly part: PicturePart | null
}

// No path can hold this character, and no system call takes it: an address that is used as a path by mistake fails.
const SEPARATOR = '\0'

/**
 * Spells a place as one string, so that whatever names a picture by a string also names one in a container. A
 * picture file's address is its path.
 */
export function toPictureAddress(place: PicturePlace): string {
  const part = encodePart(place.part)
  return part === null ? place.path : place.path + SEPARATOR + part
}

export function fromPictureAddress(address: string): PicturePlace {
  const at = address.indexOf(SEPARATOR)
  if (at === -1) return { path: address, part: null }
  return { path: address.slice(0, at), part: decodePart(address.slice(at + 1)) }
}

/** Joins what the store keeps apart: a file's path and the spelling of a part, null for a whole file. */
export function joinPictureAddress(path: string, part: string | null): string {
  return part === null ? path : path + SEPARATOR + part
}

/** The spelling of a part alone, as the store keeps it; null for a whole file. */
export function encodePart(part: PicturePart | null): string | null {
  if (part === null) return null
  switch (part.kind) {
    case 'bytes':
      return `${part.offset}+${part.sizeBytes}`
    case 'cell':
      return `row ${part.row} ${JSON.stringify(part.column)}`
  }
}

function decodePart(text: string): PicturePart {
  const stretch = /^(\d+)\+(\d+)$/.exec(text)
  if (stretch !== null) {
    return { kind: 'bytes', offset: Number(stretch[1]), sizeBytes: Number(stretch[2]) }
  }
  const cell = /^row (\d+) (\[.*\])$/s.exec(text)
  if (cell === null) throw new Error('The place of a picture in its container is misspelt.')
  return { kind: 'cell', row: Number(cell[1]), column: JSON.parse(cell[2] ?? '') as string[] }
}
