import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readRealSets } from './real-data.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'realign-real-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function write(name: string, value: unknown): Promise<void> {
  await writeFile(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value))
}

it('reads lists of wrong captions beside a true one', async () => {
  await write('picks.json', [
    {
      ...{ file_path: 'a.jpg', positive_sample: 'A dog.' },
      adversarial_samples: ['A cat.', 'A dog and a cat.'],
      random_samples: { insert: ['A dog and a boat.'] },
    },
    { file_path: 'b.jpg' },
  ])
  const [set] = await readRealSets(folder)
  expect(set?.name).toBe('OHD-Caps')
  expect(set?.pictures).toHaveLength(1)
  expect(set?.pictures[0]?.captions.map(({ text, tier, isTrue }) => [text, tier, isTrue])).toEqual([
    ['A dog.', 'random', true],
    ['A cat.', 'adversarial', false],
    ['A dog and a cat.', 'adversarial', false],
    ['A dog and a boat.', 'random', false],
  ])
})

it('reads captions with one wrong word, and which it is', async () => {
  await write('foil.json', {
    images: [{ id: 7, file_name: 'c.jpg' }],
    annotations: [
      { image_id: 7, caption: 'A man on a horse.', foil: false, foil_word: 'ORIG' },
      { image_id: 7, caption: 'A man on a cow.', foil: true, foil_word: 'cow' },
      { image_id: 8, caption: 'Of no image.', foil: false },
    ],
  })
  const [set] = await readRealSets(folder)
  expect(set).toEqual({
    name: 'FOIL',
    pictures: [
      {
        image: 'c.jpg',
        captions: [
          { text: 'A man on a horse.', isTrue: true, tier: 'adversarial', wrong: [] },
          {
            ...{ text: 'A man on a cow.', isTrue: false, tier: 'adversarial' },
            wrong: [{ start: 11, end: 14 }],
          },
        ],
      },
    ],
  })
})

it('reads labels of words', async () => {
  const grounding = [
    ['A', false],
    ['red', true],
    ['dog.', false],
  ]
  await write(
    'hat.jsonl',
    `${JSON.stringify({ image_path: 'd.jpg', caption: 'A red dog.', grounding })}\n`,
  )
  const [set] = await readRealSets(folder)
  expect(set?.name).toBe('HAT')
  expect(set?.pictures[0]?.captions[0]).toMatchObject({
    isTrue: false,
    wrong: [{ start: 2, end: 5 }],
  })
})

it('reads summaries with negatives, and passes over what it does not know', async () => {
  await mkdir(join(folder, 'complete'))
  const row = {
    image: 'e.jpg',
    summaries: { base: ['A mill.'] },
    negatives: { base: { swaps: ['A hill.'] } },
  }
  await write(join('complete', 'e.json'), row)
  await write(join('complete', 'f.json'), { image: 'f.jpg' })
  await write('other.json', { hello: 1 })
  await write('broken.json', '{')
  const sets = await readRealSets(folder)
  expect(sets.map(({ name }) => name)).toEqual(['DCI'])
  expect(sets[0]?.pictures[0]?.image).toBe(join('photos', 'e.jpg'))
  expect(sets[0]?.pictures[0]?.captions.map(({ text }) => text)).toEqual(['A mill.', 'A hill.'])
})
