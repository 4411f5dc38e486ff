import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { toCaptionPosition } from './caption-state.ts'

/** Which place of the caption the pointer rests on, for those who ask or follow. */
export interface PointedPlace {
  /** Goes into the editor. */
  readonly extension: Extension
  readonly subscribe: (listener: () => void) => () => void
  /** A position in the caption; null while the pointer is elsewhere, on its way, or somebody types. */
  readonly get: () => number | null
}

/** Long enough for a pointer on its way over the text to light nothing up. */
const REST_MS = 120

export function createPointedPlace(): PointedPlace {
  const listeners = new Set<() => void>()
  let place: number | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const set = (next: number | null): void => {
    clearTimeout(timer)
    if (next === place) return
    place = next
    for (const listener of listeners) listener()
  }
  return {
    extension: [
      EditorView.domEventHandlers({
        mousemove(event, view) {
          const { clientX: x, clientY: y } = event
          clearTimeout(timer)
          timer = setTimeout(() => {
            const at = view.posAtCoords({ x, y })
            set(at === null ? null : toCaptionPosition(view.state, at))
          }, REST_MS)
        },
        mouseleave() {
          set(null)
        },
      }),
      EditorView.updateListener.of(({ docChanged }) => {
        if (docChanged) set(null)
      }),
    ],
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    get: () => place,
  }
}
