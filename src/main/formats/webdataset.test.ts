import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeFolder, makeRow, readAll, textsOf, writeAll } from '../../../test/support/formats.ts'
import { makeTar, tarHeader } from '../../../test/support/tar.ts'
import { readPictureBytes } from '../media/image-file.ts'
import { splitName } from './tar-samples.ts'
import { webdatasetReader, webdatasetWriter } from './webdataset.ts'

const LONG = `${'folder/'.repeat(20)}long.jpg`

async function readTar(tar: Buffer) {
  const root = await makeFolder({ 'a.tar': tar })
  return { root, ...(await readAll(webdatasetReader, join(root, 'a.tar'))) }
}

describe('WebDataset reader', () => {
  test('puts files of one name together and reads pictures in place', async () => {
    const { records, errors, warnings } = await readTar(
      makeTar([
        ['__meta__/info.txt', 'not a sample'],
        ['dir.v1/one.jpg', 'picture one'],
        ['dir.v1/one.txt', 'a text\n'],
        ['dir.v1/one.json', JSON.stringify({ alt: ['x', 'y'], url: 'https://x.test/1', n: 1 })],
        ['two.PNG', 'picture two'],
        ['two.alt.txt', 'no field of ours'],
        ['._two.png', 'a Mac left this'],
        ['three.txt', 'text alone'],
      ]),
    )
    expect([errors, warnings]).toEqual([[], []])
    expect(records.map((record) => [record.locator, textsOf(record)])).toEqual([
      ['a.tar/dir.v1/one.jpg', ['a text\n', 'x', 'y']],
      ['a.tar/two.PNG', []],
      ['a.tar/three', ['text alone']],
    ])
    expect(records[0]?.url).toBe('https://x.test/1')
    expect(String(await readPictureBytes(records[1]?.filePath ?? ''))).toBe('picture two')
    expect(records[2]).toMatchObject({ filePath: null, problem: { code: 'IMAGE_FILE_MISSING' } })
  })

  test.each([
    ['a.b/c.d.jpg', { key: 'a.b/c', field: 'd.jpg' }],
    ['x.JPG', { key: 'x', field: 'jpg' }],
    ['.hidden.jpg', null],
    ['noending', null],
    ['__x__.json', null],
    ['__x.json', { key: '__x', field: 'json' }],
  ])('splits %s as the library does', (name, expected) => {
    expect(splitName(name)).toEqual(expected)
  })

  test('puts a sample together whose files are not neighbours, and says so', async () => {
    const { records, warnings } = await readTar(
      makeTar([
        ['a.jpg', '1'],
        ['b.jpg', '2'],
        ['a.txt', 'text of a'],
      ]),
    )
    expect(records.map((record) => textsOf(record))).toEqual([['text of a'], []])
    expect(warnings).toEqual([expect.stringMatching(/not neighbours \(first: "a"\)/)])
  })

  test('keeps what comes before a cut, and reports the cut once', async () => {
    const whole = makeTar([
      ['a.jpg', 'first'],
      ['a.txt', 'text'],
      ['b.jpg', 'x'.repeat(2000)],
    ])
    const { records, errors } = await readTar(whole.subarray(0, 4 * 512 + 600))
    expect(records.map((record) => textsOf(record))).toEqual([['text']])
    expect(errors).toMatchObject([
      {
        item: 'a.tar',
        code: 'SOURCE_UNREADABLE',
        message: expect.stringMatching(/in "b.jpg"/) as string,
      },
    ])
  })

  test('refuses links, devices and names that lead out, one by one', async () => {
    const { root, records, errors } = await readTar(
      Buffer.concat([
        makeTar([['../../evil.jpg', 'x']], { isOpen: true }),
        makeTar([['/etc/evil.jpg', 'x']], { isOpen: true }),
        makeTar([['C:\\evil.jpg', 'x']], { isOpen: true }),
        tarHeader('link.jpg', 0, { type: '2' }),
        tarHeader('hard.jpg', 5000, { type: '1' }),
        tarHeader('device.jpg', 0, { type: '3' }),
        makeTar([['good.jpg', 'x']]),
      ]),
    )
    expect(records.map(({ locator }) => locator)).toEqual(['a.tar/good.jpg'])
    expect(errors.map(({ item, code }) => [item, code])).toEqual([
      ['a.tar/../../evil.jpg', 'PATH_OUTSIDE_SOURCE'],
      ['a.tar//etc/evil.jpg', 'PATH_OUTSIDE_SOURCE'],
      ['a.tar/C:\\evil.jpg', 'PATH_OUTSIDE_SOURCE'],
      ['a.tar/link.jpg', 'ROW_INVALID'],
      ['a.tar/hard.jpg', 'ROW_INVALID'],
      ['a.tar/device.jpg', 'ROW_INVALID'],
    ])
    expect(JSON.stringify(errors)).not.toContain(root)
  })

  test.each([
    ['a size beyond the end', tarHeader('a.jpg', 2 ** 32)],
    ['a size of GNU’s large kind', tarHeader('a.jpg', 0, { rawSize: Buffer.alloc(12, 0xff) })],
    ['a size that is no number', tarHeader('a.jpg', 0, { rawSize: Buffer.from('zzzzzzzzzzz\0') })],
    ['a wrong checksum', Buffer.concat([tarHeader('a.jpg', 0).fill('x', 0, 3)])],
    ['no archive at all', Buffer.from('this is just a text file, and not an archive. '.repeat(30))],
  ])('reports %s', async (_, tar) => {
    const { records, errors } = await readTar(tar)
    expect(records).toEqual([])
    expect(errors).toMatchObject([{ item: 'a.tar', code: 'SOURCE_UNREADABLE' }])
  })

  test('reads long names, of GNU and of PAX', async () => {
    const record = ` path=pax/${LONG}\n`
    const pax = `${record.length + 3}${record}`
    const { records } = await readTar(
      Buffer.concat([
        makeTar([['././@LongLink', `${LONG}\0`]], { isOpen: true, type: 'L' }),
        makeTar([['cut.jpg', 'gnu']], { isOpen: true }),
        makeTar([['PaxHeaders/x', pax]], { isOpen: true, type: 'x' }),
        makeTar([['cut.jpg', 'pax']]),
      ]),
    )
    expect(records.map(({ locator }) => locator)).toEqual([`a.tar/${LONG}`, `a.tar/pax/${LONG}`])
  })

  test('leaves out a sample whose texts are damaged, and a compressed archive', async () => {
    const { records, errors } = await readTar(
      makeTar([
        ['a.jpg', '1'],
        ['a.json', '{"alt":'],
        ['b.jpg', '1'],
        ['b.txt', Buffer.from([0xff, 0x41])],
        ['c.jpg', '1'],
        ['c.json', '[1]'],
      ]),
    )
    expect(records).toEqual([])
    expect(errors.map(({ item, message }) => [item, message])).toEqual([
      ['a.tar/a', expect.stringMatching(/"a.json" is not valid JSON/)],
      ['a.tar/b', expect.stringMatching(/"b.txt" is not valid UTF-8/)],
      ['a.tar/c', expect.stringMatching(/no object/)],
    ])
    const packed = await readTar(Buffer.from([0x1f, 0x8b, 8, 0, 0]))
    expect(packed.errors).toMatchObject([
      { message: expect.stringMatching(/compressed/) as string },
    ])
  })
})

