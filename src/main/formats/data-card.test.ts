import { expect, test } from 'vitest'
import { makeRow } from '../../../test/support/formats.ts'
import { writeCroissant } from './croissant.ts'
import { writeDataCard } from './data-card.ts'
import { createFactCounter } from './set-facts.ts'

const PROJECT = {
  ...{ uid: 'project-1', name: 'My | <set>', appVersion: '1.2.3', people: [] },
  rounds: [{ number: 2, name: 'Add detail', createdAt: 0, options: {}, guidelines: [] }],
} as unknown as Parameters<typeof writeDataCard>[0]['project']
const WORDS = { licence: '', url: '', creator: '', description: '' }

function countFacts() {
  const counter = createFactCounter()
  const revision = { uid: 'r', round: 2, authorKind: 'human', author: 'Ann' }
  const revisions = [revision] as unknown as ReturnType<typeof makeRow>['image']['revisions']
  const proposals = [{ authorKind: 'model', author: 'captioner' }] as unknown as ReturnType<
    typeof makeRow
  >['image']['proposals']
  counter.add(makeRow({ url: 'https://a.test/x', image: { revisions, headRevision: 'r' } }))
  counter.add(makeRow({ url: 'https://b.test/y', textKind: 'none', image: { proposals } }))
  counter.add(makeRow({ url: 'https://b.test/z', textKind: 'alt' }))
  return counter.facts()
}

test('facts are counted as rows go by', () => {
  expect(countFacts()).toEqual({
    ...{ images: 3, captions: 1, altTexts: 3, accepted: 0, returned: 0, people: 1 },
    rounds: [[2, 1]],
    models: ['captioner'],
    hosts: [
      ['b.test', 2],
      ['a.test', 1],
    ],
    lastDay: '2025-01-02',
  })
})

test('a card says what is known, and no name breaks out of its place', () => {
  const card = writeDataCard({
    ...{ project: PROJECT, formatLabel: 'X', facts: countFacts() },
    words: { ...WORDS, licence: 'own "words"\n---', description: 'a\n# heading' },
  })
  const [, front = '', body = ''] = card.split(/^---$/m)
  expect(front).toContain('license_name: "own \\"words\\"\\n---"')
  expect(front).toContain('size_categories:\n  - n<1K')
  expect(body).toContain('# My \\| \\<set\\>')
  expect(body).toContain('a \\# heading')
  expect(body).toContain('| 2 | Add detail | 1 |')
  expect(body).toContain('- b.test: 2 images')
  expect(body).toContain('these models proposed texts: captioner')
})

test('Croissant has objects for files and a set for each kind of picture', () => {
  const file = (name: string) => ({ name, bytes: 5, sha256: 'ab' })
  const names = ['train/metadata.jsonl', 'train/a.jpg', 'train/b.jpg', 'train/c.png']
  const text = writeCroissant({
    ...{ project: PROJECT, formatId: 'imagefolder', facts: countFacts(), words: WORDS },
    files: names.map(file),
  })
  const document = JSON.parse(text) as {
    readonly distribution: readonly object[]
    readonly recordSet: readonly { readonly '@id': string }[]
  }
  expect(document).toMatchObject({
    ...{
      name: 'My-set',
      datePublished: '2025-01-02',
      license: 'unknown',
      url: 'urn:uuid:project-1',
    },
    'rai:machineAnnotationTools': ['captioner'],
    'rai:annotationPlatform': 'Realign 1.2.3',
  })
  expect(document.distribution).toMatchObject([
    { '@type': 'cr:FileObject', contentUrl: 'train/metadata.jsonl', sha256: 'ab' },
    { '@type': 'cr:FileSet', includes: 'train/*.jpg', encodingFormat: 'image/jpeg' },
    { '@type': 'cr:FileSet', includes: 'train/*.png', encodingFormat: 'image/png' },
  ])
  expect(document.recordSet.map((set) => set['@id'])).toEqual([
    ...['records', 'pictures-content', 'pictures-2-content'],
  ])
})
