import { describe, expect, it } from 'vitest'
import type { ImageId, RevisionId } from '../../src/shared/domain/ids.ts'
import { Ledger, type StoredImage } from './ledger.ts'

const ONE = 1 as ImageId
const TWO = 2 as ImageId
const FIRST = 10 as RevisionId

const UNTOUCHED: StoredImage = {
  status: 'todo',
  headRevisionId: null,
  draft: null,
  revisions: [],
  journalRows: 0,
  tags: new Set(),
}

const SUBMITTED: StoredImage = {
  ...UNTOUCHED,
  status: 'submitted',
  headRevisionId: FIRST,
  revisions: [{ id: FIRST, text: 'caption' }],
  journalRows: 1,
}

function store(one: StoredImage, two = UNTOUCHED): ReadonlyMap<ImageId, StoredImage> {
  return new Map([
    [ONE, one],
    [TWO, two],
  ])
}

function submitOne(): Ledger {
  const ledger = new Ledger([ONE, TWO])
  ledger.send(ONE, { kind: 'submit', text: 'caption' })
  return ledger
}

describe('the ledger', () => {
  it('misses an acknowledged revision', () => {
    const ledger = submitOne()
    ledger.acknowledge(ONE, [FIRST])
    expect(ledger.settle(store(UNTOUCHED))).not.toEqual([])
  })

  it('sees a text that is not exact', () => {
    const ledger = submitOne()
    ledger.acknowledge(ONE, [FIRST])
    const revisions = [{ id: FIRST, text: 'caption ' }]
    expect(ledger.settle(store({ ...SUBMITTED, revisions }))).toEqual([
      'Image 1: expected revision 1 "caption", found "caption "',
    ])
  })

  it('takes an unanswered submit as done or as not done', () => {
    expect(submitOne().settle(store(UNTOUCHED))).toEqual([])
    const ledger = submitOne()
    expect(ledger.settle(store(SUBMITTED))).toEqual([])
    expect(ledger.headId(ONE)).toBe(FIRST)
  })

  it('does not take an unanswered submit as half done', () => {
    const half = { ...SUBMITTED, journalRows: 0 }
    expect(submitOne().settle(store(half))).not.toEqual([])
  })

  it('does not take an unanswered batch as half done', () => {
    const tagged = { ...UNTOUCHED, tags: new Set(['night']) }
    const effect = { kind: 'tag', tag: 'night', on: true } as const
    const send = (): Ledger => {
      const ledger = new Ledger([ONE, TWO])
      const effects = new Map([ONE, TWO].map((id) => [id, effect] as const))
      ledger.sendBatch(effects)
      return ledger
    }
    expect(send().settle(store(UNTOUCHED, UNTOUCHED))).toEqual([])
    expect(send().settle(store(tagged, tagged))).toEqual([])
    expect(send().settle(store(tagged, UNTOUCHED))).not.toEqual([])
  })
})
