import type { ImageFormat } from './image-format.ts'

/** What the first bytes of a file say it is, whatever its name says. */
export type Sniffed =
  | { readonly kind: 'image'; readonly format: ImageFormat }
  /** Something known that is no picture for Realign; `label` fits after "it looks like". */
  | { readonly kind: 'other'; readonly label: string }
  | { readonly kind: 'unknown' }

/** How many bytes of a file are enough to tell; comments before an SVG's root may be long. */
export const SNIFF_BYTES = 65_536

interface Signature {
  readonly offset: number
  readonly bytes: string
  readonly sniffed: Sniffed
}

// Written as latin1 text, so that each character is one byte.
const SIGNATURES: readonly Signature[] = [
  signature('\xff\xd8\xff', image('jpeg')),
  signature('\x89PNG\r\n\x1a\n', image('png')),
  signature('GIF87a', image('gif')),
  signature('GIF89a', image('gif')),
  signature('II*\0', image('tiff')),
  signature('MM\0*', image('tiff')),
  signature('II+\0', image('tiff')),
  signature('MM\0+', image('tiff')),
  signature('%PDF-', other('a PDF document')),
  signature('PK\x03\x04', other('a ZIP archive or office document')),
  signature('\x1f\x8b', other('a gzip archive')),
  signature('Rar!', other('a RAR archive')),
  signature('7z\xbc\xaf', other('a 7z archive')),
  signature('8BPS', other('a Photoshop document')),
  signature('\0\0\x01\0', other('a Windows icon (ICO)')),
  signature('\xff\x0a', other('a JPEG XL image')),
  signature('\0\0\0\x0cJXL ', other('a JPEG XL image')),
  signature('\0\0\0\x0cjP  ', other('a JPEG 2000 image')),
  signature('\xff\x4f\xff\x51', other('a JPEG 2000 image')),
  signature('v/1\x01', other('an OpenEXR image')),
  signature('#?RADIANCE', other('a Radiance HDR image')),
  signature('\x1aE\xdf\xa3', other('a video (WebM or Matroska)')),
  signature('version https://git-lfs', other('a Git LFS pointer, not the file itself')),
]

export function sniffFormat(head: Uint8Array): Sniffed {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength)
  const text = bytes.toString('latin1', 0, 64)
  const known = SIGNATURES.find(({ offset, bytes: wanted }) => text.startsWith(wanted, offset))
  if (known !== undefined) return known.sniffed
  if (text.startsWith('RIFF') && text.length >= 12) {
    return text.startsWith('WEBP', 8) ? image('webp') : other('a RIFF sound or video file')
  }
  if (text.startsWith('ftyp', 4)) return sniffIsoMedia(bytes)
  if (isBitmap(bytes)) return image('bmp')
  return sniffText(bytes)
}

function image(format: ImageFormat): Sniffed {
  return { kind: 'image', format }
}

function other(label: string): Sniffed {
  return { kind: 'other', label }
}

function signature(bytes: string, sniffed: Sniffed): Signature {
  return { offset: 0, bytes, sniffed }
}

/** AVIF, HEIC and MP4 share one container; its list of brands tells them apart. */
function sniffIsoMedia(bytes: Buffer): Sniffed {
  const boxEnd = Math.min(bytes.readUInt32BE(0), bytes.length, 512)
  const brands: string[] = []
  for (let at = 8; at + 4 <= boxEnd; at += 4) brands.push(bytes.toString('latin1', at, at + 4))
  if (brands.includes('avif') || brands.includes('avis')) return image('avif')
  if (brands.some((brand) => /^(hei[cmsx]|hev[cmsx]|mif1|msf1)$/.test(brand))) {
    return other('a HEIC image')
  }
  return other('a video (MP4 or QuickTime)')
}

function isBitmap(bytes: Buffer): boolean {
  if (bytes.length < 18 || bytes.toString('latin1', 0, 2) !== 'BM') return false
  // Two letters are a weak sign; the size of the second header is one of a few.
  return [12, 16, 40, 52, 56, 64, 108, 124].includes(bytes.readUInt32LE(14))
}

function sniffText(bytes: Buffer): Sniffed {
  const text = decodeHead(bytes)
  if (text === null) return { kind: 'unknown' }
  const root = skipProlog(text)
  if (/^<(?:[\w.-]+:)?svg[\s/>]/.test(root)) return image('svg')
  if (/^<(?:!doctype html|html|head|body)\b/i.test(root)) return other('a web page (HTML)')
  if (root.startsWith('<')) return other('an XML or HTML document')
  if (/^[[{]/.test(root)) return other('JSON text')
  return root === '' ? { kind: 'unknown' } : other('plain text')
}

/** Null for bytes that are no text. */
function decodeHead(bytes: Buffer): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le', 2)
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '')
  return text.includes('\0') ? null : text
}

/** Drops what XML allows before the root element: declaration, comments, a document type with its entities. */
function skipProlog(text: string): string {
  let rest = text.trimStart()
  for (;;) {
    const skipped = rest
      .replace(/^<\?[^]*?\?>/, '')
      .replace(/^<!--[^]*?-->/, '')
      .replace(/^<!DOCTYPE\s+(?!html\b)[^[>]*(?:\[[^]*?\]\s*)?>/i, '')
      .trimStart()
    if (skipped === rest) return rest
    rest = skipped
  }
}
