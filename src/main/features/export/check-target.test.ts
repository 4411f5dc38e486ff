import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder, makeRow } from '../../../../test/support/formats.ts'
import type { ExportRow } from '../../formats/format.ts'
import { WRITERS } from '../../formats/registry.ts'
import { createCheckTarget } from './check-target.ts'

async function* stream(rows: readonly ExportRow[]): AsyncGenerator<ExportRow> {
  for (const row of rows) {
    await Promise.resolve()
    yield row
  }
}

test.each(WRITERS.map((writer) => [writer.id, writer] as const))(
  '%s is tried out without a picture being read, and misses those whose file is gone',
  async (_id, writer) => {
    const root = await makeFolder({ 'a.jpg': 'no picture at all', 'b.jpg': '' })
    await rm(join(root, 'b.jpg'))
    const rows = ['a.jpg', 'b.jpg'].map((fileName, index) =>
      makeRow({
        ...{ filePath: join(root, fileName), url: `https://x.test/${index}` },
        image: { uid: `image-${index}`, fileName, format: 'jpeg' },
      }),
    )
    const counts = { done: 0, skipped: 0, failed: 0 }
    await writer.write({
      ...{ rows: stream(rows), target: createCheckTarget(), onWarning: () => undefined },
      options: { images: 'copy', spreadsheetSafe: false, isSeveral: false, shardImages: null },
      signal: new AbortController().signal,
      onRow: (outcome) => {
        counts[outcome] += 1
      },
      onError: ({ code }) => {
        expect(code).toBe('IMAGE_FILE_MISSING')
        counts.failed += 1
      },
    })
    expect(counts.done + counts.failed).toBe(2)
    if (!writer.hasImages) expect(counts.done).toBe(2)
    expect(counts.failed).toBeLessThan(2)
  },
)
