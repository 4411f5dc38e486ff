import { describe, expect, it } from 'vitest'
import { completionContext, completions, type DynamicValues } from './completions.ts'

/** `|` marks the caret. */
function complete(marked: string, dynamic?: DynamicValues): string[] {
  const caret = marked.indexOf('|')
  const query = marked.replace('|', '')
  return completions(query, caret, dynamic).map(
    ({ insert, start, end }) => query.slice(0, start) + insert + query.slice(end),
  )
}

describe('completions', () => {
  it('offers fields by the start of their name', () => {
    expect(complete('dog st|')).toEqual(['dog status:'])
    expect(complete('-ST|')).toEqual(['-status:'])
    expect(complete('st|:todo')).toEqual(['status:todo'])
    expect(complete('|')).toContain('status:')
  })

  it('offers values of a field, also after a comma', () => {
    expect(complete('status:to|')).toEqual(['status:todo'])
    expect(complete('status:todo,dr|')).toEqual(['status:todo,draft'])
    expect(complete('is:b|').slice(0, 4)).toEqual([
      ...['is:broken', 'is:bright', 'is:blurry', 'is:blank'],
    ])
    expect(complete('brightness:|')).toEqual(['brightness:<10%', 'brightness:>90%'])
    expect(complete('brightness<|')).toEqual(['brightness<10%'])
    expect(complete('updated:|')).toContain('updated:<7d')
  })

  it('offers and quotes values that the caller knows', () => {
    expect(complete('tag:ni|', { tag: ['night', 'nice day'] })).toEqual([
      'tag:night',
      'tag:"nice day"',
    ])
  })

  it('offers keywords once a capital is typed', () => {
    expect(complete('dog O|')).toContain('dog OR ')
    expect(complete('O|')).not.toContain('OR ')
    expect(complete('dog o|')).not.toContain('dog OR ')
  })

  it('tells the caller which values are wanted', () => {
    expect(completionContext('dog tag:"two w', 14)).toEqual({
      kind: 'value',
      field: 'tag',
      comparison: '',
      prefix: 'two w',
      start: 8,
      end: 14,
    })
    expect(completionContext('nofield:x', 9)).toEqual({ kind: 'none' })
    expect(completionContext('"a phrase', 5)).toEqual({ kind: 'none' })
  })
})
