import { describe, expect, it } from 'vitest'
import { readAhead } from './read-ahead.ts'

async function* numbers(count: number, made: number[]): AsyncGenerator<number> {
  for (let number = 0; number < count; number += 1) {
    made.push(number)
    yield await Promise.resolve(number)
  }
}

describe('readAhead', () => {
  it.each([0, 1, 3])('gives all of %i items in order', async (count) => {
    const made: number[] = []
    const seen: number[] = []
    for await (const number of readAhead(numbers(count, made))) seen.push(number)
    expect(seen).toEqual(made)
    expect(seen).toHaveLength(count)
  })

  it('has asked for the next item when it gives one, and for no more', async () => {
    const made: number[] = []
    const items = readAhead(numbers(5, made))
    await items.next()
    expect(made).toEqual([0, 1])
  })

  it('fails where the source does, after what came before', async () => {
    async function* failing(): AsyncGenerator<number> {
      yield await Promise.resolve(1)
      throw new Error('no more')
    }
    const seen: number[] = []
    const all = async (): Promise<void> => {
      for await (const item of readAhead(failing())) seen.push(item)
    }
    await expect(all()).rejects.toThrow('no more')
    expect(seen).toEqual([1])
  })

  it('ends the source when somebody stops early', async () => {
    let isEnded = false
    async function* endless(): AsyncGenerator<number> {
      try {
        for (let number = 0; ; number += 1) yield await Promise.resolve(number)
      } finally {
        isEnded = true
      }
    }
    for await (const item of readAhead(endless())) if (item === 2) break
    expect(isEnded).toBe(true)
  })
})
