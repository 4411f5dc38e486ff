import { history, undo } from '@codemirror/commands'
import { EditorState } from '@codemirror/state'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createCaptionState, readText, replaceText, toEditorPosition } from './caption-state.ts'
import { joinLines, splitLines } from './line-ends.ts'

const TRICKY = [
  '',
  '\n',
  '\r\n',
  '\r',
  'a\r\nb\r\n',
  'a\rb',
  'mixed\r\nends\nhere\r.',
  '\r\n\n',
  'tab\there  two spaces ',
  'e\u0301 and \u00e9',
  '👩‍👩‍👧 🇩🇪 🏳️‍🌈',
  'كلب أسود \u200f(1)',
  'lone \ud83d surrogate',
  '\u2028 line separator \u2029',
  '\ufeffbyte order mark \u0000 nul',
]

describe('splitLines', () => {
  test.each(TRICKY)('gives %j back unit by unit', (text) => {
    expect(joinLines(splitLines(text))).toBe(text)
  })

  test('uses the one line end of a text', () => {
    expect(splitLines('a\r\nb')).toEqual({ lines: ['a', 'b'], lineEnd: '\r\n' })
    expect(splitLines('a\rb').lineEnd).toBe('\r')
    expect(splitLines('a\r\nb\nc')).toEqual({ lines: ['a\r', 'b', 'c'], lineEnd: '\n' })
  })
})

describe('a caption in the editor', () => {
  test.each(TRICKY)('keeps %j unit by unit', (text) => {
    expect(readText(createCaptionState(text))).toBe(text)
  })

  test('keeps any text, also after edits around it', () => {
    const part = fc.oneof(fc.constantFrom(...TRICKY), fc.string({ unit: 'binary', maxLength: 20 }))
    fc.assert(
      fc.property(part, part, (text, next) => {
        const state = createCaptionState(text)
        expect(readText(state)).toBe(text)
        const replaced = state.update(replaceText(state, next)).state
        expect(readText(replaced)).toBe(next)
      }),
    )
  })

  test('ends a new line as the other lines end', () => {
    const state = createCaptionState('a\r\nb')
    const lines = state.toText('a\nx')
    const next = state.update({ changes: { from: 0, to: 1, insert: lines } }).state
    expect(readText(next)).toBe('a\r\nx\r\nb')
  })

  test('comes back with its line ends when a replacement is undone', () => {
    let state = createCaptionState('a\r\nb', history())
    state = state.update(replaceText(state, 'x\ny')).state
    expect(readText(state)).toBe('x\ny')
    undo({
      state,
      dispatch: (transaction) => {
        state = transaction.state
      },
    })
    expect(readText(state)).toBe('a\r\nb')
  })

  test('finds positions of the caption in the editor', () => {
    const text = 'ab\r\ncd\r\nef'
    const state = createCaptionState(text)
    for (const word of ['ab', 'cd', 'ef']) {
      const at = toEditorPosition(state, text.indexOf(word))
      expect(state.sliceDoc(at, at + 2)).toBe(word)
    }
    expect(toEditorPosition(state, text.length)).toBe(state.doc.length)
    expect(toEditorPosition(createCaptionState('a\nb'), 2)).toBe(2)
  })

  test('never splits at anything but the one line end', () => {
    expect(createCaptionState('a\u2028b\rc\nd').doc.lines).toBe(2)
    expect(EditorState.create({ doc: 'a\rb\nc' }).doc.lines).toBe(3)
  })
})
