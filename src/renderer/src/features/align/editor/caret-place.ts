import type { EditorState, Extension } from '@codemirror/state'
import { EditorView, ViewPlugin } from '@codemirror/view'
import type { TextSpan } from '../../../../../shared/domain/text-unit.ts'
import { toCaptionPosition } from './caption-state.ts'

/** What is selected in the caption, and at which of its ends the caret stands. */
export interface Caret extends TextSpan {
  readonly head: number
}

/** Where the caret stands in the caption, for those who ask or follow. */
export interface CaretPlace {
  /** Goes into the editor. */
  readonly extension: Extension
  readonly subscribe: (listener: () => void) => () => void
  /** The same object until the caret moves. */
  readonly get: () => Caret
}

export function createCaretPlace(): CaretPlace {
  const listeners = new Set<() => void>()
  let place: Caret = { start: 0, end: 0, head: 0 }
  const report = (state: EditorState): void => {
    const { from, to, head } = state.selection.main
    const position = (at: number) => toCaptionPosition(state, at)
    place = { start: position(from), end: position(to), head: position(head) }
    for (const listener of listeners) listener()
  }
  return {
    extension: [
      // Another text in the editor is another state, of which no update tells: the plugin is made anew with it.
      ViewPlugin.define(({ state }) => {
        report(state)
        return {}
      }),
      EditorView.updateListener.of(({ state, selectionSet, docChanged }) => {
        if (selectionSet || docChanged) report(state)
      }),
    ],
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    get: () => place,
  }
}
