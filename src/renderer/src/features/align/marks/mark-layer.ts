import { StateEffect, StateField, type Extension, type Transaction } from '@codemirror/state'
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view'
import type { TextSpan } from '../../../../../shared/domain/text-unit.ts'
import { toEditorPosition } from '../editor/caption-state.ts'
import { areWordsChanged } from './changed-words.ts'
import type { MarkLook } from './align-mark.ts'

/** A stretch of the caption with a look, as positions in it. */
export type MarkedSpan = TextSpan & {
  readonly look: MarkLook | 'current' | 'counterpart' | 'beyond'
  /** What the pointer is told there. */
  readonly title?: string | undefined
}

const setSpans = StateEffect.define<readonly MarkedSpan[]>()

const field = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = withoutChanged(marks, transaction).map(transaction.changes)
    for (const effect of transaction.effects) {
      if (effect.is(setSpans)) next = toDecorations(effect.value, transaction.newDoc.length)
    }
    return next
  },
  provide: (layer) => EditorView.decorations.from(layer),
})

/** What was said of the picture was said of these words and no others; what is said of the wording is read anew soon. */
const ABOUT_PICTURE: ReadonlySet<string> = new Set(['mark-unsupported', 'mark-unsure'])

function withoutChanged(marks: DecorationSet, transaction: Transaction): DecorationSet {
  const { docChanged, changes, startState, newDoc } = transaction
  if (!docChanged) return marks
  const texts = { changes, before: startState.doc, after: newDoc }
  return marks.update({
    filter: (start, end, { spec }) =>
      !ABOUT_PICTURE.has((spec as { readonly class?: string }).class ?? '') ||
      !areWordsChanged({ start, end }, texts),
  })
}

/** The layer of marks over the caption. */
export const markLayer: Extension = field

/** Draws other marks. They move along with the text until the next ones come, and are no part of any undo. */
export function drawMarks(view: EditorView, spans: readonly MarkedSpan[]): void {
  if (spans.length === 0 && (view.state.field(field, false)?.size ?? 0) === 0) return
  const placed = spans.map((span) => ({
    ...span,
    start: toEditorPosition(view.state, span.start),
    end: toEditorPosition(view.state, span.end),
  }))
  view.dispatch({ effects: setSpans.of(placed) })
}

/** Selects a stretch of the caption and brings it into sight. */
export function selectSpan(view: EditorView, span: TextSpan): void {
  const anchor = toEditorPosition(view.state, span.start)
  const head = toEditorPosition(view.state, span.end)
  view.dispatch({ selection: { anchor, head }, scrollIntoView: true })
}

function toDecorations(spans: readonly MarkedSpan[], length: number): DecorationSet {
  const ranges = spans
    .filter((span) => span.start < span.end && span.end <= length)
    .map(({ look, title, start, end }) =>
      Decoration.mark({
        class: `mark-${look}`,
        ...(title === undefined ? {} : { attributes: { title } }),
      }).range(start, end),
    )
  return Decoration.set(ranges, true)
}
