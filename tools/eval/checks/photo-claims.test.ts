import { describe, expect, it } from 'vitest'
import { measureClaims } from './measure-photos.ts'
import { claimsOf, countFrequencies } from './photo-claims.ts'
import type { Photo } from './photo-data.ts'
import { fitPhotoTable } from './photo-table.ts'

const REGION = { x: 0, y: 0, width: 0.5, height: 0.5 }
const LABELS = ['dog', 'cat', 'car', 'person', 'bicycle', 'bus', 'tv', 'bed']

function photo(some: Partial<Photo> = {}): Photo {
  return {
    ...{ file_name: 'one.jpg', coco_split: 'val2017', valse: [] },
    captions: ['A poodle beside a house.'],
    objects: { dog: 2 },
    sugarcrepe: [
      { type: 'add_obj', caption: 'A dog.', negative: 'A dog and a cat.' },
      { type: 'replace_rel', caption: 'A dog.', negative: 'A bus.' },
    ],
    ...some,
  }
}

const FOUND = { found: [{ label: 'dog', score: 0.9, region: REGION }], labels: LABELS }

describe('claims about photos', () => {
  const claims = claimsOf(photo(), FOUND, countFrequencies([photo()]))
  const of = (from: string) => claims.filter((claim) => claim.from === from)

  it('are what people say, by the list of objects, and what has no name says nothing', () => {
    expect(of('human captions')).toMatchObject([
      { kind: 'entity', isTrue: true, box: 0.9 },
      { kind: 'entity', isTrue: null, box: null },
    ])
  })

  it('are what a wrong caption adds, and nothing of relations', () => {
    expect(of('add_obj')).toMatchObject([{ kind: 'entity', isTrue: false, box: 0 }])
  })

  it('are polled as the list has it', () => {
    expect(of('polls, random').map(({ isTrue }) => isTrue)).toEqual([false, false, false])
    expect(of('polls, true').map(({ kind, isTrue }) => [kind, isTrue])).toEqual([
      ['entity', true],
      ['count', true],
      ['count', false],
    ])
  })
})

describe('the table of a detector', () => {
  const photos = Array.from({ length: 120 }, (_, index) =>
    photo({ file_name: `${String(index)}.jpg` }),
  )

  it('calls what has a box supported, and is measured on other photos', () => {
    const claims = photos.flatMap((one) => claimsOf(one, FOUND, countFrequencies(photos)))
    const table = fitPhotoTable(claims)
    expect(table.kinds[0]?.supportedAt).not.toBeNull()
    const rows = measureClaims(claims, table)
    const value = (measure: string) => rows.find((row) => row.measure === measure)?.value
    expect(value('called supported, entity, human captions')).toBe(1)
    expect(value('hallucinations among passed, entity')).toBe(0)
    expect(value('AUROC, entity, polls')).toBe(1)
  })

  it('calls nothing anything where boxes come by chance', () => {
    const blind = photos.flatMap((one, index) =>
      claimsOf(
        one,
        index % 2 === 0 ? FOUND : { found: [], labels: LABELS },
        countFrequencies(photos),
      ).map((claim, at) => ({
        ...claim,
        box: claim.box === null ? null : ((at * 7 + index) % 10) / 10,
      })),
    )
    expect(fitPhotoTable(blind).kinds.filter(({ kind }) => kind === 'entity')).toEqual([])
  })
})
