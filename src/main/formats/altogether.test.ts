import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeFolder, makeRow, readAll, textsOf, writeAll } from '../../../test/support/formats.ts'
import { makeTar } from '../../../test/support/tar.ts'
import {
  altogetherRound3Writer,
  altogetherWriter,
  metaclipNestedWriter,
  metaclipWriter,
} from './altogether-writer.ts'
import { altogetherReader, metaclipReader } from './altogether.ts'

const revision = (uid: string, round: number, text: string) => ({
  ...{ uid, round, text, parent: null, authorKind: 'human' as const, author: 'a', note: '' },
  ...{ isWithdrawn: false, createdAt: 0, proposals: [], guidelineVersion: null },
  ...{ editingMs: null, editShare: null },
})

describe('Altogether records', () => {
  test('have the last round as caption and those before it to look at', async () => {
    const data = [
      {
        alt: 'web',
        round1: 'one',
        round3: 'three',
        round2: 'two',
        url: 'https://x.test/1',
        img_path: 'a.jpg',
      },
      { alt: 'web 2', round3: 'drei', url: 'https://x.test/2', img_path: '/fsx/elsewhere/b.jpg' },
    ]
    const root = await makeFolder({ 'a.json': JSON.stringify({ data }), 'a.jpg': '' })
    expect(await altogetherReader.sniff(join(root, 'a.json'))).toBeGreaterThan(0.8)
    const { records, errors } = await readAll(altogetherReader, join(root, 'a.json'))
    expect(errors).toEqual([])
    expect(records).toMatchObject([
      {
        ...{ locator: 'a.jpg', caption: 'three', url: 'https://x.test/1' },
        altTexts: [{ origin: 'alt', text: 'web' }],
        proposals: [
          { column: 'round1', text: 'one' },
          { column: 'round2', text: 'two' },
        ],
      },
      {
        ...{ locator: 'url:https://x.test/2', caption: 'drei', filePath: null },
        problem: { code: 'IMAGE_FILE_MISSING' },
      },
    ])
  })

  test('are written with one text a round, the same bytes twice, and read back', async () => {
    const source = await makeFolder({ 'x.gif': '' })
    const filePath = join(source, 'x.gif')
    const rows = [
      makeRow({
        ...{ filePath, url: 'https://x.test/1', text: 'third\nround' },
        image: {
          round: 3,
          revisions: [revision('1', 1, 'first'), revision('3', 3, 'third\nround')],
        },
      }),
      makeRow({ filePath, text: 'an alt-text', textKind: 'alt', image: { uid: 'b' } }),
      makeRow({ filePath, text: '', textKind: 'none', image: { uid: 'c', alts: [] } }),
      makeRow({ text: 'x '.repeat(200), image: { uid: 'd' } }),
      makeRow({ filePath, text: 'x '.repeat(200), image: { uid: 'e' } }),
    ]
    const first = await writeAll(altogetherWriter, rows)
    const text = await readFile(join(first.root, 'altogether.json'), 'utf8')
    const second = await writeAll(altogetherWriter, rows)
    expect(text).toBe(await readFile(join(second.root, 'altogether.json'), 'utf8'))
    expect(first.outcomes).toEqual(['done', 'done', 'skipped', 'failed', 'done'])
    expect((JSON.parse(text) as { data: unknown[] }).data.slice(0, 2)).toEqual([
      {
        ...{ alt: 'an alt-text', round1: 'first', round2: 'first', round3: 'third round' },
        ...{
          url: 'https://x.test/1',
          img_path: 'images/one.gif',
          source: 'realign',
          face_bbox: [],
        },
      },
      {
        ...{ alt: 'an alt-text', round1: 'an alt-text' },
        ...{ url: '', img_path: 'images/one-2.gif', source: 'realign', face_bbox: [] },
      },
    ])
    const compatible = await writeAll(altogetherRound3Writer, rows)
    const compatibleText = await readFile(join(compatible.root, 'altogether.json'), 'utf8')
    expect((JSON.parse(compatibleText) as { data: unknown[] }).data.slice(0, 2)).toMatchObject([
      { round1: 'first', round3: 'third round' },
      { round1: 'an alt-text', round3: 'an alt-text' },
    ])
    expect(first.warnings).toEqual([
      expect.stringMatching(/^1 images have no text/),
      expect.stringMatching(/^1 captions have more than about 190 tokens/),
      expect.stringMatching(/line ends/),
    ])
    const { records, errors } = await readAll(altogetherReader, join(first.root, 'altogether.json'))
    expect(errors).toEqual([])
    expect(records.map(({ locator, caption }) => [locator, caption?.slice(0, 11) ?? null])).toEqual(
      [
        ['images/one.gif', 'third round'],
        ['images/one-2.gif', null],
        ['images/one-4.gif', 'x x x x x x'],
      ],
    )
  })
})

