import { describe, expect, it } from 'vitest'
import type { ImageId } from '../../../../../shared/domain/ids.ts'
import type { AnswerStep } from './answer-steps.ts'
import { stepsToSend } from './waiting-answers.ts'

function step(words: string, isGiven = true, imageId = 1): AnswerStep {
  return {
    imageId: imageId as ImageId,
    override: { kind: 'verdict', words, occurrence: 0, answer: 'is-there', reason: '' },
    isGiven,
  }
}
const unsent = (of: AnswerStep) => ({ step: of, isSent: false })
const sent = (of: AnswerStep) => ({ step: of, isSent: true })

describe('what is sent when the page goes', () => {
  it('is all that waits, of every image, and what is under way once more', () => {
    const [first, second, elsewhere] = [step('a'), step('b'), step('a', true, 2)]
    expect(stepsToSend([sent(first), unsent(second), unsent(elsewhere)])).toEqual([
      first,
      second,
      elsewhere,
    ])
  })

  it('is nothing of an answer that never left and was taken back', () => {
    expect(stepsToSend([unsent(step('a')), unsent(step('a', false))])).toEqual([])
    expect(stepsToSend([unsent(step('a')), unsent(step('b')), unsent(step('a', false))])).toEqual([
      step('b'),
    ])
  })

  it('is the taking back of what left already, once', () => {
    expect(stepsToSend([sent(step('a')), unsent(step('a', false))])).toEqual([step('a', false)])
    expect(stepsToSend([sent(step('a', false))])).toEqual([])
  })
})
