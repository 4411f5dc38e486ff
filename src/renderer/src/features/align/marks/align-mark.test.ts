import { expect, it } from 'vitest'
import type { Verdict } from '../../../../../shared/contract/judgements.ts'
import type { HygieneMark } from '../../../../../shared/domain/hygiene.ts'
import { applyFix } from '../../../../../shared/domain/text-fix.ts'
import { listMarks, markAt, marksToStep, stepMark } from './align-mark.ts'

const CAPTION = 'A red car, two dogs and a red kite on the lawn.'

const verdict = (words: string, more: Partial<Verdict> = {}): Verdict => ({
  kind: 'entity',
  start: CAPTION.indexOf(words),
  end: CAPTION.indexOf(words) + words.length,
  status: 'unsupported',
  probability: 0.1,
  rival: null,
  reason: '',
  region: null,
  ...more,
})

const hygiene = (words: string): HygieneMark => ({
  ruleId: 'structure/test',
  severity: 'hint',
  message: 'A test.',
  fix: null,
  start: CAPTION.indexOf(words),
  end: CAPTION.indexOf(words) + words.length,
})

const caretAt = (head: number) => ({ start: head, end: head, head })

const NOTHING = { caption: CAPTION, hygiene: [], verdicts: [], overrides: [] }

it('lists what asks for attention in the order of the text', () => {
  const marks = listMarks({
    ...NOTHING,
    hygiene: [hygiene('lawn')],
    verdicts: [verdict('two dogs'), verdict('red car', { status: 'supported' })],
  })
  expect(marks.map((mark) => [mark.words, mark.look])).toEqual([
    ['two dogs', 'unsupported'],
    ['lawn', 'hint'],
  ])
})

it('asks of words that are to go only whether they go, until somebody keeps them', () => {
  const junk = hygiene('two dogs')
  const fix = { start: junk.start - 2, end: junk.end, insert: '', label: 'Delete' }
  const sources = { ...NOTHING, hygiene: [{ ...junk, fix }], verdicts: [verdict('dogs')] }
  expect(listMarks(sources).map(({ look }) => look)).toEqual(['hint'])
  const kept = { kind: 'hygiene', ruleId: junk.ruleId, words: 'two dogs', occurrence: 0 } as const
  const overrides = [{ ...kept, answer: 'keep' } as const]
  expect(listMarks({ ...sources, overrides }).map(({ look }) => look)).toEqual(['unsupported'])
})

it('takes a rival into the place of the words, and stores that it did', () => {
  const [mark] = listMarks({ ...NOTHING, verdicts: [verdict('red car', { rival: 'blue van' })] })
  const [action] = mark?.actions ?? []
  expect(action?.answer).toMatchObject({ answer: 'took-rival', words: 'red car', occurrence: 0 })
  expect(action?.fix && applyFix(CAPTION, action.fix)).toBe(
    'A blue van, two dogs and a red kite on the lawn.',
  )
})

it('begins a sentence with a large letter when a rival takes its first word', () => {
  const caption = 'Four dogs run. (Three cats sleep) near Four Seasons.'
  const insertFor = (start: number) => {
    const verdicts = [{ ...verdict('A'), start, end: start + 4, rival: 'two' }]
    return listMarks({ ...NOTHING, caption, verdicts })[0]?.actions[0]?.fix?.insert
  }
  expect(insertFor(0)).toBe('Two')
  expect(insertFor(caption.indexOf('Three'))).toBe('Two')
  expect(insertFor(caption.indexOf('dogs'))).toBe('two')
  expect(insertFor(caption.indexOf('Four Seasons'))).toBe('two')
})

it('leaves out what a person answered, for that occurrence of the words only', () => {
  const second = CAPTION.lastIndexOf('red')
  const verdicts = [verdict('red'), verdict('red', { start: second, end: second + 3 })]
  const marks = listMarks({
    ...NOTHING,
    verdicts,
    overrides: [{ kind: 'verdict', words: 'red', occurrence: 0, answer: 'is-there', reason: '' }],
  })
  expect(marks.map((mark) => mark.start)).toEqual([second])
})

