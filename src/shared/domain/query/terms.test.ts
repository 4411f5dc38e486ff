import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatQuery } from './format.ts'
import { parseQuery } from './parser.ts'
import { hasTerm, toggleTerm, withoutField } from './terms.ts'

describe('toggleTerm', () => {
  it.each([
    ['', 'status', 'todo', 'status:todo'],
    ['status:todo', 'status', 'draft', 'status:todo,draft'],
    ['status:todo,draft dog', 'status', 'todo', 'status:draft dog'],
    ['dog AND status:todo', 'status', 'todo', 'dog'],
    ['status:todo', 'status', 'todo', ''],
    ['dog OR cat', 'tag', 'night', '(dog OR cat) tag:night'],
    ['-tag:night dog', 'tag', 'night', 'dog tag:night'],
    ['dog', 'tag', 'two words', 'dog tag:"two words"'],
    ['dog', 'tag', 'a"b\\c', 'dog tag:"a\\"b\\\\c"'],
    ['tag:Night', 'tag', 'night', ''],
    ['tag:nig*', 'tag', 'night', 'tag:nig*,night'],
  ] as const)('%s with %s %s gives %s', (query, field, value, expected) => {
    expect(toggleTerm(query, field, value)).toBe(expected)
  })

  it('appends to a query with a mistake rather than lose it', () => {
    expect(toggleTerm('(dog', 'status', 'todo')).toBe('(dog status:todo')
  })

  it('twice brings back the same query', () => {
    const tag = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
      .filter((s) => s.trim() !== '')
    const query = fc.constantFrom('', 'dog', 'tag:other dog', 'a OR b', '-(a b) tag:x,y')
    fc.assert(
      fc.property(query, tag, (text, name) => {
        const parsed = parseQuery(text)
        fc.pre(parsed.ok && !hasTerm(text, 'tag', name))
        const on = toggleTerm(text, 'tag', name)
        expect(hasTerm(on, 'tag', name)).toBe(true)
        const off = toggleTerm(on, 'tag', name)
        expect(off).toBe(formatQuery(parsed.ast))
      }),
    )
  })
})

describe('hasTerm', () => {
  it('sees only terms that every match must have', () => {
    expect(hasTerm('dog status:todo,draft', 'status', 'draft')).toBe(true)
    expect(hasTerm('status:todo OR dog', 'status', 'todo')).toBe(false)
    expect(hasTerm('-status:todo', 'status', 'todo')).toBe(false)
    expect(hasTerm('tag~night', 'tag', 'night')).toBe(false)
    expect(hasTerm('status:(', 'status', 'todo')).toBe(false)
  })
})

describe('withoutField', () => {
  it('leaves out the own terms of a field at the top only', () => {
    const parsed = parseQuery('dog status:todo (status:draft OR cat)')
    if (!parsed.ok) throw new Error(parsed.error.message)
    expect(formatQuery(withoutField(parsed.ast, 'status'))).toBe('dog (status:draft OR cat)')
  })
})
