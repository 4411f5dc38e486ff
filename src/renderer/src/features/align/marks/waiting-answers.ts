import { client } from '../../../api/client.ts'
import { answerKey } from './align-mark.ts'
import type { AnswerStep } from './answer-steps.ts'

/** An answer that the core has not confirmed yet. */
interface WaitingStep {
  readonly step: AnswerStep
  /** True once its request is under way: it need not be sent, but it is not known to have arrived. */
  isSent: boolean
}

/** Of all images: going to the next image leaves the answers to the last one waiting. */
const waiting = new Set<WaitingStep>()
let isListening = false

export function noteWaiting(step: AnswerStep): void {
  waiting.add({ step, isSent: false })
  if (isListening) return
  isListening = true
  window.addEventListener('pagehide', sendBeforeLeaving)
}

export function noteSent(step: AnswerStep): void {
  for (const one of waiting) if (one.step === step) one.isSent = true
}

export function noteArrived(step: AnswerStep): void {
  for (const one of waiting) if (one.step === step) waiting.delete(one)
}

/** A page that goes waits for no answer, so what waits behind the first request is sent all at once. */
function sendBeforeLeaving(): void {
  for (const { isGiven, ...input } of stepsToSend([...waiting])) {
    const leaving = { context: { isLeaving: true } }
    const sent = isGiven
      ? client.judgements.answer(input, leaving)
      : client.judgements.withdraw(input, leaving)
    // Nobody is there any more to be told.
    sent.catch(() => undefined)
  }
}

/**
 * What is left to send, in an order that does not matter: of each thing the last answer, and nothing where an answer
 * that never left was taken back. An answer under way is sent again, which changes nothing; taking back twice would.
 */
export function stepsToSend(
  steps: readonly Pick<WaitingStep, 'step' | 'isSent'>[],
): readonly AnswerStep[] {
  const last = new Map<string, Pick<WaitingStep, 'step' | 'isSent'>>()
  for (const one of steps) {
    const key = `${one.step.imageId} ${answerKey(one.step.override)}`
    const before = last.get(key)
    const takesBackUnsent = !one.step.isGiven && before?.step.isGiven === true && !before.isSent
    if (takesBackUnsent) last.delete(key)
    else last.set(key, one)
  }
  return [...last.values()]
    .filter(({ step, isSent }) => step.isGiven || !isSent)
    .map(({ step }) => step)
}
