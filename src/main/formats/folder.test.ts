import { mkdir, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { makeFolder, readAll, textsOf } from '../../../test/support/formats.ts'
import { folderReader } from './folder.ts'

const signal = new AbortController().signal

describe('folder reader', () => {
  test('pairs pictures with sidecars of every kind, in sorted order', async () => {
    const root = await makeFolder({
      'b.JPG': '',
      'b.txt': 'second\n',
      'a.png': '',
      'a.txt': 'from txt',
      'a.caption': 'from caption\r\n',
      'a.CAP': 'from cap',
      'sub/c.webp': '',
      'sub/c.webp.txt': 'by the whole name',
      'sub/deep/d.svg': '',
    })
    const { records, errors, warnings } = await readAll(folderReader, root)
    expect(records.map(({ locator }) => locator)).toEqual([
      'a.png',
      'b.JPG',
      'sub/c.webp',
      'sub/deep/d.svg',
    ])
    expect(records.map((record) => [...textsOf(record)].sort())).toEqual([
      ['from cap', 'from caption', 'from txt'],
      ['second'],
      ['by the whole name'],
      [],
    ])
    expect(records[0]).toMatchObject({ filePath: join(root, 'a.png'), url: null, caption: null })
    expect(records[0]?.altTexts[0]?.origin).toBe('sidecar')
    expect(errors).toEqual([])
    expect(warnings).toEqual([])
  })

  test('keeps a text as it stands but for one line feed at its end', async () => {
    const root = await makeFolder({ 'a.png': '', 'a.txt': '  one, two\n\tthree \n\n' })
    const { records } = await readAll(folderReader, root)
    expect(textsOf(records[0])).toEqual(['  one, two\n\tthree \n'])
  })

  test('takes names with spaces, quotes, emoji and right-to-left text', async () => {
    const names = ['two words', `it's "so"`, '🎉 party', 'شارع في المطر', 'a.b.c', '100% #1&2']
    const files = Object.fromEntries(
      names.flatMap((name) => [
        [`${name}.jpg`, ''],
        [`${name}.txt`, name],
      ]),
    )
    const { records, errors } = await readAll(folderReader, await makeFolder(files))
    expect(errors).toEqual([])
    expect(records.map((record) => textsOf(record)[0]).sort()).toEqual(names.sort())
    expect(records.every((record) => record.locator === `${textsOf(record)[0] ?? ''}.jpg`)).toBe(
      true,
    )
  })

  test('gives a shared sidecar to every image of its stem, and says so', async () => {
    const root = await makeFolder({ 'a.jpg': '', 'a.png': '', 'a.txt': 'both' })
    const { records, warnings } = await readAll(folderReader, root)
    expect(records.map(textsOf)).toEqual([['both'], ['both']])
    expect(warnings).toEqual([expect.stringMatching(/a\.txt.*a\.jpg, a\.png/)])
  })

  test('reports a sidecar without image, but not a note about the folder', async () => {
    const root = await makeFolder({ 'a.jpg': '', 'b.txt': 'lost', 'README.txt': 'about' })
    const { records, errors, warnings } = await readAll(folderReader, root)
    expect(records).toHaveLength(1)
    expect(errors).toMatchObject([{ item: 'b.txt', code: 'ROW_INVALID' }])
    expect(errors[0]?.message).toMatch(/sidecar without image/i)
    expect(warnings).toEqual([expect.stringMatching(/README\.txt/)])
  })

  test('leaves hidden files, caches and project folders alone', async () => {
    const root = await makeFolder({
      'a.jpg': '',
      '.hidden/b.jpg': '',
      '._a.jpg': '',
      'metadata_cache.json': '{}',
      'realign-manifest.json': '{}',
      'project.realign': 'x',
      'project.realign-wal': 'x',
      'cache/thumbnail.webp': '',
    })
    const { records, warnings } = await readAll(folderReader, root)
    expect(records.map(({ locator }) => locator)).toEqual(['a.jpg'])
    expect(warnings).toEqual([])
  })

  test('takes a folder called cache where there is no project', async () => {
    const { records } = await readAll(folderReader, await makeFolder({ 'cache/a.jpg': '' }))
    expect(records.map(({ locator }) => locator)).toEqual(['cache/a.jpg'])
  })

  test.skipIf(process.platform === 'win32')(
    'reports loops and links that leave the source',
    async () => {
      const outside = await makeFolder({ 'secret.jpg': '', 'in/deep.jpg': '' })
      const root = await makeFolder({ 'sub/a.jpg': '', 'sub/a.txt': 'text' })
      await symlink(root, join(root, 'sub', 'loop'))
      await symlink(join(root, 'self'), join(root, 'self'))
      await symlink(join(outside, 'secret.jpg'), join(root, 'out.jpg'))
      await symlink(join(outside, 'in'), join(root, 'outfolder'))
      await symlink(join(root, 'gone.jpg'), join(root, 'dangling.jpg'))
      await symlink(join(root, 'sub', 'a.jpg'), join(root, 'within.jpg'))
      await symlink(join(root, 'sub'), join(root, 'twin'))
      const { records, errors, warnings } = await readAll(folderReader, root)
      expect(records.map(({ locator }) => locator)).toEqual(['within.jpg', 'sub/a.jpg'])
      expect(errors.map(({ item, code }) => [item, code]).sort()).toEqual([
        ['dangling.jpg', 'IMAGE_FILE_MISSING'],
        ['out.jpg', 'PATH_OUTSIDE_SOURCE'],
        ['outfolder', 'PATH_OUTSIDE_SOURCE'],
        ['self', 'SOURCE_UNREADABLE'],
        ['sub/loop', 'SOURCE_UNREADABLE'],
      ])
      expect(warnings).toEqual([expect.stringMatching(/"twin"/)])
    },
  )

  test('goes on where a folder cannot be read', async () => {
    const root = await makeFolder({ 'a.jpg': '', 'gone/b.jpg': '', 'later/c.jpg': '' })
    const seen: string[] = []
    for await (const event of folderReader.read({ path: root, map: {}, signal })) {
      // The folder is listed by now; taking it away makes reading it fail on every system and for every user.
      if (seen.length === 0) await rm(join(root, 'gone'), { recursive: true })
      seen.push(
        event.kind === 'record'
          ? event.record.locator
          : `${event.kind} ${event.kind === 'error' ? event.item : ''}`,
      )
    }
    expect(seen).toEqual(['a.jpg', 'error gone', 'later/c.jpg'])
  })

  test('reads sidecars in other encodings and names the encoding', async () => {
    const text = 'Über den Dächern von Köln, größer und schöner als früher'
    const root = await makeFolder({
      'bom.jpg': '',
      'bom.txt': Buffer.from(`\ufeff${text}`),
      'latin.jpg': '',
      'latin.txt': Buffer.from(text, 'latin1'),
      'wide.jpg': '',
      'wide.txt': Buffer.from(`\ufeff${text}\r\n`, 'utf16le'),
    })
    const { records, warnings } = await readAll(folderReader, root)
    expect(records.map(textsOf)).toEqual([[text], [text], [text]])
    expect(warnings).toHaveLength(2)
    expect(warnings.join()).toMatch(/windows-1252.*guess/)
    expect(warnings.join()).toMatch(/UTF-16LE/)
  })

  test('guesses the encoding of a folder from all its sidecars together', async () => {
    const texts = [
      '猫が窓辺で眠っている',
      '赤いバスが雨の通りを走る',
      '子供たちが公園で遊んでいる',
      '山の上に白い雲',
    ]
    const files = texts.flatMap((text, index): readonly (readonly [string, string | Buffer])[] => [
      [`${index}.jpg`, ''],
      [`${index}.txt`, iconv.encode(text, 'shift_jis')],
    ])
    const { records } = await readAll(folderReader, await makeFolder(Object.fromEntries(files)))
    expect(records.map(textsOf)).toEqual(texts.map((text) => [text]))
  })

  test('refuses what is no text or too long, and keeps the image', async () => {
    const root = await makeFolder({
      'binary.jpg': '',
      'binary.txt': Buffer.from('ab\0cd'),
      'empty.jpg': '',
      'empty.txt': ' \n',
      'long.jpg': '',
      'long.txt': Buffer.alloc(2 * 1024 * 1024, 'x'),
    })
    const { records, errors, warnings } = await readAll(folderReader, root)
    expect(records.map(textsOf)).toEqual([[], [], []])
    expect(errors.map(({ item, code }) => [item, code])).toEqual([
      ['binary.txt', 'ROW_INVALID'],
      ['long.txt', 'TOO_LARGE'],
    ])
    expect(warnings).toEqual([expect.stringMatching(/1 text files are empty/)])
  })

  test('says what it looked for where there is no image', async () => {
    const root = await makeFolder({ 'data.jsonl': '{}' })
    await mkdir(join(root, 'empty'))
    const preview = await folderReader.preview({ path: root, map: {}, limit: 5, signal })
    expect(preview.records).toEqual([])
    expect(preview.warnings.join()).toMatch(/No image was found.*\.jpg/)
    expect(preview.warnings.join()).toMatch(/import the table file itself/)
  })

  test('throws for a source that is not there, without naming the disk', async () => {
    const root = await makeFolder()
    const reading = readAll(folderReader, join(root, 'nothing'))
    await expect(reading).rejects.toMatchObject({ code: 'SOURCE_NOT_FOUND' })
    await expect(reading).rejects.not.toThrow(root)
  })

  test('stops when asked', async () => {
    const controller = new AbortController()
    const root = await makeFolder({ 'a.jpg': '', 'sub/b.jpg': '' })
    const reading = async (): Promise<void> => {
      for await (const _ of folderReader.read({ path: root, map: {}, signal: controller.signal }))
        controller.abort()
    }
    await expect(reading()).rejects.toThrow(/abort/)
  })
})
