import { describe, expect, it } from 'vitest'
import { findMeaning, formatMeaning } from './meaning.ts'

function read(query: string) {
  const result = findMeaning(query)
  if (!result.ok) throw new Error(result.error.message)
  return result.meaning
}

describe('the meaning of a query', () => {
  it.each(['', 'bus', 'tag:sim status:todo', '"sim:dog"', 'sim:"open'])('is not in %j', (query) => {
    expect(read(query)).toBeNull()
  })

  it('is taken out of the rest, which keeps its sense', () => {
    expect(read('status:todo sim:"a dog in snow" (bus OR car) -sim:car like:3FA4,e0')).toEqual({
      texts: ['a dog in snow'],
      minus: ['car'],
      like: ['3fa4', 'e0'],
      rest: 'status:todo (bus OR car)',
    })
    expect(read('(sim:dog)')).toMatchObject({ texts: ['dog'], rest: '' })
    expect(read('sim:dog (a OR b)')).toMatchObject({ rest: 'a OR b' })
  })

  it.each([
    ['bus OR sim:dog', /beside the other terms/],
    ['-(bus sim:dog)', /beside the other terms/],
    ['-(-sim:dog) bus', /beside the other terms/],
    ['-sim:dog', /needs something to look for/],
    ['sim:dog -like:3fa4', /cannot be excluded/],
  ])('cannot be asked as %j', (query, message) => {
    const result = findMeaning(query)
    expect(result.ok ? '' : result.error.message).toMatch(message)
  })

  it('is written so that it reads the same', () => {
    for (const query of [
      'sim:"say \\"cheese\\""',
      'like:3fa4 sim:"in snow" -sim:"a car" status:todo (bus OR car)',
      'sim:"dog" (bus OR car)',
    ]) {
      const meaning = read(query)
      expect(meaning === null ? null : read(formatMeaning(meaning))).toEqual(meaning)
      expect(meaning === null ? null : formatMeaning(meaning)).toBe(query)
    }
  })
})
