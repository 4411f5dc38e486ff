import { expect, test } from 'vitest'
import { makeRow } from '../../../../test/support/formats.ts'
import { exportOptions } from '../../../shared/contract/exports.ts'
import { parseQuery } from '../../../shared/domain/query/parser.ts'
import { createRowCheck } from './check-rows.ts'

const OPTIONS = exportOptions.parse({})

test('rows without a text, with half characters or with the name of another are counted', () => {
  const check = createRowCheck({ format: 'txt', where: 'tag:x OR tag:y', options: OPTIONS }, true)
  check.add(makeRow({ image: { fileName: 'A.jpg', status: 'accepted' } }))
  check.add(makeRow({ image: { fileName: 'a.JPG', status: 'accepted' }, text: 'half \ud83c' }))
  check.add(makeRow({ image: { fileName: 'b.jpg' }, text: '', textKind: 'none' }))
  check.add(makeRow({ image: { fileName: 'c.jpg' }, text: 'a\tb\nc' }))
  const found = check.findings().map(({ id, images, examples }) => [id, images, examples])
  expect(found).toEqual([
    ['broken-characters', 1, ['a.JPG']],
    ['same-name', 1, ['a.JPG']],
    ['no-text', 1, ['b.jpg']],
    ['not-accepted', 2, ['b.jpg', 'c.jpg']],
  ])
  const queries = check.findings().flatMap(({ query }) => query ?? [])
  expect(queries).toEqual([
    '(tag:x OR tag:y) NOT has:caption NOT has:alt',
    '(tag:x OR tag:y) NOT status:accepted',
  ])
  for (const query of queries) expect(parseQuery(query).ok, query).toBe(true)
})

test('names matter where files are written, and addresses where a format names pictures by them', () => {
  const rows = ['a.jpg', 'a.jpg'].map((fileName) =>
    makeRow({ image: { fileName, status: 'accepted' } }),
  )
  const idsOf = (format: string, images: 'copy' | 'none', hasImages: boolean) => {
    const check = createRowCheck({ format, where: '', options: { ...OPTIONS, images } }, hasImages)
    for (const row of rows) check.add(row)
    return check.findings().map(({ id, images: count }) => [id, count])
  }
  expect(idsOf('jsonl', 'copy', false)).toEqual([])
  expect(idsOf('imagefolder', 'none', true)).toEqual([])
  expect(idsOf('imagefolder', 'copy', true)).toEqual([['same-name', 1]])
  expect(idsOf('altogether', 'none', true)).toEqual([['no-address', 2]])
})