describe('WebDataset writer', () => {
  test('writes what the reader reads, the same bytes twice', async () => {
    const root = await makeFolder({ 'one.gif': '', 'two.gif': '' })
    const rows = [
      makeRow({ filePath: join(root, 'one.gif'), text: 'Ünï "q"\nnew line' }),
      makeRow({ filePath: null }),
      makeRow({ filePath: join(root, 'two.gif'), text: '', textKind: 'none' }),
    ]
    const first = await writeAll(webdatasetWriter, rows)
    const second = await writeAll(webdatasetWriter, rows)
    const name = 'train-000000.tar'
    const bytes = await readFile(join(first.root, name))
    expect(bytes.equals(await readFile(join(second.root, name)))).toBe(true)
    expect(bytes.length % 512).toBe(0)
    expect(first.outcomes).toEqual(['done', 'failed', 'done'])
    const { records, errors } = await readAll(webdatasetReader, first.root)
    expect(errors).toEqual([])
    expect(records.map(({ locator, caption }) => [locator, caption])).toEqual([
      [`${name}/000000000.gif`, 'Ünï "q"\nnew line'],
      [`${name}/000000001.gif`, null],
    ])
    expect(textsOf(records[0])).toEqual(['an alt-text'])
    const original = await readFile(join(root, 'one.gif'))
    expect(original.equals(await readPictureBytes(records[0]?.filePath ?? ''))).toBe(true)
    // A second import finds the pictures where they were, whatever the archive's name is on the disk.
    await writeFile(join(first.root, 'notes.md'), 'nothing')
    expect((await readAll(webdatasetReader, first.root)).records).toHaveLength(2)
  })
})
