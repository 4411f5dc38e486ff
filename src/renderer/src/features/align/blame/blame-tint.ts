import { StateEffect, StateField, type Extension } from '@codemirror/state'
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view'
import type { CaptionEditor } from '../editor/caption-editor.ts'
import { toEditorPosition } from '../editor/caption-state.ts'

/** A stretch of the caption in the look of its source. */
export interface Tint {
  readonly from: number
  readonly to: number
  /** A class of BlameLegend.css. */
  readonly look: string
}

const setTintEffect = StateEffect.define<readonly Tint[]>()

const tintField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(tint, transaction) {
    let next = tint.map(transaction.changes)
    for (const effect of transaction.effects) {
      if (effect.is(setTintEffect)) next = toDecorations(effect.value)
    }
    return next
  },
  provide: (field) => EditorView.decorations.from(field),
})

/** The layer of tints under the marks; it moves along with the text until the next pause. */
export const blameTint: Extension = tintField

/** Tints the caption, at positions of its text; no tints take the layer away. */
export function showTint(editor: CaptionEditor, tints: readonly Tint[]): void {
  const { view } = editor
  const field = view.state.field(tintField, false)
  if (field === undefined || (tints.length === 0 && field.size === 0)) return
  const placed = tints.map(({ from, to, look }) => ({
    from: toEditorPosition(view.state, from),
    to: toEditorPosition(view.state, to),
    look,
  }))
  view.dispatch({ effects: setTintEffect.of(placed) })
}

function toDecorations(tints: readonly Tint[]): DecorationSet {
  return Decoration.set(
    tints
      .filter(({ from, to }) => from < to)
      .map(({ from, to, look }) => Decoration.mark({ class: `tint ${look}` }).range(from, to)),
    true,
  )
}
