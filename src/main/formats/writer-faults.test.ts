import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeFolder, makeRow } from '../../../test/support/formats.ts'
import { AppError } from '../../shared/errors.ts'
import type { ExportRow, ExportTarget, WriteOptions } from './format.ts'
import { WRITERS } from './registry.ts'

const PIXEL = Buffer.from('ffd8ffe000104a464946', 'hex')
const OPTIONS: WriteOptions = {
  ...{ images: 'copy', spreadsheetSafe: false, isSeveral: false, shardImages: 2 },
}

/** Rows with a picture, without one, without any text, and with half a character. */
async function makeRows(): Promise<readonly ExportRow[]> {
  const filePath = join(await makeFolder({ 'x.jpg': PIXEL }), 'x.jpg')
  const row = (index: number, fields: Parameters<typeof makeRow>[0]) =>
    makeRow({
      ...fields,
      image: { uid: `image-${index}`, fileName: `${index}.jpg`, format: 'jpeg', ...fields.image },
    })
  return [
    row(0, { filePath }),
    row(1, {}),
    row(2, { filePath, text: '', textKind: 'none', image: { alts: [] } }),
    row(3, { filePath, text: 'half \ud83d' }),
    row(4, { filePath, texts: [{ role: 'alt', text: 'two', round: null }] }),
  ]
}

/** A target in memory whose `failsAt`-th act finds the disk full. */
function createTarget(failsAt: number): { readonly target: ExportTarget; acts: number } {
  const state = { acts: 0 }
  const act = (): Promise<void> => {
    state.acts += 1
    if (state.acts !== failsAt) return Promise.resolve()
    return Promise.reject(new AppError('DISK_FULL', 'The disk is full.'))
  }
  const open = async () => {
    await act()
    return { write: act, close: act }
  }
  const target: ExportTarget = {
    openText: open,
    openBytes: open,
    rename: act,
    concatenate: act,
    readPicture: () => Promise.resolve(PIXEL),
    placeFile: act,
  }
  return {
    target,
    get acts() {
      return state.acts
    },
  }
}

async function write(
  writer: (typeof WRITERS)[number],
  options: { readonly failsAt?: number; readonly abortAt?: number } & Partial<WriteOptions>,
) {
  const { failsAt = 0, abortAt = -1, ...chosen } = options
  const rows = await makeRows()
  const target = createTarget(failsAt)
  const abort = new AbortController()
  const counts = { done: 0, skipped: 0, failed: 0 }
  const codes: string[] = []
  async function* stream(): AsyncGenerator<ExportRow> {
    for (const [index, row] of rows.entries()) {
      await Promise.resolve()
      if (index === abortAt) abort.abort()
      yield row
    }
  }
  const writing = writer.write({
    ...{ rows: stream(), target: target.target, options: { ...OPTIONS, ...chosen } },
    signal: abort.signal,
    onRow: (outcome) => {
      counts[outcome] += 1
    },
    onError: ({ code }) => {
      counts.failed += 1
      codes.push(code)
    },
    onWarning: () => undefined,
  })
  const error: unknown = await writing.then(
    () => null,
    (reason: unknown) => reason,
  )
  return { error, counts, codes, acts: target.acts, rows: rows.length }
}

describe.each(WRITERS.map((writer) => [writer.id, writer] as const))('%s', (_id, writer) => {
  test.each(['copy', 'none'] as const)('counts every row once, pictures: %s', async (images) => {
    for (const isSeveral of [false, writer.holdsSeveral]) {
      const { error, counts, rows } = await write(writer, { images, isSeveral })
      expect(error).toBeNull()
      expect(counts.done + counts.skipped + counts.failed).toBe(rows)
    }
  })

  test('ends at a full disk wherever it comes, and never takes it for a bad row', async () => {
    const { acts } = await write(writer, {})
    for (let failsAt = 1; failsAt <= acts; failsAt += 1) {
      const { error, codes } = await write(writer, { failsAt })
      expect(error, `act ${failsAt} of ${acts}`).toMatchObject({ code: 'DISK_FULL' })
      expect(codes).not.toContain('DISK_FULL')
    }
  })

  test('ends when it is cancelled, at whatever row', async () => {
    for (let abortAt = 0; abortAt < 5; abortAt += 1) {
      const { error } = await write(writer, { abortAt })
      expect(error).toMatchObject({ name: 'AbortError' })
    }
  })
})
