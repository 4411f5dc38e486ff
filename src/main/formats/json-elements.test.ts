import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeFolder } from '../../../test/support/formats.ts'
import { readJsonElements, type JsonElement } from './json-elements.ts'

async function readDocument(text: string | Buffer): Promise<readonly JsonElement[]> {
  const path = join(await makeFolder({ 'x.json': Buffer.from(text) }), 'x.json')
  const found: JsonElement[] = []
  for await (const batch of readJsonElements(path, new AbortController().signal))
    found.push(...batch)
  return found
}

const valuesOf = (elements: readonly JsonElement[]) =>
  elements.map((element) =>
    element.kind === 'value' ? [element.key, element.index, element.value] : element.kind,
  )

describe('elements of a JSON document', () => {
  test('come from lists, members and lists in members', async () => {
    expect(valuesOf(await readDocument('\ufeff [1, "a,]\\"", {"x": [2]} , null] '))).toEqual([
      [null, 0, 1],
      [null, 1, 'a,]"'],
      [null, 2, { x: [2] }],
      [null, 3, null],
    ])
    expect(
      valuesOf(await readDocument('{"info": {"a": "}"}, "list" : [ ], "b":[true ,-1e3]}')),
    ).toEqual([
      ['info', null, { a: '}' }],
      ['b', 0, true],
      ['b', 1, -1000],
    ])
  })

  test('are the same as JSON.parse gives, wherever chunks are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue(), { maxLength: 6 }),
        fc.nat(40),
        async (list, gap) => {
          // A text in front moves what follows over the border of a chunk.
          const filler = '\\'.repeat(Math.floor((256 * 1024 - gap) / 2) - 4)
          const document = JSON.stringify([filler, ...list])
          const elements = await readDocument(document)
          expect(
            elements.slice(1).map((element) => element.kind === 'value' && element.value),
            // Not the list itself: JSON has no -0.
          ).toEqual((JSON.parse(document) as unknown[]).slice(1))
        },
      ),
      { numRuns: 25 },
    )
  })

  test('say where in the file they are', async () => {
    const text = '{"images": [ {"é": 1}, {"b": 2} ]}'
    const path = join(await makeFolder({ 'x.json': text }), 'x.json')
    const bytes = await readFile(path)
    for await (const batch of readJsonElements(path, new AbortController().signal)) {
      for (const element of batch) {
        if (element.kind !== 'value') throw new Error('Every element is a value.')
        const { offset, sizeBytes } = element
        expect(JSON.parse(bytes.toString('utf8', offset, offset + sizeBytes))).toEqual(
          element.value,
        )
      }
    }
  })

  test('cost themselves when they are damaged, too deep or too long', async () => {
    expect(valuesOf(await readDocument('[1, {"a" 2}, tru, 3]'))).toEqual([
      [null, 0, 1],
      ...['error', 'error'],
      [null, 3, 3],
    ])
    expect(
      valuesOf(
        await readDocument(Buffer.from([...Buffer.from('["'), 0xff, ...Buffer.from('",1]')])),
      ),
    ).toEqual(['error', [null, 1, 1]])
    const deep = '['.repeat(100_000) + ']'.repeat(100_000)
    expect(valuesOf(await readDocument(`[${deep},1]`))).toEqual(['error', [null, 1, 1]])
    const long = 'x'.repeat(17 * 1024 * 1024)
    expect(valuesOf(await readDocument(`["${long}",1]`))).toEqual(['error', [null, 1, 1]])
  })

  test.each(['', 'hello', '3', '[1 2]', '[1,', '{"a" 1}', '{"a":[1,2', '{a:1}', '[,1]', '{"a":}'])(
    'end at %j with what is wrong',
    async (text) => {
      const elements = await readDocument(text)
      expect(elements.at(-1)).toMatchObject({
        kind: 'broken',
        message: expect.stringMatching(/byte \d+/) as string,
      })
      expect(elements.filter(({ kind }) => kind === 'broken')).toHaveLength(1)
    },
  )
})
