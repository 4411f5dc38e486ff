import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder, readAll, textsOf } from '../../../test/support/formats.ts'
import { dciReader } from './dci.ts'
import { sniffSource } from './registry.ts'

const ANNOTATION = {
  ...{ image: 'sa_1.jpg', short_caption: 'A street.', extra_caption: 'A long street in rain.' },
  ...{ height: 10, width: 20, mask_keys: ['0', '1', '2', '3'] },
  mask_data: {
    0: {
      label: 'car',
      caption: 'A red car.',
      mask_quality: 0,
      parent: -1,
      bounds: [
        [1, 2],
        [3, 4],
      ],
    },
    1: {
      ...{ label: 'dog', caption: 'A dog.', mask_quality: 1, outer_mask: 'iVBORw0KGgo=' },
      bounds: { topLeft: { x: 5, y: 6 }, bottomRight: { x: 7, y: 8 } },
    },
    2: { label: 'bad', caption: 'No region.', mask_quality: 2 },
    3: { label: '', caption: '', mask_quality: 0 },
  },
  summaries: { base: ['A rainy street with a car.'], 0: ['a car'] },
  negatives: {},
}

test('DCI: the long text is the caption, the short one an alt-text, regions are proposals', async () => {
  const root = await makeFolder({
    'splits.json': JSON.stringify({ train: ['1.json', '../gone.json'], valid: ['2.json'] }),
    'annotations/1.json': JSON.stringify(ANNOTATION),
    'annotations/2.json': '{"image": "sa_2.jpg", "short_caption": "Two."',
    'annotations/3.json': JSON.stringify({ image: '../../x.jpg', short_caption: 'Out.' }),
    'photos/sa_1.jpg': '',
  })
  for (const path of [root, join(root, 'splits.json')]) {
    expect(await sniffSource(path)).toMatchObject({ reader: { id: 'dci' }, score: 0.95 })
    const { records, errors } = await readAll(dciReader, path)
    expect(records).toHaveLength(1)
    expect(records[0]).toMatchObject({
      ...{ locator: 'photos/sa_1.jpg', caption: 'A long street in rain.', tags: ['train'] },
      proposals: [
        { column: 'summaries', text: 'A rainy street with a car.' },
        { column: 'regions', text: 'car at 1,2–3,4: A red car.' },
        { column: 'regions', text: 'dog at 5,6–7,8: A dog.' },
      ],
    })
    expect(textsOf(records[0])).toEqual(['A street.'])
    expect(errors.map(({ item, code }) => [item, code])).toEqual([
      ['gone.json', 'ROW_INVALID'],
      ['2.json', 'ROW_INVALID'],
      ['row 4', 'PATH_OUTSIDE_SOURCE'],
    ])
  }
})
