import { expect, test } from 'vitest'
import type { Person } from '../../../../shared/contract/people.ts'
import type { ImageId } from '../../../../shared/domain/ids.ts'
import { describeOthers, othersByImage } from './people-here.ts'

function person(name: string, imageId: number | null, isYou = false): Person {
  return { name, isYou, imageId: imageId as ImageId | null, isHere: true, hasToken: true }
}

test('the others are found by the image that they have open', () => {
  const people = [person('Ann', 7, true), person('Ben', 7), person('Cem', 7), person('Dora', null)]
  expect([...othersByImage(people)]).toEqual([[7, ['Ben', 'Cem']]])
})

test('names read as a sentence', () => {
  expect(describeOthers(['Ben'])).toBe('Ben has this image open')
  expect(describeOthers(['Ben', 'Cem'])).toBe('Ben and Cem have this image open')
})
