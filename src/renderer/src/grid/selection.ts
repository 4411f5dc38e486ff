/** Either named rows, or every row of the listing but some: "all" of a million costs nothing. */
export type SelectionState<Id> =
  | { readonly kind: 'some'; readonly ids: ReadonlySet<Id> }
  | { readonly kind: 'all'; readonly except: ReadonlySet<Id> }

export interface Selection<Id> {
  readonly get: () => SelectionState<Id>
  readonly subscribe: (listener: () => void) => () => void
  readonly has: (id: Id) => boolean
  /** Number of selected rows in a listing of `total`. */
  readonly count: (total: number) => number
  readonly toggle: (id: Id) => void
  readonly selectOnly: (ids: readonly Id[]) => void
  readonly add: (ids: readonly Id[]) => void
  readonly selectAll: () => void
  readonly clear: () => void
}

export function createSelection<Id>(): Selection<Id> {
  let state: SelectionState<Id> = { kind: 'some', ids: new Set() }
  const listeners = new Set<() => void>()

  function set(next: SelectionState<Id>): void {
    state = next
    for (const listener of listeners) listener()
  }

  return {
    get: () => state,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    has: (id) => (state.kind === 'all' ? !state.except.has(id) : state.ids.has(id)),
    count: (total) => (state.kind === 'all' ? total - state.except.size : state.ids.size),
    toggle: (id) => {
      set(
        state.kind === 'all'
          ? { kind: 'all', except: toggled(state.except, id) }
          : { kind: 'some', ids: toggled(state.ids, id) },
      )
    },
    selectOnly: (ids) => {
      set({ kind: 'some', ids: new Set(ids) })
    },
    add: (ids) => {
      set(
        state.kind === 'all'
          ? { kind: 'all', except: new Set([...state.except].filter((id) => !ids.includes(id))) }
          : { kind: 'some', ids: new Set([...state.ids, ...ids]) },
      )
    },
    selectAll: () => {
      set({ kind: 'all', except: new Set() })
    },
    clear: () => {
      if (state.kind === 'some' && state.ids.size === 0) return
      set({ kind: 'some', ids: new Set() })
    },
  }
}

function toggled<Id>(ids: ReadonlySet<Id>, id: Id): ReadonlySet<Id> {
  const next = new Set(ids)
  if (!next.delete(id)) next.add(id)
  return next
}
