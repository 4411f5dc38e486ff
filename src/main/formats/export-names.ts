const MAX_STEM_BYTES = 180
// Windows keeps these names for devices, whatever ending follows.
const RESERVED_STEM = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])$/i
const FORBIDDEN = /[\u0000-\u001f\u007f-\u009f<>:"/\\|?*]/g
const EXTENSION = /\.[0-9A-Za-z]{1,10}$/

/**
 * Names exported files so that every system can hold them: no separators, control characters or device names, NFC,
 * and stems that differ in more than case, because a sidecar of `a.jpg` would also belong to `A.png`. The same
 * sequence of names gives the same answers.
 */
export function createExportNames(): (options: {
  readonly fileName: string
  /** Ending without the dot for a name that has none, such as `jpeg`; null where it is not known. */
  readonly format: string | null
}) => string {
  const taken = new Map<string, number>()
  return ({ fileName, format }) => {
    const { stem, extension } = splitName(fileName, format)
    let unique = stem
    for (let number = taken.get(keyOf(stem)) ?? 1; taken.has(keyOf(unique)); number += 1) {
      unique = `${stem}-${number + 1}`
      taken.set(keyOf(stem), number + 1)
    }
    taken.set(keyOf(unique), taken.get(keyOf(unique)) ?? 1)
    return unique + extension
  }
}

function splitName(
  fileName: string,
  format: string | null,
): { readonly stem: string; readonly extension: string } {
  const base = fileName.slice(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1)
  const found = EXTENSION.exec(base)?.[0] ?? ''
  const extension = found !== '' || format === null ? found : `.${format}`
  const clean = base
    .slice(0, base.length - found.length)
    .toWellFormed()
    .normalize('NFC')
    .replace(FORBIDDEN, '_')
    .replace(/^[. ]+/, '_')
    .replace(/[. ]+$/, '')
  const safe = RESERVED_STEM.test(clean.split('.')[0] ?? '') ? `_${clean}` : clean
  return { stem: shorten(safe === '' ? 'image' : safe), extension }
}

/** File systems count bytes, and a name cut within a character could not be read back. */
function shorten(stem: string): string {
  if (Buffer.byteLength(stem) <= MAX_STEM_BYTES) return stem
  let short = ''
  let bytes = 0
  for (const character of stem) {
    bytes += Buffer.byteLength(character)
    if (bytes > MAX_STEM_BYTES) break
    short += character
  }
  return short.replace(/[. ]+$/, '')
}

function keyOf(stem: string): string {
  return stem.toLowerCase().normalize('NFC')
}
