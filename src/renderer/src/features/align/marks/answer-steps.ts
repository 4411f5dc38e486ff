import { invertedEffects, isolateHistory } from '@codemirror/commands'
import { StateEffect, type Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import type { Override } from '../../../../../shared/contract/judgements.ts'
import type { ImageId } from '../../../../../shared/domain/ids.ts'

/** An answer that undo took back or redo gave again. */
export interface AnswerStep {
  readonly imageId: ImageId
  readonly override: Override
  /** False where it was taken back. */
  readonly isGiven: boolean
}

const answerEffect = StateEffect.define<AnswerStep>()

/** Makes answers steps of the editor's undo, so that the key for undo takes back what was done last. */
export interface AnswerSteps {
  /** Goes into the editor. */
  readonly extension: Extension
  /** Tells of steps that undo and redo take, not of answers as they are given. */
  readonly subscribe: (listener: (step: AnswerStep) => void) => () => void
}

export function createAnswerSteps(): AnswerSteps {
  const listeners = new Set<(step: AnswerStep) => void>()
  return {
    extension: [
      invertedEffects.of(({ effects }) =>
        effects
          .filter((effect) => effect.is(answerEffect))
          .map(({ value }) => answerEffect.of({ ...value, isGiven: !value.isGiven })),
      ),
      EditorView.updateListener.of(({ transactions }) => {
        for (const transaction of transactions) {
          if (!transaction.isUserEvent('undo') && !transaction.isUserEvent('redo')) continue
          for (const effect of transaction.effects) {
            if (!effect.is(answerEffect)) continue
            for (const listener of listeners) listener(effect.value)
          }
        }
      }),
    ],
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** What an edit carries so that undoing it takes the answer back too. */
export function answerStep(imageId: ImageId, override: Override): StateEffect<unknown> {
  return answerEffect.of({ imageId, override, isGiven: true })
}

/** Puts an answer that changed no text into the editor's undo, as a step of its own. */
export function recordAnswer(view: EditorView, step: StateEffect<unknown>): void {
  view.dispatch({ effects: step, annotations: isolateHistory.of('full') })
}
