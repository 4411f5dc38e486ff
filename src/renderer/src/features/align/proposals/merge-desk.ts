import { standardKeymap } from '@codemirror/commands'
import {
  Change,
  getChunks,
  getOriginalDoc,
  MergeView,
  originalDocChangeEffect,
  unifiedMergeView,
  type Chunk,
} from '@codemirror/merge'
import {
  ChangeSet,
  EditorState,
  type ChangeSpec,
  type Extension,
  type Text,
} from '@codemirror/state'
import { EditorView, highlightSpecialChars, keymap } from '@codemirror/view'
import { diffWords } from '../../../../../shared/domain/word-diff.ts'
import type { DiffLayout } from '../diff/use-diff-layout.ts'
import { createSentenceLines } from './sentence-lines.ts'

/** One difference between the caption and the proposal, in words. */
export interface DeskChange {
  readonly before: string
  readonly after: string
}

export interface MergeDeskOptions {
  readonly parent: HTMLElement
  readonly layout: DiffLayout
  readonly caption: string
  readonly proposal: string
  readonly onEscape: () => void
}

/** The caption and a proposal on one desk: what differs is walked through, taken over or left out. */
export interface MergeDesk {
  /** The caption with what was taken over. */
  readonly caption: () => string
  /** The proposal without what was left out. */
  readonly proposal: () => string
  /** Takes in what was typed into the caption meanwhile. */
  readonly setCaption: (caption: string) => void
  readonly count: () => number
  /** The change that the caret is at, and its place among all, from 1. */
  readonly current: () => (DeskChange & { readonly place: number }) | null
  readonly step: (by: 1 | -1) => void
  readonly takeChange: () => void
  readonly takeSentence: () => void
  readonly takeWhole: () => void
  readonly leaveChange: () => void
  readonly focus: () => void
  readonly close: () => void
}

/** Either view of the library, as far as the desk needs it: `a` is the caption, `b` the proposal. */
interface Board {
  readonly view: EditorView
  readonly a: () => Text
  readonly chunks: () => readonly Chunk[]
  readonly editA: (changes: ChangeSpec) => void
  readonly close: () => void
}

interface PlacedChange {
  readonly fromA: number
  readonly toA: number
  readonly fromB: number
  readonly toB: number
}

const DIFF_CONFIG = { override: findChanges }

export function createMergeDesk(options: MergeDeskOptions): MergeDesk {
  const lines = createSentenceLines(options.caption, options.proposal)
  const board = createBoard(options, {
    caption: lines.wrap(options.caption),
    proposal: lines.wrap(options.proposal),
  })
  const { view } = board
  const b = () => view.state.doc
  const changes = () => board.chunks().flatMap(placeChanges)
  const at = () => {
    const { from, to } = view.state.selection.main
    const list = changes()
    const exact = list.findIndex((change) => change.fromB === from && change.toB === to)
    if (exact >= 0) return exact
    const next = list.findIndex((change) => change.toB >= from)
    return next >= 0 ? next : list.length - 1
  }
  const select = (index: number) => {
    const change = changes()[index]
    if (change === undefined) return
    view.dispatch({
      selection: { anchor: change.fromB, head: change.toB },
      effects: EditorView.scrollIntoView(change.fromB, { y: 'nearest' }),
    })
  }
  const take = (list: readonly PlacedChange[]) => {
    const place = at()
    board.editA(
      list.map(({ fromA, toA, fromB, toB }) => ({
        from: fromA,
        to: toA,
        insert: b().slice(fromB, toB),
      })),
    )
    select(Math.min(place, changes().length - 1))
  }
  select(0)
  return {
    caption: () => lines.unwrap(board.a().toString()),
    proposal: () => lines.unwrap(b().toString()),
    setCaption(caption) {
      if (lines.unwrap(board.a().toString()) === caption) return
      const place = at()
      board.editA({ from: 0, to: board.a().length, insert: lines.wrap(caption) })
      select(Math.min(place, changes().length - 1))
    },
    count: () => changes().length,
    current() {
      const place = at()
      const change = changes()[place]
      if (change === undefined) return null
      return {
        place: place + 1,
        before: lines.unwrap(board.a().sliceString(change.fromA, change.toA)).trim(),
        after: lines.unwrap(b().sliceString(change.fromB, change.toB)).trim(),
      }
    },
    step(by) {
      const list = changes()
      if (list.length > 0) select((at() + by + list.length) % list.length)
    },
    takeChange() {
      const change = changes()[at()]
      if (change !== undefined) take([change])
    },
    takeSentence() {
      const change = changes()[at()]
      if (change === undefined) return
      const line = b().lineAt(change.fromB)
      take(changes().filter(({ fromB }) => fromB >= line.from && fromB <= line.to))
    },
    takeWhole() {
      take(changes())
    },
    leaveChange() {
      const place = at()
      const change = changes()[place]
      if (change === undefined) return
      const { fromA, toA, fromB, toB } = change
      view.dispatch({ changes: { from: fromB, to: toB, insert: board.a().slice(fromA, toA) } })
      select(Math.min(place, changes().length - 1))
    },
    focus: () => {
      view.focus()
    },
    close: board.close,
  }
}

