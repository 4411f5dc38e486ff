import { expect, test } from 'vitest'
import { exportOptions } from '../../../shared/contract/exports.ts'
import type { ExportReads } from '../../db/export-reads.ts'
import type { StoredImage } from '../../db/queries/export-rows.ts'
import { exportRows } from './rows.ts'
import { createTextShaper } from './shape-rows.ts'

function makeImage(id: number): StoredImage {
  return {
    ...{ id, uid: `image-${id}`, hash: null, name: `${id}.png`, filePath: null, url: null },
    ...{ width: 1, height: 1, format: 'png', sizeBytes: 1, perceptualHash: null, status: 'todo' },
    ...{ round: 0, workRound: 1, cameFrom: null, tags: [], problem: null, updatedAt: 0 },
    ...{ draft: null, reviews: [], proposals: [], answers: [], headRevisionId: null },
    ...{ locations: [], altTexts: [], revisions: [] },
  } as unknown as StoredImage
}

type Reads = Pick<ExportReads, 'loadImages'>

/** Of these, `gone` are deleted after they were listed. */
function readsWithout(gone: ReadonlySet<number> = new Set()): Reads {
  return {
    loadImages: (imageIds) =>
      Promise.resolve(imageIds.filter((id) => !gone.has(id)).map((id) => makeImage(id))),
  }
}

async function listRows(
  reads: Reads,
  imageIds: Uint32Array,
  signal: AbortSignal = new AbortController().signal,
): Promise<readonly string[]> {
  const tools = { text: { shape: () => Promise.reject(new Error('not asked for')) } }
  const rows = exportRows(reads, {
    ...{ imageIds, isSeveral: false, projectUid: 'project', signal },
    shaper: createTextShaper(exportOptions.parse({}), {
      ...tools,
      tokenizers: { find: () => Promise.resolve([]) },
    }),
    onLeftOut: () => undefined,
  })
  const uids: string[] = []
  for await (const { image } of rows) uids.push(image.uid)
  return uids
}

function idsTo(count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, index) => index + 1)
}

function uidsTo(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `image-${index + 1}`)
}

test.each([0, 1, 499, 500, 501, 1_000, 1_001])('gives %i images, each once', async (count) => {
  expect(await listRows(readsWithout(), idsTo(count))).toEqual(uidsTo(count))
})

test('gives the chosen images only', async () => {
  const imageIds = Uint32Array.of(3, 7, 1_100)
  expect(await listRows(readsWithout(), imageIds)).toEqual(['image-3', 'image-7', 'image-1100'])
})

test('goes on past images that are gone when their page is loaded', async () => {
  const gone = new Set([1, 250, ...Array.from({ length: 500 }, (_, index) => 501 + index)])
  const uids = await listRows(readsWithout(gone), idsTo(1_100))
  expect(uids).toEqual(uidsTo(1_100).filter((_, index) => !gone.has(index + 1)))
})

test('stops when it is cancelled, and tells of a page that fails', async () => {
  await expect(listRows(readsWithout(), idsTo(10), AbortSignal.abort('cancelled'))).rejects.toBe(
    'cancelled',
  )
  const whole = readsWithout()
  const failing: Reads = {
    loadImages: (imageIds) =>
      imageIds[0] === 501
        ? Promise.reject(new Error('the disk is gone'))
        : whole.loadImages(imageIds),
  }
  await expect(listRows(failing, idsTo(1_000))).rejects.toThrow('the disk is gone')
})
