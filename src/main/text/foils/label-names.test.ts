import { describe, expect, it } from 'vitest'
import type { NamedThing } from '../../../shared/domain/check-plan.ts'
import { planCheck } from './plan-check.ts'

const LABELS = [
  ...[
    'person',
    'bicycle',
    'motorcycle',
    'traffic light',
    'dog',
    'hot dog',
    'bear',
    'bird',
    'couch',
  ],
  ...[
    'teddy bear',
    'wine glass',
    'potted plant',
    'dining table',
    'chair',
    'toilet',
    'tv',
    'laptop',
  ],
]

/** What the words of a text are called by a detector. */
function thingOf(text: string, words: string, labels: readonly string[] = LABELS): NamedThing {
  const { units } = planCheck(text, labels)
  const unit = units.find((one) => one.claim === 'object' && one.words === words)
  if (unit?.thing == null) throw new Error(`No thing: ${words}`)
  return unit.thing
}

describe('labels of detectors', () => {
  it.each([
    ['A sofa.', 'sofa', ['couch']],
    ['Some people.', 'people', ['person']],
    ['An old woman.', 'woman', ['person']],
    ['A spaniel.', 'spaniel', ['dog']],
    ['A gull on a pole.', 'gull', ['bird']],
    ['A bike.', 'bike', ['bicycle', 'motorcycle']],
    ['Two wine glasses.', 'glasses', ['wine glass']],
    ['A potted plant.', 'plant', ['potted plant']],
  ])('stand for what a caption names: %s', (text, words, labels) => {
    expect(thingOf(text, words).labels).toEqual(labels)
  })

  it.each([
    ['A hot dog.', 'hot dog', ['hot dog']],
    ['A toilet seat.', 'toilet seat', []],
    ['A house.', 'house', []],
  ])('are not those of a part of a name: %s', (text, words, labels) => {
    expect(thingOf(text, words).labels).toEqual(labels)
  })

  it('of narrower things support a wider word only', () => {
    expect(thingOf('A table.', 'table')).toMatchObject({ labels: [], narrower: ['dining table'] })
    expect(thingOf('A computer.', 'computer')).toMatchObject({
      labels: [],
      narrower: ['tv', 'laptop'],
    })
    expect(thingOf('An animal.', 'animal').narrower).toEqual(['dog', 'bear', 'bird'])
  })

  it('may be spelled as in other lists, and may hold anything', () => {
    expect(thingOf('A couch.', 'couch', ['sofa', 'c++ (x']).labels).toEqual(['sofa'])
    expect(thingOf('A television.', 'television', ['tvmonitor']).labels).toEqual(['tvmonitor'])
  })
})
