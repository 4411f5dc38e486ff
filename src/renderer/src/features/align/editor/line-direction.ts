import { RangeSetBuilder, type Extension } from '@codemirror/state'
import {
  Decoration,
  EditorView,
  ViewPlugin,
  type DecorationSet,
  type ViewUpdate,
} from '@codemirror/view'

const AUTOMATIC = Decoration.line({ attributes: { dir: 'auto' } })

const directionOfLines = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet

    constructor(view: EditorView) {
      this.decorations = markVisibleLines(view)
    }

    update(update: ViewUpdate): void {
      if (update.docChanged || update.viewportChanged) {
        this.decorations = markVisibleLines(update.view)
      }
    }
  },
  { decorations: (plugin) => plugin.decorations },
)

/** Lets each line take its direction from its own words, as mixed captions need. */
export const lineDirection: Extension = [EditorView.perLineTextDirection.of(true), directionOfLines]

function markVisibleLines({ state, visibleRanges }: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>()
  for (const { from, to } of visibleRanges) {
    for (let position = from; position <= to;) {
      const line = state.doc.lineAt(position)
      builder.add(line.from, line.from, AUTOMATIC)
      position = line.to + 1
    }
  }
  return builder.finish()
}
