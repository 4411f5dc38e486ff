import { history, insertNewline, redo, standardKeymap, undo } from '@codemirror/commands'
import { Compartment, EditorState, type Extension, type StateEffect } from '@codemirror/state'
import { EditorView, highlightSpecialChars, keymap, placeholder } from '@codemirror/view'
import type { ImageId } from '../../../../../shared/domain/ids.ts'
import {
  changeText,
  createCaptionState,
  readText,
  replaceText,
  toEditorPosition,
} from './caption-state.ts'
import { lineDirection } from './line-direction.ts'
import { setTextMarks, textMarks, type TextMark } from './text-marks.ts'

export interface CaptionEditorOptions {
  readonly parent: HTMLElement
  readonly isReadOnly: boolean
  /** Called for each edit, with the image that the text belongs to. */
  readonly onChange: (imageId: ImageId, text: string) => void
  readonly onBlur: (imageId: ImageId) => void
  /** Escape leaves the text, so that the keys of the screen work. */
  readonly onEscape: () => void
  /** What else lives in the editor: layers of marks, reports about the caret. */
  readonly extensions?: Extension
}

const REMEMBERED_IMAGES = 60

const steps = new Compartment()

/**
 * The caption editor: one CodeMirror view for the whole session, so that the focus is never lost,
 * and one state an image, so that undo and caret never cross from one image to another.
 */
export class CaptionEditor {
  readonly #options: CaptionEditorOptions
  readonly #view: EditorView
  readonly #extensions: Extension
  /** Undo and caret of the images seen before, used while their text is still the same. */
  readonly #remembered = new Map<ImageId, EditorState>()
  #imageId: ImageId | null = null

  constructor(options: CaptionEditorOptions) {
    this.#options = options
    this.#extensions = this.#buildExtensions()
    this.#view = new EditorView({
      parent: options.parent,
      state: this.#emptyState(),
    })
  }

  /** The image whose text is shown, or null while there is none. */
  get imageId(): ImageId | null {
    return this.#imageId
  }

  get text(): string {
    return readText(this.#view.state)
  }

  /** Opens a text. An image seen before keeps its undo, unless its text was changed elsewhere. */
  show(imageId: ImageId, text: string): void {
    if (this.#imageId === imageId && this.text === text) return
    this.#remember()
    const known = this.#remembered.get(imageId)
    const isSame = known !== undefined && readText(known) === text
    this.#imageId = imageId
    this.#view.setState(isSame ? known : createCaptionState(text, this.#extensions))
    this.#view.dispatch({ scrollIntoView: true })
  }

  /** Shows no text and takes none while the next one is on its way; the focus stays. */
  clear(): void {
    if (this.#imageId === null) return
    this.#remember()
    this.#imageId = null
    this.#view.setState(this.#emptyState())
  }

  /** Replaces the text as one edit that can be undone. */
  replaceText(text: string): void {
    if (this.#imageId === null) return
    this.#view.dispatch(replaceText(this.#view.state, text))
  }

  /** Changes only what differs, as one edit that can be undone with its effects, so that caret and marks stay put. */
  changeText(text: string, effects: readonly StateEffect<unknown>[] = []): void {
    if (this.#imageId === null) return
    this.#view.dispatch(changeText(this.#view.state, text), { effects })
  }

  /** For the layers that lie over the text; they must leave the text itself alone. */
  get view(): EditorView {
    return this.#view
  }

  /** Puts marks on the caption, at positions of its text. */
  setMarks(marks: readonly TextMark[]): void {
    if (this.#imageId === null) return
    const { state } = this.#view
    const placed = marks.map(({ from, to, kind }) => ({
      from: toEditorPosition(state, from),
      to: toEditorPosition(state, to),
      kind,
    }))
    setTextMarks(this.#view, placed)
  }

  focus(): void {
    this.#view.focus()
  }

  get hasFocus(): boolean {
    return this.#view.hasFocus
  }

  /** Takes the last typing back; false when there is none to take back. */
  undo(): boolean {
    return undo(this.#view)
  }

  redo(): boolean {
    return redo(this.#view)
  }

  /** Leaves nothing of an image's text to undo or redo here. */
  forgetSteps(imageId: ImageId): void {
    this.#remembered.delete(imageId)
    if (this.#imageId !== imageId) return
    this.#view.dispatch({ effects: steps.reconfigure([]) })
    this.#view.dispatch({ effects: steps.reconfigure(history()) })
  }

  close(): void {
    this.#view.destroy()
    this.#remembered.clear()
  }

  #remember(): void {
    if (this.#imageId === null) return
    this.#remembered.delete(this.#imageId)
    this.#remembered.set(this.#imageId, this.#view.state)
    const [oldest] = this.#remembered.keys()
    if (this.#remembered.size > REMEMBERED_IMAGES && oldest !== undefined) {
      this.#remembered.delete(oldest)
    }
  }

  #emptyState(): EditorState {
    return createCaptionState('', [
      EditorState.readOnly.of(true),
      EditorView.contentAttributes.of({
        tabindex: '0',
        'aria-label': 'Caption',
        'aria-busy': 'true',
      }),
    ])
  }

  #buildExtensions(): Extension {
    return [
      steps.of(history()),
      keymap.of([
        // The stock Enter also takes white space away around the caret; here every key adds only itself.
        { key: 'Enter', run: insertNewline, shift: insertNewline },
        {
          key: 'Escape',
          run: () => {
            this.#options.onEscape()
            return true
          },
        },
        // The keys of undo and redo go on to the screen, which knows the steps of the image too.
        ...standardKeymap,
      ]),
      EditorState.readOnly.of(this.#options.isReadOnly),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({
        spellcheck: 'true',
        autocorrect: 'off',
        autocapitalize: 'off',
        // What is scrolled has to say that it takes the focus.
        tabindex: '0',
        'aria-label': 'Caption',
      }),
      // What is pasted takes the line ends of the caption that it is pasted into.
      EditorView.clipboardInputFilter.of((text) => text.replace(/\r\n?/g, '\n')),
      highlightSpecialChars(),
      placeholder('Say what the picture shows'),
      lineDirection,
      // Before the other layers, which compare what they know with the newest text.
      EditorView.updateListener.of((update) => {
        if (update.docChanged && this.#imageId !== null) {
          this.#options.onChange(this.#imageId, readText(update.state))
        }
      }),
      this.#options.extensions ?? [],
      // The last layer lies around the others: long marks that were cut up by short ones would cost each key its time.
      textMarks,
      EditorView.domEventHandlers({
        blur: () => {
          if (this.#imageId !== null) this.#options.onBlur(this.#imageId)
        },
      }),
    ]
  }
}
