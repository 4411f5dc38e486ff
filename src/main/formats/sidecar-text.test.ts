import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder, makeRow, readAll, textsOf, writeAll } from '../../../test/support/formats.ts'
import { folderReader } from './folder.ts'
import { sidecarTextWriter } from './sidecar-text.ts'

test('writes pictures with texts that the folder reader pairs again', async () => {
  const source = await makeFolder({ 'a.gif': '', 'b.png': '' })
  const rows = [
    makeRow({
      filePath: join(source, 'a.gif'),
      text: 'first, with commas',
      image: { fileName: 'a.gif' },
    }),
    makeRow({ filePath: join(source, 'b.png'), text: ' second 🎉 ', image: { fileName: 'A.png' } }),
    makeRow({
      filePath: join(source, 'a.gif'),
      text: 'two\r\nlines\nhere',
      image: { fileName: 'über dir/ünïcode "q".gif' },
    }),
  ]
  const { root, outcomes, warnings } = await writeAll(sidecarTextWriter, rows)
  expect(outcomes).toEqual(['done', 'done', 'done'])
  expect((await readdir(root)).sort()).toEqual(
    ['A-2.png', 'A-2.txt', 'a.gif', 'a.txt', 'ünïcode _q_.gif', 'ünïcode _q_.txt'].sort(),
  )
  expect(warnings).toEqual([expect.stringMatching(/^1 texts had line ends/)])
  const { records, errors } = await readAll(folderReader, root)
  expect(errors).toEqual([])
  expect(records.map(textsOf).flat().sort()).toEqual([
    ' second 🎉 ',
    'first, with commas',
    'two lines here',
  ])
  expect(await readFile(join(root, 'a.txt'), 'utf8')).toBe('first, with commas')
})

test('leaves out images without text and reports missing pictures', async () => {
  const source = await makeFolder({ 'a.gif': '' })
  const rows = [
    makeRow({ filePath: join(source, 'a.gif'), text: '', textKind: 'none' }),
    makeRow({ image: { fileName: 'lost.gif' } }),
  ]
  const { root, outcomes, errors, warnings } = await writeAll(sidecarTextWriter, rows)
  expect(outcomes).toEqual(['skipped', 'failed'])
  expect(errors).toMatchObject([{ item: 'lost.gif', code: 'IMAGE_FILE_MISSING' }])
  expect(warnings).toEqual([expect.stringMatching(/^1 images have no text/)])
  expect(await readdir(root)).toEqual([])
  const textOnly = await writeAll(sidecarTextWriter, rows, { images: 'none' })
  expect(await readdir(textOnly.root)).toEqual(['lost.txt'])
})
