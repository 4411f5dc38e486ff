import Database from 'better-sqlite3'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  addImages,
  prepareStore,
  TEST_PERSON,
  type StoredImageSpec,
} from '../../../../test/support/project-store.ts'
import { explain } from '../../../../test/support/query-plan.ts'
import { registerFunctions } from '../functions.ts'
import { findImages } from './image-sets.ts'
import { askedOf } from './asked-of.ts'
import { readQuery, toCondition } from './query-sql.ts'

const NOW = Date.UTC(2026, 10, 20, 12)
const DAY_MS = 86_400_000

const IMAGES = {
  bus: {
    name: 'Red-Bus_01.jpg',
    alts: ['A red bus in London', 'stock photo'],
    caption: 'A red double-decker bus passes two dogs.',
    authorName: 'Ann',
    status: 'accepted',
    round: 2,
    tags: ['Night', 'city life'],
    width: 1920,
    height: 1088,
    sizeBytes: 250_000,
    hash: '3fa4c0',
    perceptualHash: 'e0f8',
    uid: '0198c1aa',
    updatedAt: NOW - DAY_MS,
    createdAt: Date.UTC(2026, 10, 1),
  },
  busted: {
    name: 'busted%.png',
    alts: ['Busted! 100% café CRÈME'],
    draft: 'half a text',
    status: 'draft',
    format: 'png',
    width: 500,
    height: 500,
    updatedAt: NOW - 10 * DAY_MS,
    createdAt: Date.UTC(2026, 9, 31, 23, 59),
    tags: ['nightmare'],
  },
  chinese: {
    name: '公交车.webp',
    alts: ['伦敦的红色公交车', 'Автобус в Лондоне'],
    origin: 'title',
    format: 'webp',
    caption: 'ein roter Bus 🚌',
    authorKind: 'model',
    authorName: 'captioner',
    updatedAt: NOW - 40 * DAY_MS,
  },
  gone: { problem: 'missing', isAnimated: true, format: 'gif' },
  bad: { problem: 'broken', alts: [] },
} as const satisfies Record<string, StoredImageSpec>

const db = new Database(':memory:')
const ASKED = askedOf(db, { now: NOW, personId: TEST_PERSON })
const names = Object.keys(IMAGES)

function find(query: string): string {
  const { sql, params } = toCondition(readQuery(query), ASKED)
  const ids = db
    .prepare(`SELECT image_id FROM image_state s WHERE ${sql} ORDER BY image_id`)
    .pluck()
    .all(...params) as number[]
  expect(findAsSets(query)).toEqual(ids)
  return ids.map((id) => names[id - 1] ?? '').join(' ')
}

beforeAll(() => {
  prepareStore(db)
  registerFunctions(db)
  addImages(db, Object.values(IMAGES))
})

/** The same query found with sets; both ways must agree on every query of these tests. */
function findAsSets(query: string): number[] {
  const ast = readQuery(query)
  const all = Uint32Array.from(names, (_name, index) => index + 1)
  const scope = { db, asked: ASKED, newestId: all.length, all: () => all }
  return Array.from(ast === null ? all : findImages(ast, scope))
}

function plan(query: string): string {
  const { sql, params } = toCondition(readQuery(query), ASKED)
  return explain(db, `SELECT image_id FROM image_state s WHERE ${sql}`, params).join('\n')
}

describe('the plan of a query', () => {
  it.each([
    ['status:todo', /SEARCH s USING (COVERING )?INDEX image_state_by_status/],
    [
      'for:me',
      /SEARCH s USING INDEX image_state_by_status[^]*SEARCH p (EXISTS )?USING INTEGER PRIMARY KEY/,
    ],
    ['is:missing', /SEARCH s USING (COVERING )?INDEX image_state_with_problem/],
    ['pixels>1M', /SEARCH s USING (COVERING )?INDEX image_state_by_pixels/],
    ['length:10..20', /SEARCH s USING (COVERING )?INDEX image_state_by_text_length/],
    ['id:0198', /SEARCH i USING COVERING INDEX sqlite_autoindex_image_1/],
    ['hash:3fa4', /SEARCH i USING COVERING INDEX image_by_content_hash/],
    [
      'tag:night',
      /SEARCH t USING COVERING INDEX .*name=.*\n.*SEARCH it USING .*INDEX image_tag_by_tag/,
    ],
    [
      'dog',
      /alt_text_by_image[^]*SCAN f VIRTUAL TABLE INDEX 0:=M[^]*SCAN f VIRTUAL TABLE INDEX 0:=M/,
    ],
  ])('%s uses its index', (query, expected) => {
    expect(plan(query)).toMatch(expected)
  })
})

