import { EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'

// What the editor of Realign is held against: CodeMirror with wrapped lines in the same font and box, and nothing else.
const parent = document.querySelector('.caption-editor')
if (parent === null) throw new Error('Expected the place of the editor.')
new EditorView({
  parent,
  state: EditorState.create({
    extensions: [
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': 'Caption' }),
    ],
  }),
})
