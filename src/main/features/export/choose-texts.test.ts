import { expect, test } from 'vitest'
import { exportOptions, type ExportOptions } from '../../../shared/contract/exports.ts'
import type { StoredImage } from '../../db/queries/export-rows.ts'
import { chooseTexts } from './choose-texts.ts'

const revision = (id: number, parentId: number | null) =>
  ({
    ...{ id, parentId, text: `caption ${id}`, round: id, uid: `r${id}`, authorKind: 'human' },
    ...{ authorName: 'Ann', note: '', createdAt: 0, proposals: [], guidelineVersion: null },
    ...{ editingMs: null, editShare: null },
  }) as unknown as StoredImage['revisions'][number]

/** An image whose third caption was made from the first, while the second was undone. */
function makeImage(uid = 'image-1'): StoredImage {
  return {
    ...{ id: 1, uid, hash: null, name: 'a.png', filePath: null, url: null, locations: [] },
    ...{ width: 1, height: 1, format: 'png', sizeBytes: 1, perceptualHash: null, status: 'todo' },
    ...{ round: 3, workRound: 3, cameFrom: null, tags: [], problem: null, updatedAt: 0 },
    ...{ draft: null, reviews: [], proposals: [], answers: [], headRevisionId: 3 },
    altTexts: [
      { origin: 'file-name', text: 'IMG 1', createdAt: 0 },
      { origin: 'alt', text: 'an alt', createdAt: 0 },
      { origin: 'title', text: 'a title', createdAt: 0 },
    ],
    revisions: [revision(1, null), revision(2, 1), revision(3, 1)],
  } as unknown as StoredImage
}

function choose(options: Partial<ExportOptions>, image = makeImage()): readonly string[] {
  return chooseTexts(image, { ...exportOptions.parse({}), ...options }).map(({ text }) => text)
}

test('one text: the caption, or the anchor', () => {
  const bare = { ...makeImage(), headRevisionId: null }
  expect(choose({ text: 'caption' })).toEqual(['caption 3'])
  expect(choose({ text: 'caption' }, bare)).toEqual([])
  expect(choose({ text: 'caption-or-alt' }, bare)).toEqual(['an alt'])
  expect(choose({ text: 'alt' })).toEqual(['an alt'])
})

test('several texts: those of the roles, without what was undone', () => {
  expect(choose({ text: 'several' })).toEqual(['caption 3', 'an alt', 'a title', 'caption 1'])
  expect(choose({ text: 'several', roles: ['revision', 'caption'] })).toEqual([
    'caption 3',
    'caption 1',
  ])
})

test('a mix draws by its shares, the same for the same seed and image', () => {
  const mix = { caption: 3, alt: 1, revision: 0 }
  const draw = (index: number, seed = 0) =>
    choose({ text: 'mix', mix, seed }, makeImage(`image-${index}`)).join()
  const drawn = Array.from({ length: 2_000 }, (_, index) => draw(index))
  const captions = drawn.filter((text) => text === 'caption 3').length
  expect(captions).toBeGreaterThan(1_400)
  expect(captions).toBeLessThan(1_600)
  expect(drawn).not.toContain('caption 1')
  expect(Array.from({ length: 2_000 }, (_, index) => draw(index))).toEqual(drawn)
  expect(Array.from({ length: 2_000 }, (_, index) => draw(index, 1))).not.toEqual(drawn)
})

test('a role without a text leaves its share to the others', () => {
  const image = { ...makeImage(), altTexts: [] }
  expect(choose({ text: 'mix', mix: { caption: 0, alt: 1, revision: 0.001 } }, image)).toEqual([
    'caption 1',
  ])
  expect(choose({ text: 'mix', mix: { caption: 0, alt: 1, revision: 0 } }, image)).toEqual([])
})
