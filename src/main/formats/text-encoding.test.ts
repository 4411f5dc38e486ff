import { join } from 'node:path'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { makeFolder } from '../../../test/support/formats.ts'
import { decodeBytes, detectEncoding, detectFileEncoding, readTextChunks } from './text-encoding.ts'
import { readLines } from './text-lines.ts'

const signal = new AbortController().signal

test('any text in UTF-8 or UTF-16 comes back, without its mark', () => {
  const text = fc
    .string({ unit: 'grapheme', minLength: 1 })
    .filter((value) => !value.includes('\0'))
  fc.assert(
    fc.property(text, (value) => {
      const utf8 = Buffer.from(value)
      const marked = Buffer.from(`\ufeff${value}`)
      const wide = Buffer.from(`\ufeff${value}`, 'utf16le')
      for (const bytes of [utf8, marked, wide, Buffer.from(wide).swap16()]) {
        expect(decodeBytes(bytes, detectEncoding(bytes))).toBe(
          value.replace(/^\ufeff/, bytes === utf8 ? '' : '\ufeff'),
        )
      }
    }),
  )
})

test.each([
  ['windows-1252', 'Déjà vu à la crème brûlée, très élégant, où l’été s’achève “ici”'],
  ['windows-1251', 'Красный автобус едет по мокрой улице под дождём'],
  ['Shift_JIS', '赤いバスが雨の通りを走っている。猫が窓辺で眠っている。'],
  ['EUC-KR', '빨간 버스가 비 오는 거리를 달린다. 고양이가 창가에서 잔다.'],
  ['GB18030', '红色的公共汽车在雨中的街道上行驶。一只猫在窗边睡觉。'],
])('guesses %s from a few sentences', (name, text) => {
  const bytes = iconv.encode(text, name)
  expect(detectEncoding(bytes)).toEqual({ name, bomLength: 0, isGuessed: true })
  expect(decodeBytes(bytes, detectEncoding(bytes))).toBe(text)
})

test('takes mostly valid UTF-8 for UTF-8, and a byte of Latin letters for what it is', () => {
  expect(
    detectEncoding(Buffer.concat([Buffer.from('größer über'), Buffer.from([0xe9])])).name,
  ).toBe('UTF-8')
  expect(detectEncoding(Buffer.from('caf\xe9', 'latin1')).name).toBe('windows-1252')
  expect(detectEncoding(Buffer.from('plain text, wide', 'utf16le')).name).toBe('UTF-16LE')
})

test('looks for the first letter beyond ASCII far into a file', async () => {
  const ascii = 'plain line\n'.repeat(200_000)
  const root = await makeFolder({
    'utf8.txt': Buffer.from(`${ascii}größer 🎉\n`),
    'latin.txt': Buffer.from(`${ascii}größer und schöner über Köln\n`, 'latin1'),
    'ascii.txt': ascii,
  })
  expect((await detectFileEncoding(join(root, 'utf8.txt'))).name).toBe('UTF-8')
  expect((await detectFileEncoding(join(root, 'latin.txt'))).name).toBe('windows-1252')
  expect(await detectFileEncoding(join(root, 'ascii.txt'))).toMatchObject({
    name: 'UTF-8',
    isGuessed: false,
  })
})

test('keeps characters whole where pieces of a file meet', async () => {
  // Three bytes a character, so that borders of 64 KiB or 256 KiB fall within one.
  const text = `x${'猫'.repeat(300_000)}`
  const root = await makeFolder({ 'a.txt': text })
  const encoding = await detectFileEncoding(join(root, 'a.txt'))
  let read = ''
  for await (const chunk of readTextChunks({ path: join(root, 'a.txt'), encoding, signal }))
    read += chunk
  expect(read).toBe(text)
})

test('cuts lines the same in pieces of any size', async () => {
  async function cut(text: string, size: number): Promise<unknown[]> {
    async function* pieces(): AsyncGenerator<string> {
      await Promise.resolve()
      for (let start = 0; start < text.length; start += size) yield text.slice(start, start + size)
    }
    const lines: unknown[] = []
    for await (const batch of readLines(pieces(), 6))
      lines.push(...batch.map(({ number, text: line }) => [number, line]))
    return lines
  }
  expect(await cut('a\r\nb\n\nlonger than six\nc', 100)).toEqual([
    [1, 'a'],
    [2, 'b'],
    [3, ''],
    [4, null],
    [5, 'c'],
  ])
  const text = fc
    .array(fc.constantFrom('a', 'bcd', '\n', '\r\n', 'efghijk'), { maxLength: 20 })
    .map((parts) => parts.join(''))
  await fc.assert(
    fc.asyncProperty(text, fc.integer({ min: 1, max: 5 }), async (value, size) => {
      expect(await cut(value, size)).toEqual(await cut(value, 1000))
    }),
  )
})
