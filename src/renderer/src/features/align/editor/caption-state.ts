import { invertedEffects, isolateHistory } from '@codemirror/commands'
import {
  EditorSelection,
  EditorState,
  StateEffect,
  StateField,
  Text,
  type Extension,
  type TransactionSpec,
} from '@codemirror/state'
import { joinLines, splitLines, type LineEnd } from './line-ends.ts'

const setLineEnd = StateEffect.define<LineEnd>()

/** How the lines of this caption end; part of the state, so that undo brings it back too. */
const lineEndField = StateField.define<LineEnd>({
  create: () => '\n',
  update(lineEnd, transaction) {
    for (const effect of transaction.effects) if (effect.is(setLineEnd)) lineEnd = effect.value
    return lineEnd
  },
})

const LINE_ENDS: Extension = [
  // Without this CodeMirror takes `\r\n`, `\r` and `\n` alike for line ends and forgets which it was.
  EditorState.lineSeparator.of('\n'),
  invertedEffects.of((transaction) =>
    transaction.effects.some((effect) => effect.is(setLineEnd))
      ? [setLineEnd.of(transaction.startState.field(lineEndField))]
      : [],
  ),
]

/** Makes an editor state of a caption, with the caret at its end. */
export function createCaptionState(text: string, extensions: Extension = []): EditorState {
  const { lines, lineEnd } = splitLines(text)
  const doc = Text.of([...lines])
  return EditorState.create({
    doc,
    selection: EditorSelection.cursor(doc.length),
    extensions: [LINE_ENDS, lineEndField.init(() => lineEnd), extensions],
  })
}

/** The caption, byte for byte as it was put in but for what was edited. */
export function readText(state: EditorState): string {
  return joinLines({ lines: state.doc.toJSON(), lineEnd: state.field(lineEndField) })
}

/** Turns a position in the caption into one in the editor, where every line end is one unit long. */
export function toEditorPosition(state: EditorState, position: number): number {
  const extra = state.field(lineEndField).length - 1
  if (extra === 0) return position
  let captionStart = 0
  for (let number = 1; number <= state.doc.lines; number += 1) {
    const { from, length } = state.doc.line(number)
    if (position <= captionStart + length) return from + position - captionStart
    captionStart += length + 1 + extra
  }
  return state.doc.length
}

/** Turns a position in the editor into one in the caption. */
export function toCaptionPosition(state: EditorState, position: number): number {
  const extra = state.field(lineEndField).length - 1
  return position + extra * (state.doc.lineAt(position).number - 1)
}

/** Changes the stretch between the first and the last difference, which is one step of undo. */
export function changeText(state: EditorState, text: string): TransactionSpec {
  const { lines, lineEnd } = splitLines(text)
  const before = state.doc.toString()
  const after = lines.join('\n')
  const shorter = Math.min(before.length, after.length)
  let from = 0
  while (from < shorter && before[from] === after[from]) from += 1
  let end = 0
  while (end < shorter - from && before.at(-1 - end) === after.at(-1 - end)) end += 1
  const insert = Text.of(after.slice(from, after.length - end).split('\n'))
  return {
    changes: { from, to: before.length - end, insert },
    effects: setLineEnd.of(lineEnd),
    scrollIntoView: true,
    annotations: isolateHistory.of('full'),
    userEvent: 'input.replace',
  }
}

/** Replaces the whole caption, which is one step of undo. */
export function replaceText(state: EditorState, text: string): TransactionSpec {
  const { lines, lineEnd } = splitLines(text)
  const insert = Text.of([...lines])
  return {
    changes: { from: 0, to: state.doc.length, insert },
    effects: setLineEnd.of(lineEnd),
    selection: EditorSelection.cursor(insert.length),
    scrollIntoView: true,
    annotations: isolateHistory.of('full'),
    userEvent: 'input.replace',
  }
}
