import type { ExportPreview } from '../../../shared/contract/exports.ts'
import { describeFile } from '../../formats/describe-file.ts'
import type { ExportTarget } from '../../formats/format.ts'
import type { ReadPicture } from './picture-reader.ts'

const PREVIEW_CHARACTERS = 20_000

/** Takes what a writer writes without touching the disk, for the preview of the first rows. */
export function createPreviewTarget(
  readPicture: ReadPicture,
): ExportTarget & { files(): ExportPreview['files'] } {
  const texts = new Map<string, string>()
  const placed: string[] = []
  return {
    openText(name) {
      texts.set(name, '')
      return Promise.resolve({
        write(text) {
          const before = texts.get(name) ?? ''
          texts.set(name, `${before}${text}`.slice(0, PREVIEW_CHARACTERS))
          return Promise.resolve()
        },
        close: () => Promise.resolve(),
      })
    },
    openBytes(name) {
      const parts: Uint8Array[] = []
      return Promise.resolve({
        write(bytes) {
          parts.push(bytes)
          return Promise.resolve()
        },
        async close() {
          const text = await describeFile(name, Buffer.concat(parts))
          texts.set(name, text.slice(0, PREVIEW_CHARACTERS))
        },
      })
    },
    rename(from, to) {
      const text = texts.get(from)
      texts.delete(from)
      if (text !== undefined) texts.set(to, text)
      return Promise.resolve()
    },
    concatenate(parts, name) {
      texts.set(name, parts.map((part) => texts.get(part) ?? '').join(''))
      for (const part of parts) texts.delete(part)
      return Promise.resolve()
    },
    readPicture,
    placeFile({ name }) {
      placed.push(name)
      return Promise.resolve()
    },
    files() {
      const files = [...texts].map(([name, content]) => ({ name, content }))
      return placed.length === 0
        ? files
        : [...files, { name: 'Pictures', content: placed.join('\n') }]
    },
  }
}