describe('MetaCLIP shards', () => {
  test('are read with their kinds of texts, and half pairs are reported', async () => {
    const root = await makeFolder({
      '7/7.tar': makeTar([
        [
          'aa.json',
          JSON.stringify({
            texts: [
              ['alt', 'web'],
              ['title', 'T'],
              ['data-image-title', 'D'],
              ['alt', ''],
            ],
          }),
        ],
        ['aa.jpeg', '1'],
        ['bb.jpg', '2'],
        ['bb.json', JSON.stringify({ text: [['alt', 'doc']] })],
        ['cc.json', JSON.stringify({ texts: [['alt', 'lonely']] })],
        ['dd.jpeg', '3'],
        ['ee.jpeg', '4'],
        ['ee.json', '{"texts":"no list"}'],
      ]),
      'captions/7/7.json': JSON.stringify({ aa: 'capt', bb: { altogether: 'both' } }),
      'pkg_json/8/8.json': JSON.stringify({
        ff: [
          ['packed', 'en', [1]],
          ['zwei', 'de', []],
        ],
      }),
      '8/8.tar': makeTar([['ff.jpeg', '5']]),
    })
    expect(await metaclipReader.sniff(root)).toBe(0.95)
    const { records, errors, warnings } = await readAll(metaclipReader, root)
    expect(records.map((record) => [record.locator, record.caption, textsOf(record)])).toEqual([
      ['7/7.tar/aa.jpeg', 'capt', ['web', 'T', 'D']],
      ['7/7.tar/bb.jpg', 'both', ['doc']],
      ['8/8.tar/ff.jpeg', null, ['packed', 'zwei']],
    ])
    expect(records[0]?.altTexts.map(({ origin }) => origin)).toEqual(['alt', 'title', 'title'])
    expect(errors.map(({ item }) => item)).toEqual(['7/7.tar/cc', '7/7.tar/dd', '7/7.tar/ee'])
    expect(warnings).toEqual([
      expect.stringMatching(/^1 pictures end in something other than .jpeg/),
    ])
  })

  test('are written in pairs alone, named by the address', async () => {
    const source = await makeFolder({ 'x.jpg': Buffer.from('picture') })
    const filePath = join(source, 'x.jpg')
    const image = { format: 'jpeg' }
    const url = 'https://x.test/1'
    const rows = [
      makeRow({ filePath, url, image, text: 'the\ncaption' }),
      makeRow({
        filePath,
        url,
        image: { ...image, uid: 'b' },
        text: 'an alt-text',
        textKind: 'alt',
      }),
      makeRow({ filePath, image: { ...image, uid: 'c', alts: [] } }),
      makeRow({ image: { ...image, uid: 'd' } }),
      makeRow({ filePath, image: { uid: 'e', format: 'png' } }),
    ]
    const first = await writeAll(metaclipWriter, rows)
    const second = await writeAll(metaclipWriter, rows)
    const tar = await readFile(join(first.root, '0/0.tar'))
    expect(tar.equals(await readFile(join(second.root, '0/0.tar')))).toBe(true)
    expect(first.outcomes).toEqual(['done', 'done', 'skipped', 'failed', 'failed'])
    const uuid = createHash('sha224').update('https://x.test/1').digest('hex').slice(0, 24)
    const captions: unknown = JSON.parse(
      await readFile(join(first.root, 'captions/0/0.json'), 'utf8'),
    )
    expect(captions).toEqual({ [uuid]: 'the caption' })
    const nested = await writeAll(metaclipNestedWriter, rows)
    const nestedText = await readFile(join(nested.root, 'captions/0/0.json'), 'utf8')
    expect(JSON.parse(nestedText)).toEqual({ [uuid]: { altogether: 'the caption' } })
    expect((await readAll(metaclipReader, nested.root)).records[0]?.caption).toBe('the caption')
    const { records, errors, warnings } = await readAll(metaclipReader, first.root)
    expect([errors, warnings]).toEqual([[], []])
    expect(records[0]?.locator).toBe(`0/0.tar/${uuid}.jpeg`)
    expect(records.map((record) => [record.caption, textsOf(record)])).toEqual([
      ['the caption', ['an alt-text']],
      [null, ['an alt-text']],
    ])
  })
})
