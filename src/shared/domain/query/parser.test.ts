import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { QueryAst, QueryNode } from './ast.ts'
import { formatQuery } from './format.ts'
import { highlight } from './highlight.ts'
import { tokenize } from './lexer.ts'
import { parseQuery } from './parser.ts'

function parsed(query: string): QueryAst {
  const result = parseQuery(query)
  if (!result.ok) throw new Error(`${query}: ${result.error.message}`)
  return result.ast
}

function canonical(query: string): string {
  return formatQuery(parsed(query))
}

function mistake(query: string): { message: string; at: string } {
  const result = parseQuery(query)
  if (result.ok) throw new Error(`${query} was read as ${formatQuery(result.ast)}`)
  const { message, start, end } = result.error
  return { message, at: query.slice(start, end) }
}

/** Strings that look like queries, so that properties reach past the first error. */
const queryLike = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'status:todo',
        'tag:a,b',
        'width>=10',
        'round:1..2',
        'alt~"x y"',
        'updated:<7d',
      ),
      fc.constantFrom(
        ' ',
        '-',
        '(',
        ')',
        '"',
        'AND',
        'OR',
        'NOT',
        ',',
        ':',
        '*',
        '..',
        '\\',
        '<',
        '~',
      ),
      fc.constantFrom('name:*.jpg', 'has', 'nofield:1', '紅', 'dog*', '"two dogs"*', 'aspect:16:9'),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
    ),
    { maxLength: 14 },
  )
  .chain((parts) => fc.constantFrom(parts.join(''), parts.join(' ')))

