import { copyFile, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { format } from 'prettier'
import { describe, expect, test } from 'vitest'
import { makeFolder, makeRow, readAll, textsOf, writeAll } from '../../../test/support/formats.ts'
import { exchangeJsonSchema } from './exchange-line.ts'
import type { ExchangeImage, ExchangeProject } from './format.ts'
import { realignReader, realignWriter } from './realign-exchange.ts'

const project: ExchangeProject = {
  uid: 'project-1',
  name: 'Birds "and" bees 🐝',
  appVersion: '0.1.0',
  people: ['Ann', 'Bob'],
  rounds: [
    {
      number: 1,
      name: 'Round 1',
      createdAt: 1_700_000_000_000,
      options: { needsOtherPerson: true, sampleShare: 0.5, sampleSeed: 7, stopBelowEdit: 0.05 },
      guidelines: [
        { version: 1, markdown: '# Be *true*\n', author: 'Ann', createdAt: 1_700_000_000_001 },
        { version: 2, markdown: '', author: 'Bob', createdAt: 1_700_000_000_002 },
      ],
    },
  ],
}

const full: Partial<ExchangeImage> = {
  uid: 'image-full',
  fileName: 'größe "x".gif',
  locations: ['a/größe "x".gif', 'url:https://x.test/a.gif'],
  perceptualHash: 'ff00ff00ff00ff00',
  status: 'returned',
  round: 2,
  workRound: 3,
  cameFrom: { round: 2, status: 'accepted' },
  tags: ['red', 'two words'],
  alts: [
    { uid: 'alt-1', origin: 'alt', text: ' kept\nas it is \ud800 ', createdAt: 1_700_000_000_123 },
    { uid: 'alt-2', origin: 'file-name', text: 'שלום', createdAt: 0 },
  ],
  headRevision: 'r2',
  revisions: [
    {
      uid: 'r1',
      parent: null,
      round: 1,
      text: 'one',
      authorKind: 'import',
      author: 'jsonl',
      note: '',
      isWithdrawn: true,
      createdAt: 5,
      guidelineVersion: null,
      editingMs: null,
      editShare: null,
      proposals: [],
    },
    {
      uid: 'r2',
      parent: 'r1',
      round: 2,
      text: 'two, better',
      authorKind: 'human',
      author: 'Ann',
      note: 'fixed',
      isWithdrawn: false,
      createdAt: 1_700_000_000_999,
      guidelineVersion: 2,
      editingMs: 61_250,
      editShare: 0.5,
      proposals: ['p1'],
    },
  ],
  proposals: [
    {
      uid: 'p1',
      text: 'two, \ud800 better',
      authorKind: 'model',
      author: 'a model',
      note: 'n',
      createdAt: 6,
      decisions: [
        { state: 'rejected', author: 'Bob', createdAt: 7 },
        { state: 'partly-accepted', author: 'Ann', createdAt: 8 },
      ],
    },
  ],
  overrides: [
    {
      uid: 'o1',
      kind: 'fate',
      alt: 1,
      rule: null,
      words: 'שלום',
      occurrence: 0,
      answer: 'private',
      reason: '',
      author: 'Ann',
      revision: 'r2',
      createdAt: 9,
    },
    {
      uid: 'o2',
      kind: 'hygiene',
      alt: null,
      rule: 'junk/x',
      words: '\udc00',
      occurrence: 1,
      answer: null,
      reason: '',
      author: 'Bob',
      revision: null,
      createdAt: 10,
    },
  ],
  reviews: [
    {
      uid: 'v1',
      revision: 'r1',
      submitted: 'r1',
      round: 1,
      decision: 'returned',
      remark: 'Which "one"?',
      quote: { start: 0, end: 3 },
      reviewer: 'Bob',
      isWithdrawn: true,
      createdAt: 1_700_000_000_500,
    },
    {
      uid: 'v2',
      revision: 'r2',
      submitted: 'r1',
      round: 2,
      decision: 'accepted',
      remark: '',
      quote: null,
      reviewer: 'Bob',
      isWithdrawn: false,
      createdAt: 1_700_000_001_500,
    },
  ],
  draft: { text: 'typing', base: 'r2', savedAt: 1_700_000_001_000 },
  problem: { code: 'IMAGE_UNREADABLE', message: 'cut off' },
}

async function exportTwo() {
  const source = await makeFolder({ 'x.gif': '' })
  const rows = [
    makeRow({ filePath: join(source, 'x.gif'), image: full }),
    makeRow({ image: { uid: 'image-lost', fileName: 'lost.gif' } }),
  ]
  return { rows, ...(await writeAll(realignWriter, rows, { project })) }
}

async function editLines(
  root: string,
  edit: (line: Record<string, unknown>) => unknown,
): Promise<void> {
  const path = join(root, 'realign.jsonl')
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n')
  const edited = lines.map((line) =>
    JSON.stringify(edit(JSON.parse(line) as Record<string, unknown>)),
  )
  await writeFile(path, edited.join('\n'))
}

function without(object: Record<string, unknown>, keys: readonly string[]): object {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)))
}

