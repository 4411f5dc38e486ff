import { fitsStatus } from '../../src/shared/domain/status-fit.ts'
import type { Status } from '../../src/shared/domain/status.ts'

/** What a person sees of one image; `head` is a place in the list of its revisions. */
export interface ImageState {
  readonly status: Status
  readonly head: number | null
  readonly draft: string | null
}

type Change =
  | { readonly kind: 'change'; readonly before: ImageState; readonly after: ImageState }
  /** What was typed between two changes: the open text before and after it. */
  | { readonly kind: 'typing'; readonly before: string | null; readonly after: string | null }

/**
 * A second, tiny implementation of what Align does to one image, to tell what must be in the project after a
 * series of acknowledged requests.
 */
export interface ImageModel {
  readonly state: ImageState
  /** Texts of all revisions, oldest first, taken back or not. */
  readonly revisions: readonly string[]
  /** Rows of changes and of their undo; those of typing depend on when drafts were saved. */
  readonly journalRows: number
  /** The open text as the last step left it; what is open beyond it was typed since. */
  readonly stepDraft: string | null
  readonly undoable: readonly Change[]
  readonly redoable: readonly Change[]
}

export type ImageOperation =
  | { readonly kind: 'autosave'; readonly text: string }
  | { readonly kind: 'submit'; readonly text: string }
  | { readonly kind: 'setStatus'; readonly status: Status }
  | { readonly kind: 'restore'; readonly revision: number }
  | { readonly kind: 'discardDraft' }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' }

export const NEW_IMAGE: ImageModel = {
  state: { status: 'todo', head: null, draft: null },
  revisions: [],
  journalRows: 0,
  stepDraft: null,
  undoable: [],
  redoable: [],
}

/** The image after an operation, or null where Realign must refuse it. */
export function applyOperation(model: ImageModel, operation: ImageOperation): ImageModel | null {
  const { state } = model
  switch (operation.kind) {
    case 'autosave':
      return {
        ...model,
        state: {
          ...state,
          draft: operation.text,
          status: state.status === 'todo' ? 'draft' : state.status,
        },
      }
    case 'submit':
      return append(withWholeText(model, operation.text), operation.text, 'submitted')
    case 'restore': {
      const text = model.revisions[operation.revision]
      if (text === undefined) return null
      return append(model, text, state.status === 'todo' ? 'draft' : state.status)
    }
    case 'setStatus':
      if (state.status === operation.status) return model
      if (!fitsStatus(operation.status, factsOf(state))) return null
      return change(model, { ...state, status: operation.status })
    case 'discardDraft':
      return change(model, {
        ...state,
        draft: null,
        status: state.status === 'draft' ? 'todo' : state.status,
      })
    case 'undo':
      return undo(model)
    case 'redo':
      return redo(model)
  }
}

function factsOf(state: ImageState): { hasCaption: boolean; hasDraft: boolean } {
  return { hasCaption: state.head !== null, hasDraft: state.draft !== null }
}

function append(model: ImageModel, text: string, status: Status): ImageModel {
  const revisions = [...model.revisions, text]
  return change({ ...model, revisions }, { status, head: revisions.length - 1, draft: null })
}

/** A submit keeps what was typed in the last pause, which no autosave had. */
function withWholeText(model: ImageModel, text: string): ImageModel {
  if (model.state.draft === null) return model
  return { ...model, state: { ...model.state, draft: text } }
}

/** Makes a step of what was typed since the last one. */
function keepTyping(model: ImageModel): ImageModel {
  const { draft } = model.state
  if (draft === model.stepDraft) return model
  return {
    ...model,
    stepDraft: draft,
    undoable: [...model.undoable, { kind: 'typing', before: model.stepDraft, after: draft }],
    redoable: [],
  }
}

function change(typed: ImageModel, after: ImageState): ImageModel {
  const model = keepTyping(typed)
  return {
    ...model,
    state: after,
    stepDraft: after.draft,
    journalRows: model.journalRows + 1,
    undoable: [...model.undoable, { kind: 'change', before: model.state, after }],
    redoable: [],
  }
}

function undo(typed: ImageModel): ImageModel | null {
  const model = keepTyping(typed)
  const last = model.undoable.at(-1)
  if (last === undefined) return null
  return {
    ...putBack(model, last, 'before'),
    undoable: model.undoable.slice(0, -1),
    redoable: [...model.redoable, last],
  }
}

function redo(typed: ImageModel): ImageModel | null {
  const model = keepTyping(typed)
  const last = model.redoable.at(-1)
  if (last === undefined) return null
  return {
    ...putBack(model, last, 'after'),
    undoable: [...model.undoable, last],
    redoable: model.redoable.slice(0, -1),
  }
}

function putBack(model: ImageModel, step: Change, side: 'before' | 'after'): ImageModel {
  if (step.kind === 'change') {
    const state = step[side]
    return { ...model, state, stepDraft: state.draft, journalRows: model.journalRows + 1 }
  }
  const draft = step[side]
  const { status } = model.state
  const [from, to] = draft === null ? (['draft', 'todo'] as const) : (['todo', 'draft'] as const)
  const state = { ...model.state, draft, status: status === from ? to : status }
  return { ...model, state, stepDraft: draft }
}