describe('parseQuery', () => {
  it('reads an empty query as every image', () => {
    expect(parsed('')).toBeNull()
    expect(parsed('  \n ')).toBeNull()
  })

  it('reads the example of the query bar', () => {
    expect(canonical('status:todo round:<2 alt~"red bus"')).toBe(
      'status:todo round:<2 alt~"red bus"',
    )
  })

  it('binds AND tighter than OR, and a space is AND', () => {
    expect(parsed('a b OR c')).toMatchObject({
      kind: 'or',
      nodes: [{ kind: 'and' }, { kind: 'text', value: { text: 'c' } }],
    })
    expect(canonical('a AND b OR NOT (c OR d)')).toBe('a b OR -(c OR d)')
    expect(canonical('(a b) c')).toBe('a b c')
    expect(canonical('a (b OR c)')).toBe('a (b OR c)')
  })

  it('takes lower-case and quoted keywords as words', () => {
    expect(canonical('salt and "OR" pepper')).toBe('salt and "OR" pepper')
  })

  it('reads comparisons with and without a colon alike', () => {
    expect(canonical('round<2')).toBe('round:<2')
    expect(canonical('Width:>=1000')).toBe('width:>=1000')
    expect(canonical('width=500')).toBe('width:500')
  })

  it('reads ranges, open ranges and lists of them', () => {
    expect(parsed('width:500..1000')).toMatchObject({
      items: [{ kind: 'range', from: { text: '500' }, to: { text: '1000' } }],
    })
    expect(canonical('width:..10,20..,30')).toBe('width:..10,20..,30')
  })

  it('knows phrases, prefixes and escapes', () => {
    expect(parsed('"a \\"b\\" \\\\ \\n"')).toMatchObject({ value: { text: 'a "b" \\ \\n' } })
    expect(parsed('alt:bus*')).toMatchObject({ items: [{ value: { text: 'bus', star: true } }] })
    expect(parsed('alt:"bus*"')).toMatchObject({
      items: [{ value: { text: 'bus*', star: false } }],
    })
    expect(parsed('"two do"*')).toMatchObject({ value: { text: 'two do', star: true } })
  })

  it('keeps the place of each term', () => {
    const query = 'dog -tag:night'
    const nodes = (parsed(query) as QueryNode & { nodes: QueryNode[] }).nodes
    expect(nodes.map((node) => query.slice(node.start, node.end))).toEqual(['dog', '-tag:night'])
  })

  it.each([
    ['staus:todo', 'staus', /no field staus\. Did you mean status\?/],
    ['http://example.org', 'http', /no field http\. To look for these words, put them in quotes/],
    ['status:tdo', 'tdo', /Expected one of todo, draft.* Did you mean todo\?/],
    ['width:wide', 'wide', /Expected a number like 640 or 1\.5M for width, but came "wide"/],
    ['length:20%', '20%', /is compared: write length<20% or length:0%\.\.20%/],
    ['length<120%', '120%', /Expected a number/],
    ['length:10..20%', '10..20%', /both ends with % or both without/],
    ['updated<20%', '20%', /Expected a date/],
    ['updated:2026-02-30', '2026-02-30', /Expected a date like/],
    ['width:500..x', 'x', /Expected a number/],
    ['width:..', '..', /before or after/],
    ['hash:xyz', 'xyz', /hexadecimal/],
    ['tag<3', '<', /tag cannot be compared; write tag:night/],
    ['width~3', '~', /no text to look into/],
    ['tag: night', ':', /Expected a value right after :/],
    ['tag:a, b', ',', /Expected a value right after ,/],
    ['tag:"a"b', '"a"b', /Expected a space or a comma/],
    ['name:a(1)', 'a(', /in quotes/],
    ['width<3,4', ',', /takes one value/],
    ['alt:"red', '"red', /quote is not closed/],
    ['tag:""', '""', /some text between quotes/],
    ['(a b', '(', /not closed/],
    ['a) b', ')', /closes nothing/],
    ['a ()', '()', /between \( and \)/],
    ['OR a', 'OR', /Expected a term before OR/],
    ['a OR', 'OR', /Expected a term after OR, but the query ends/],
    ['a - b', '-', /right after -/],
    ['NOT', 'NOT', /Expected a term after NOT/],
  ])('says what is wrong with %s', (query, at, message) => {
    const found = mistake(query)
    expect(found.at).toBe(at)
    expect(found.message).toMatch(message)
  })

  it('refuses what would be too much for the store', () => {
    expect(mistake('('.repeat(10_000)).message).toMatch(/Nested too deeply/)
    expect(mistake('-'.repeat(500) + 'a').message).toMatch(/Nested too deeply/)
    expect(mistake('a '.repeat(300)).message).toMatch(/Too many terms/)
    expect(mistake(`tag:${'a,'.repeat(300)}a`).message).toMatch(/Too many values/)
    expect(mistake('a'.repeat(5000)).message).toMatch(/Too long/)
  })

  it('answers any string with a tree or an error inside it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), queryLike), (query) => {
        const result = parseQuery(query)
        if (result.ok) return
        expect(result.error.start).toBeGreaterThanOrEqual(0)
        expect(result.error.start).toBeLessThan(result.error.end)
        expect(result.error.end).toBeLessThanOrEqual(query.length)
        expect(result.error.message).not.toBe('')
      }),
      { numRuns: 600 },
    )
  })
})

describe('formatQuery', () => {
  it('is read back as the same tree', () => {
    fc.assert(
      fc.property(queryLike, (query) => {
        const result = parseQuery(query)
        fc.pre(result.ok)
        const text = formatQuery(result.ast)
        expect(withoutPlaces(parsed(text))).toEqual(withoutPlaces(result.ast))
        expect(canonical(text)).toBe(text)
      }),
      { numRuns: 600 },
    )
  })
})

describe('tokenize and highlight', () => {
  it('cover any string without gaps', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), queryLike), (query) => {
        for (const tokens of [tokenize(query), highlight(query)]) {
          expect(tokens.map((token) => query.slice(token.start, token.end)).join('')).toBe(query)
        }
      }),
    )
  })

  it('tells known from unknown fields', () => {
    expect(highlight('-tag:a,"b c" foo:1 OR (x)').map((token) => token.kind)).toEqual([
      ...['not', 'field', 'operator', 'value', 'operator', 'value', 'space'],
      ...['unknown-field', 'operator', 'value', 'space', 'keyword', 'space'],
      ...['parenthesis', 'text', 'parenthesis'],
    ])
  })
})

function withoutPlaces(ast: QueryAst): unknown {
  return JSON.parse(
    JSON.stringify(ast, (key, value: unknown) => (key === 'start' || key === 'end' ? 0 : value)),
  )
}