it('marks words again that come back after they were taken out as wrong', () => {
  for (const answer of ['deleted', 'took-rival'] as const) {
    const overrides = [
      { kind: 'verdict', words: 'red', occurrence: 0, answer, reason: '' } as const,
    ]
    expect(listMarks({ ...NOTHING, verdicts: [verdict('red')], overrides })).toHaveLength(1)
  }
})

it('finds the smallest mark at the caret', () => {
  const marks = listMarks({
    ...NOTHING,
    verdicts: [verdict('two dogs')],
    hygiene: [hygiene('dogs')],
  })
  expect(markAt(marks, caretAt(CAPTION.indexOf('dogs') + 1))?.words).toBe('dogs')
  expect(markAt(marks, caretAt(CAPTION.indexOf('two')))?.words).toBe('two dogs')
  expect(markAt(marks, caretAt(CAPTION.length))).toBeNull()
})

it('holds on to the mark that is selected, whatever lies within it', () => {
  const marks = listMarks({
    ...NOTHING,
    verdicts: [verdict('two dogs')],
    hygiene: [hygiene('dogs')],
  })
  const start = CAPTION.indexOf('two')
  const end = start + 'two dogs'.length
  expect(markAt(marks, { start, end, head: end })?.words).toBe('two dogs')
})

it('steps from mark to mark and round at the ends', () => {
  const marks = listMarks({ ...NOTHING, verdicts: [verdict('red car'), verdict('kite')] })
  const [first, last] = marks
  const step = (position: number, current = markAt(marks, caretAt(position))) => ({
    next: stepMark(marks, { position, current }, 1),
    previous: stepMark(marks, { position, current }, -1),
  })
  expect(step(0)).toEqual({ next: first, previous: last })
  expect(step(first?.start ?? -1)).toEqual({ next: last, previous: last })
  expect(step(CAPTION.length)).toEqual({ next: first, previous: last })
  expect(stepMark([], { position: 0, current: null }, 1)).toBeNull()
})

it('is quiet about what is only unsure: no key goes there while something seems wrong', () => {
  const verdicts = [verdict('red car', { status: 'unsure' }), verdict('two dogs')]
  const marks = listMarks({ ...NOTHING, verdicts })
  expect(marksToStep(marks).map((mark) => mark.words)).toEqual(['two dogs'])
  const unsure = listMarks({ ...NOTHING, verdicts: verdicts.slice(0, 1) })
  expect(marksToStep(unsure).map((mark) => mark.words)).toEqual(['red car'])
})

it('asks nothing where the checks have no number, or where the words do not belong here at all', () => {
  const unsure = { status: 'unsure' } as const
  const marks = listMarks({
    ...NOTHING,
    hygiene: [hygiene('a red kite')],
    verdicts: [
      verdict('two', { ...unsure, probability: null }),
      verdict('kite', unsure),
      verdict('lawn', unsure),
    ],
  })
  expect(marks.map((mark) => mark.words)).toEqual(['a red kite', 'lawn'])
})

it('does not bring a quiet mark up behind the word that was typed, only within it', () => {
  const marks = listMarks({ ...NOTHING, verdicts: [verdict('red car', { status: 'unsure' })] })
  const end = CAPTION.indexOf('red car') + 'red car'.length
  expect(markAt(marks, caretAt(end))).toBeNull()
  expect(markAt(marks, caretAt(end - 1))?.words).toBe('red car')
})

it('takes no words away by the first key where the checks are only unsure', () => {
  const first = (status: Verdict['status']) =>
    listMarks({ ...NOTHING, verdicts: [verdict('red car', { status, rival: 'blue van' })] })[0]
      ?.actions[0]?.id
  expect(first('unsure')).toBe('is-there')
  expect(first('unsupported')).toBe('take-rival')
})

it('says first that it is not seen, then why', () => {
  const message = (reason: string) =>
    listMarks({ ...NOTHING, verdicts: [verdict('red car', { reason })] })[0]?.message
  expect(message('green 0.81 beats red 0.12')).toBe('Not seen here. Green 0.81 beats red 0.12.')
  expect(message('')).toBe('The picture does not seem to show this.')
})
