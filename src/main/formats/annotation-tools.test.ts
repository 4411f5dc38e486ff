import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder, makeRow, readAll, writeAll } from '../../../test/support/formats.ts'
import { csvReader } from './csv.ts'
import { fiftyoneCsvWriter, fiftyoneWriter } from './fiftyone.ts'
import type { ExportRow } from './format.ts'
import { labelStudioWriter } from './label-studio.ts'

const PROPOSAL = {
  uid: 'p1',
  text: 'a proposed text',
  authorKind: 'model',
  author: 'captioner 1',
  note: '',
  createdAt: 0,
  decisions: [],
} as const

/** An image with a caption and a proposal, one with an alt-text alone, and one without its picture. */
async function makeRows(): Promise<readonly ExportRow[]> {
  const filePath = join(await makeFolder({ 'x.gif': '' }), 'x.gif')
  return [
    makeRow({
      ...{ filePath, text: 'a "caption",\nof two lines' },
      image: { uid: 'image-1', fileName: 'a b.gif', proposals: [PROPOSAL], tags: ['one'] },
    }),
    makeRow({ filePath, text: 'an alt-text', textKind: 'alt', image: { uid: 'image-2' } }),
    makeRow({ image: { uid: 'image-3' } }),
  ]
}

test('FiftyOne samples lie in samples.json, their pictures in data/', async () => {
  const { root, outcomes } = await writeAll(fiftyoneWriter, await makeRows())
  expect(outcomes).toEqual(['done', 'done', 'failed'])
  const { samples } = JSON.parse(await readFile(join(root, 'samples.json'), 'utf8')) as {
    readonly samples: readonly object[]
  }
  expect(samples).toMatchObject([
    { filepath: 'data/a b.gif', tags: ['one'], caption: 'a "caption",\nof two lines', width: 1 },
    { filepath: 'data/one.gif', tags: [], text: 'an alt-text' },
  ])
  // FiftyOne has no type for a field that is null.
  expect(samples[1]).not.toHaveProperty('caption')
  expect((await readdir(join(root, 'data'))).toSorted()).toEqual(['a b.gif', 'one.gif'])
  expect(await readdir(root)).not.toContain('metadata.json')
})

test('a FiftyOne table names pictures below data/, and is read as a table', async () => {
  const { root } = await writeAll(fiftyoneCsvWriter, await makeRows())
  const text = await readFile(join(root, 'labels.csv'), 'utf8')
  expect(text).toMatch(/^filepath,image_id,/)
  const { records, errors } = await readAll(csvReader, join(root, 'labels.csv'))
  expect(errors).toEqual([])
  expect(records.map(({ locator, caption }) => [locator, caption])).toEqual([
    ['a b.gif', 'a "caption",\nof two lines'],
    ['one.gif', null],
  ])
})

test('Label Studio gets captions as annotations, and all else as predictions', async () => {
  const { root, outcomes } = await writeAll(labelStudioWriter, await makeRows())
  expect(outcomes).toEqual(['done', 'done', 'failed'])
  const tasks: unknown = JSON.parse(await readFile(join(root, 'tasks.json'), 'utf8'))
  const result = (text: string) => [
    { type: 'textarea', from_name: 'caption', to_name: 'image', value: { text: [text] } },
  ]
  expect(tasks).toMatchObject([
    {
      data: { image: '/data/local-files/?d=images/a%20b.gif', alt: 'an alt-text' },
      annotations: [{ result: result('a "caption",\nof two lines') }],
      predictions: [{ model_version: 'captioner 1', result: result('a proposed text') }],
    },
    {
      annotations: [],
      predictions: [{ model_version: 'alt-text', result: result('an alt-text') }],
    },
  ])
  const config = await readFile(join(root, 'labelling.xml'), 'utf8')
  expect(config).toContain('<TextArea name="caption" toName="image"')
})