describe('exchange form', () => {
  test('gives back all that was written', async () => {
    const { rows, root, outcomes, warnings } = await exportTwo()
    expect(outcomes).toEqual(['done', 'done'])
    expect(warnings).toEqual([expect.stringMatching(/^1 images have no readable picture/)])
    const read = await readAll(realignReader, root)
    expect(read.errors).toEqual([])
    expect(read.warnings).toEqual([])
    expect(read.records.map(({ exchange }) => exchange)).toEqual(rows.map(({ image }) => image))
    expect(read.records[0]).toMatchObject({
      locator: 'images/größe _x_.gif',
      filePath: join(root, 'images/größe _x_.gif'),
      url: 'https://x.test/a.gif',
      caption: null,
      tags: ['red', 'two words'],
    })
    expect(textsOf(read.records[0])).toEqual([' kept\nas it is \ud800 ', 'שלום'])
    expect(read.records[1]).toMatchObject({ locator: 'row:image-lost', filePath: null })
    expect(await realignReader.readProject?.(root)).toEqual(project)
    expect(await realignReader.readProject?.(join(root, 'realign.jsonl'))).toEqual(project)
  })

  test('gives the same bytes from what was read', async () => {
    const { root } = await exportTwo()
    const read = await readAll(realignReader, root)
    const rows = read.records.map(({ exchange, filePath }) =>
      makeRow({ filePath, ...(exchange === null ? {} : { image: exchange }) }),
    )
    const again = await writeAll(realignWriter, rows, { project })
    for (const name of ['realign.jsonl', 'realign.json']) {
      expect(await readFile(join(again.root, name), 'utf8')).toBe(
        await readFile(join(root, name), 'utf8'),
      )
    }
  })

  test('can leave pictures out', async () => {
    const { rows } = await exportTwo()
    const { root, warnings } = await writeAll(realignWriter, rows, { images: 'none' })
    expect(warnings).toEqual([])
    const { records } = await readAll(realignReader, root)
    expect(records.map(({ filePath }) => filePath)).toEqual([null, null])
    expect(await realignReader.readProject?.(root)).toBeNull()
  })

  test('fits its JSON Schema, which is the committed one', async () => {
    const schema = exchangeJsonSchema()
    const text = await format(JSON.stringify(schema), { parser: 'json', printWidth: 100 })
    await expect(text).toMatchFileSnapshot('./realign-exchange.schema.json')
    const ajv = new Ajv2020({ strict: false })
    addFormats.default(ajv)
    const isLine = ajv.compile(schema)
    const isHeader = ajv.compile({ ...(schema['$defs'] as { header: object }).header })
    const { root } = await exportTwo()
    const lines = (await readFile(join(root, 'realign.jsonl'), 'utf8')).trimEnd().split('\n')
    for (const line of lines)
      expect(isLine(JSON.parse(line)), ajv.errorsText(isLine.errors)).toBe(true)
    expect(isHeader(JSON.parse(await readFile(join(root, 'realign.json'), 'utf8')))).toBe(true)
    expect(isLine({ ...(JSON.parse(lines[0] ?? '') as object), extra: 1 })).toBe(false)
  })

  test.each<[string, (line: Record<string, unknown>) => unknown, RegExp]>([
    ['a missing key', ({ uid: _, ...line }) => line, /"uid"/],
    ['an unknown key', (line) => ({ ...line, extra: 1 }), /extra/],
    ['a wrong type', (line) => ({ ...line, round: 'one' }), /"round"/],
    ['an unknown status', (line) => ({ ...line, status: 'finished' }), /"status"/],
    [
      'a head that is not there',
      (line) => ({ ...line, headRevision: 'r9' }),
      /"headRevision" names "r9"/,
    ],
    [
      'a revision twice',
      (line) => ({
        ...line,
        revisions: [...(line['revisions'] as unknown[]), ...(line['revisions'] as unknown[])],
      }),
      /twice/,
    ],
    [
      'a parent after its child',
      (line) => ({ ...line, revisions: (line['revisions'] as unknown[]).toReversed() }),
      /parent/,
    ],
    [
      'a time that is none',
      (line) => ({
        ...line,
        alts: [{ uid: 'a', origin: 'alt', text: 'x', createdAt: 'yesterday' }],
      }),
      /"alts.0.createdAt"/,
    ],
    [
      'an answer about an alt-text that is not there',
      (line) => ({
        ...line,
        overrides: (line['overrides'] as object[]).map((one) => ({ ...one, alt: 'alt-9' })),
      }),
      /names an alt-text "alt-9"/,
    ],
    [
      'a proposal that is not there',
      (line) => ({ ...line, proposals: [] }),
      /names a proposal "p1"/,
    ],
    ['a picture outside', (line) => ({ ...line, file: '../x.gif' }), /out of the source folder/],
    [
      'a review of nothing',
      (line) => ({
        ...line,
        reviews: (line['reviews'] as object[]).map((review) => ({ ...review, revision: 'r9' })),
      }),
      /review "v1" names "r9"/,
    ],
    ['a list', () => [], /a list/],
  ])('refuses %s in one line and reads the other', async (_, edit, message) => {
    const { root } = await exportTwo()
    await editLines(root, (line) => (line['uid'] === 'image-full' ? edit(line) : line))
    const { records, errors } = await readAll(realignReader, root)
    expect(records.map(({ exchange }) => exchange?.uid)).toEqual(['image-lost'])
    expect(errors).toMatchObject([
      { item: 'row 1', message: expect.stringMatching(message) as string },
    ])
  })

  test('reads version 1, which knew no rounds, reviews, proposals and answers', async () => {
    const { root, rows } = await exportTwo()
    const newKeys = ['workRound', 'cameFrom', 'reviews', 'proposals', 'overrides']
    const newRevisionKeys = ['proposals', 'guidelineVersion', 'editingMs', 'editShare']
    await editLines(root, (line) => ({
      ...without(line, newKeys),
      revisions: (line['revisions'] as Record<string, unknown>[]).map((revision) =>
        without(revision, newRevisionKeys),
      ),
    }))
    const header = JSON.parse(await readFile(join(root, 'realign.json'), 'utf8')) as object
    const rounds = [{ number: 1, name: 'Round 1' }]
    await writeFile(join(root, 'realign.json'), JSON.stringify({ ...header, version: 1, rounds }))
    const { records, errors } = await readAll(realignReader, root)
    expect(errors).toEqual([])
    expect(records.map(({ exchange }) => exchange?.uid)).toEqual(rows.map(({ image }) => image.uid))
    expect(records[0]?.exchange).toMatchObject({
      ...{ proposals: [], overrides: [], reviews: [], workRound: null, cameFrom: null },
      revisions: [{ guidelineVersion: null }, { guidelineVersion: null }],
    })
    expect((await realignReader.readProject?.(root))?.rounds).toEqual([
      {
        ...{ number: 1, name: 'Round 1', createdAt: null, guidelines: [] },
        options: {
          ...{ needsOtherPerson: false, sampleShare: 1, sampleSeed: 0, stopBelowEdit: null },
        },
      },
    ])
  })

  test('tells of a header that is missing, damaged, newer or counts otherwise', async () => {
    const { root } = await exportTwo()
    const header = join(root, 'realign.json')
    await copyFile(header, join(root, 'keep.json'))
    await editLines(root, (line) => line)
    const lines = await readFile(join(root, 'realign.jsonl'), 'utf8')
    await writeFile(join(root, 'realign.jsonl'), lines.split('\n')[0] ?? '')
    expect((await readAll(realignReader, root)).warnings).toEqual([
      expect.stringMatching(/counts 2 images.*1 lines/),
    ])
    await writeFile(header, '{"format":"realign-exchange","version":3,"more":[]}')
    await expect(readAll(realignReader, root)).rejects.toMatchObject({
      code: 'DATABASE_FROM_FUTURE',
    })
    await writeFile(header, '{"format":')
    await expect(readAll(realignReader, root)).rejects.toMatchObject({ code: 'SOURCE_UNREADABLE' })
    await rm(header)
    expect((await readAll(realignReader, root)).warnings).toEqual([
      expect.stringMatching(/no realign\.json/),
    ])
  })
})
