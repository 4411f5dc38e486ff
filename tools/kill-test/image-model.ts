import { fitsStatus } from '../../src/shared/domain/status-fit.ts'
import type { Status } from '../../src/shared/domain/status.ts'

/** What a person sees of one image; `head` is a place in the list of its revisions. */
export interface ImageState {
  readonly status: Status
  readonly head: number | null
  readonly draft: string | null
}

interface Change {
  readonly before: ImageState
  readonly after: ImageState
}

/**
 * A second, tiny implementation of what Align does to one image, to tell what must be in the project after a
 * series of acknowledged requests.
 */
export interface ImageModel {
  readonly state: ImageState
  /** Texts of all revisions, oldest first, taken back or not. */
  readonly revisions: readonly string[]
  readonly journalRows: number
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
      return append(model, operation.text, 'submitted')
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

function change(model: ImageModel, after: ImageState): ImageModel {
  return {
    ...model,
    state: after,
    journalRows: model.journalRows + 1,
    undoable: [...model.undoable, { before: model.state, after }],
    redoable: [],
  }
}

function undo(model: ImageModel): ImageModel | null {
  const last = model.undoable.at(-1)
  if (last === undefined) return null
  return {
    ...model,
    state: last.before,
    journalRows: model.journalRows + 1,
    undoable: model.undoable.slice(0, -1),
    redoable: [...model.redoable, last],
  }
}

function redo(model: ImageModel): ImageModel | null {
  const last = model.redoable.at(-1)
  if (last === undefined) return null
  return {
    ...model,
    state: last.after,
    journalRows: model.journalRows + 1,
    undoable: [...model.undoable, last],
    redoable: model.redoable.slice(0, -1),
  }
}