describe('a query as SQL', () => {
  it.each([
    ['', 'bus busted chinese gone bad'],
    ['bus', 'bus chinese'],
    ['BUS*', 'bus busted chinese'],
    ['"red bus"', 'bus'],
    ['"bus red"', ''],
    ['red -dogs', ''],
    ['red OR busted', 'bus busted'],
    ['-(red OR busted)', 'chinese gone bad'],
    ['cafe', 'busted'],
    ['alt:bus', 'bus'],
    ['caption:bus', 'bus chinese'],
    ['caption:bus -caption:dogs', 'chinese'],
    ['text:london,busted', 'bus busted'],
    ['alt:"double-decker"', ''],
    ['caption:"double-decker"', 'bus'],
  ])('words: %s', (query, expected) => {
    expect(find(query)).toBe(expected)
  })

  it.each([
    ['公交', 'chinese'],
    ['alt:红色', 'chinese'],
    ['caption:红色', ''],
    ['🚌', 'chinese'],
    ['caption:"bus 🚌"', 'chinese'],
    ['"%"', 'busted'],
    ['alt~"ED BU"', 'bus'],
    ['alt~"100%"', 'busted'],
    ['alt~"_"', ''],
    ['alt~crème', 'busted'],
    ['alt~CRÈM', 'busted'],
    ['alt~автобус', 'chinese'],
    ['alt~АВТО', 'chinese'],
    ['text~"roter b"', 'chinese'],
    ['alt~red,café', 'bus busted'],
  ])('parts and scripts without spaces: %s', (query, expected) => {
    expect(find(query)).toBe(expected)
  })

  it.each([
    ['status:accepted,draft', 'bus busted'],
    ['-status:TODO', 'bus busted'],
    ['round>=1', 'bus'],
    ['round:0', 'busted chinese gone bad'],
    ['tag:night', 'bus'],
    ['tag:night*', 'bus busted'],
    ['tag~mare', 'busted'],
    ['tag:"city life"', 'bus'],
    ['-tag:night', 'busted chinese gone bad'],
    ['has:draft', 'busted'],
    ['has:caption', 'bus chinese'],
    ['has:tag', 'bus busted'],
    ['-has:alt', 'gone bad'],
    ['has:revision', 'bus chinese'],
    ['is:missing', 'gone'],
    ['is:missing,broken', 'gone bad'],
    ['is:animated', 'gone'],
    ['alts>1', 'bus chinese'],
    ['revisions:1', 'bus chinese'],
    ['length<20 length>0', 'chinese'],
  ])('the state: %s', (query, expected) => {
    expect(find(query)).toBe(expected)
  })

  it.each([
    ['width:500', 'busted'],
    ['width:1000..500', 'busted'],
    ['width:..499,1900..', 'bus'],
    ['-width>1', 'chinese gone bad'],
    ['pixels>1M', 'bus'],
    ['aspect:16/9', 'bus'],
    ['aspect:1', 'busted'],
    ['aspect<=1', 'busted'],
    ['aspect:1.2..2', 'bus'],
    ['size:200k..1M', 'bus'],
    ['format:PNG', 'busted'],
    ['format:jpg', 'bus bad'],
    ['name:bus', 'bus busted'],
    ['name:*.PNG', 'busted'],
    ['name:red?bus*', 'bus'],
    ['name:"%"', 'busted'],
    ['name:*车*', 'chinese'],
    ['name:*.?pg', 'bus gone bad'],
    ['id:0198', 'bus'],
    ['hash:3FA', 'bus'],
    ['hash:3fb', ''],
    ['phash:e0', 'bus'],
    ['source:WEB', 'bus busted chinese gone bad'],
    ['source:*web', 'bus busted chinese gone bad'],
    ['source:other', ''],
    ['origin:title', 'chinese'],
    ['author:ann', 'bus'],
    ['author:model', 'chinese'],
    ['author:me', 'bus'],
    ['author:"me"', ''],
    ['work:1', 'bus busted chinese gone bad'],
    ['work:>1', ''],
    ['for:me', 'busted chinese gone bad'],
    ['for:ann', 'busted chinese gone bad'],
    ['for:An*', 'busted chinese gone bad'],
    ['for:Bob', ''],
    ['-for:me', 'bus'],
    ['author:"model"', ''],
    ['author~caption', 'chinese'],
    ['-author:human', 'busted chinese gone bad'],
  ])('the image: %s', (query, expected) => {
    expect(find(query)).toBe(expected)
  })

  it.each([
    ['updated:<7d', 'bus'],
    ['updated:7d', 'bus'],
    ['updated:>7d updated:<30d', 'busted'],
    ['updated:7d..30d', 'busted'],
    ['updated:..30d', 'bus busted'],
    ['updated:35d..', 'chinese gone bad'],
    ['added:2026-11-01', 'bus'],
    ['added:2026-10-31', 'busted'],
    ['added:2026-10', 'busted'],
    ['added:2026', 'bus busted'],
    ['added:2026-10..2026-11-01', 'bus busted'],
    ['added>2026-10', 'bus'],
    ['added>=2026-10', 'bus busted'],
    ['added<2026-11-01', 'busted chinese gone bad'],
    ['added<=2026-11-01', 'bus busted chinese gone bad'],
    ['added:2026-11..', 'bus'],
  ])('times: %s', (query, expected) => {
    expect(find(query)).toBe(expected)
  })

  it('says where a mistake is', () => {
    expect(() => readQuery('dog staus:todo')).toThrow(
      expect.objectContaining({ code: 'QUERY_INVALID', data: { start: 4, end: 9 } }),
    )
  })

  it('takes any text as text, whatever signs it holds', () => {
    const text = fc
      .oneof(
        fc.string({ unit: 'binary', minLength: 1 }),
        fc.string({ unit: 'grapheme', minLength: 1 }),
        // What every object has, and no search may find by accident.
        fc.constantFrom('__proto__', 'constructor', 'toString'),
      )
      .filter((value) => value.trim() !== '')
    const field = fc.constantFrom(
      '',
      'alt:',
      'caption~',
      'text~',
      'name:',
      'tag:',
      'tag~',
      'source:',
    )
    fc.assert(
      fc.property(field, text, fc.constantFrom('', '*'), (start, value, star) => {
        const quoted = `"${value.replaceAll(/["\\]/gu, '\\$&')}"`
        expect(() => find(`${start}${quoted}${star}`)).not.toThrow()
      }),
      { numRuns: 300 },
    )
  })

  it('finds the same images with sets and with SQL, however terms are combined', () => {
    const term = fc.constantFrom(
      'bus',
      'alt:red',
      'caption~dog',
      '公交',
      'status:todo',
      'has:tag',
      'width>1',
    )
    const { query } = fc.letrec<{ query: string }>((tie) => ({
      query: fc.oneof(
        { maxDepth: 4 },
        term,
        tie('query').map((inner) => `-(${inner})`),
        fc.tuple(tie('query'), tie('query')).map(([a, b]) => `(${a} ${b})`),
        fc.tuple(tie('query'), tie('query')).map(([a, b]) => `(${a} OR ${b})`),
      ),
    }))
    fc.assert(
      fc.property(query, (text) => void find(text)),
      { numRuns: 200 },
    )
  })

  it('holds the largest queries that the parser lets through', () => {
    expect(find(`name:${Array.from({ length: 200 }, (_, i) => `a${i}`).join(',')}`)).toBe('')
    expect(find(Array.from({ length: 200 }, (_, i) => `w${i}`).join(' OR '))).toBe('')
    expect(find(`${'-('.repeat(14)}bus OR x${')'.repeat(14)}`)).toBe('bus chinese')
    const nested = Array.from({ length: 29 }, (_, i) => `(a${i} OR width:${i} b${i} `).join('')
    expect(find(`${nested}${')'.repeat(29)}`)).toBe('')
  })
})
