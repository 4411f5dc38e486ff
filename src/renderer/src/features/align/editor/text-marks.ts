import { StateEffect, StateField, type Extension } from '@codemirror/state'
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view'

/** A stretch of the caption that something is said about, as positions in it. */
export interface TextMark {
  readonly from: number
  readonly to: number
  /** Names the look: `mark-<kind>` in CaptionEditor.css, which gives each kind its own line shape. */
  readonly kind: 'added'
}

const setMarksEffect = StateEffect.define<readonly TextMark[]>()

const marksField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = marks.map(transaction.changes)
    for (const effect of transaction.effects) {
      if (effect.is(setMarksEffect)) next = toDecorations(effect.value, transaction.newDoc.length)
    }
    return next
  },
  provide: (field) => EditorView.decorations.from(field),
})

/** The layer of marks over the caption. Between two updates the marks move along with the text. */
export const textMarks: Extension = marksField

/** Puts other marks on the caption; they are no part of the text and of no undo. */
export function setTextMarks(view: EditorView, marks: readonly TextMark[]): void {
  if (marks.length === 0 && view.state.field(marksField).size === 0) return
  view.dispatch({ effects: setMarksEffect.of(marks) })
}

function toDecorations(marks: readonly TextMark[], length: number): DecorationSet {
  const ranges = marks
    .filter((mark) => mark.from < mark.to && mark.to <= length)
    .map((mark) => Decoration.mark({ class: `mark-${mark.kind}` }).range(mark.from, mark.to))
  return Decoration.set(ranges, true)
}