/** The word diff as changes, so that the desk shows the same differences as the rest of the screen. */
function findChanges(a: string, b: string): readonly Change[] {
  const changes: Change[] = []
  let startA = 0
  let startB = 0
  let endA = 0
  let endB = 0
  const add = () => {
    if (endA > startA || endB > startB) changes.push(new Change(startA, endA, startB, endB))
  }
  for (const { kind, text } of diffWords(a, b).parts) {
    if (kind === 'same') {
      add()
      startA = endA += text.length
      startB = endB += text.length
    } else if (kind === 'removed') endA += text.length
    else endB += text.length
  }
  add()
  return changes
}

function placeChanges(chunk: Chunk): PlacedChange[] {
  return chunk.changes.map(({ fromA, toA, fromB, toB }) => ({
    fromA: chunk.fromA + fromA,
    toA: chunk.fromA + toA,
    fromB: chunk.fromB + fromB,
    toB: chunk.fromB + toB,
  }))
}

interface WrappedTexts {
  readonly caption: string
  readonly proposal: string
}

function createBoard(options: MergeDeskOptions, texts: WrappedTexts): Board {
  return options.layout === 'inline' ? createInline(options, texts) : createSides(options, texts)
}

function createInline({ parent, onEscape }: MergeDeskOptions, texts: WrappedTexts): Board {
  const view = new EditorView({
    parent,
    doc: texts.proposal,
    extensions: [
      readingExtensions('Proposal against your text', onEscape),
      unifiedMergeView({
        original: texts.caption,
        allowInlineDiffs: true,
        mergeControls: false,
        gutter: false,
        syntaxHighlightDeletions: false,
        diffConfig: DIFF_CONFIG,
      }),
    ],
  })
  const original = () => getOriginalDoc(view.state)
  return {
    view,
    a: original,
    chunks: () => getChunks(view.state)?.chunks ?? [],
    editA(changes) {
      const set = ChangeSet.of(changes, original().length)
      view.dispatch({ effects: originalDocChangeEffect(view.state, set) })
    },
    close: () => {
      view.destroy()
    },
  }
}

function createSides({ parent, onEscape }: MergeDeskOptions, texts: WrappedTexts): Board {
  const merge = new MergeView({
    parent,
    a: { doc: texts.caption, extensions: readingExtensions('Your text', onEscape) },
    b: { doc: texts.proposal, extensions: readingExtensions('Proposal', onEscape) },
    gutter: false,
    diffConfig: DIFF_CONFIG,
  })
  return {
    view: merge.b,
    a: () => merge.a.state.doc,
    chunks: () => merge.chunks,
    editA(changes) {
      merge.a.dispatch({ changes })
    },
    close: () => {
      merge.destroy()
    },
  }
}

/** Texts that can be walked through and copied from, never typed into. */
function readingExtensions(label: string, onEscape: () => void): Extension {
  return [
    EditorState.readOnly.of(true),
    EditorState.lineSeparator.of('\n'),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': label }),
    EditorView.perLineTextDirection.of(true),
    highlightSpecialChars({ addSpecialChars: /[\ue000-\uf8ff]/g, render: drawLineEnd }),
    keymap.of([
      {
        key: 'Escape',
        run: () => {
          onEscape()
          return true
        },
      },
      ...standardKeymap,
    ]),
  ]
}

/** Line ends of the caption stand in the lines as private characters. */
function drawLineEnd(code: number, description: string | null, placeholder: string): HTMLElement {
  const mark = document.createElement('span')
  const isLineEnd = code >= 0xe000 && code <= 0xf8ff
  mark.textContent = isLineEnd ? '⏎' : placeholder
  mark.title = isLineEnd ? 'line end' : (description ?? '')
  mark.className = 'cm-specialChar'
  return mark
}
