import { basename, dirname } from 'node:path'
import type { FormatReader } from './format.ts'
import { openJsonTable, textOf } from './json-table.ts'
import { hasExtension, kindOfPath, readHead } from './source-file.ts'
import { createTableReader } from './table-source.ts'

/** Who wrote a text is personal data and is not taken over; the lower-cased caption is derived from the raw one. */
export const redcapsReader: FormatReader = createTableReader({
  id: 'redcaps',
  label: 'RedCaps annotations',
  description:
    'A JSON document of a subreddit’s year; pictures in images/<subreddit>/. Authors are not taken over.',
  sniff: async (path) => {
    if ((await kindOfPath(path)) !== 'file' || !hasExtension(path, ['json'])) return 0
    const head = await readHead(path)
    return /"raw_caption"\s*:/.test(head) && /"subreddit"\s*:/.test(head) ? 0.95 : 0
  },
  rootOf: (path) => Promise.resolve(rootOf(path)),
  open: (path, signal) =>
    openJsonTable({
      ...{ path, signal, list: 'annotations', base: rootOf(path) },
      toCells(record) {
        const id = textOf(record, 'image_id')
        const subreddit = textOf(record, 'subreddit')
        if (id === null || subreddit === null)
          return 'The annotation lacks "image_id" or "subreddit".'
        const { raw_caption, caption, url, score } = record
        const image = `images/${subreddit.toLowerCase()}/${id}.jpg`
        return { image, raw_caption, caption, url, image_id: id, tags: [`r/${subreddit}`], score }
      },
      roles: () => ({
        ...{ image: 'image', raw_caption: 'alt', caption: 'proposal', url: 'url' },
        ...{ image_id: 'id', tags: 'tags' },
      }),
    }),
})

/** `annotations/` lies beside `images/`. */
function rootOf(path: string): string {
  const folder = dirname(path)
  return basename(folder) === 'annotations' ? dirname(folder) : folder
}
