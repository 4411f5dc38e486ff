import { useSyncExternalStore } from 'react'
import type { ImageId } from '../../../../shared/domain/ids.ts'
import { CaptionEditor, type CaptionEditorOptions } from './editor/caption-editor.ts'

/** The text in the editor, for what counts and compares it. */
export interface OpenText {
  readonly imageId: ImageId
  readonly text: string
}

export interface OpenCaption {
  /** Puts the editor into an element; the answer takes it out again. */
  readonly attach: (parent: HTMLElement) => () => void
  readonly editor: () => CaptionEditor | null
  readonly open: (imageId: ImageId, text: string) => void
  readonly clear: () => void
  readonly get: () => OpenText | null
  readonly subscribe: (listener: () => void) => () => void
}

/** Joins the editor, which lives outside React, with the parts of the screen that show its text. */
export function createOpenCaption(options: Omit<CaptionEditorOptions, 'parent'>): OpenCaption {
  const listeners = new Set<() => void>()
  let editor: CaptionEditor | null = null
  let open: OpenText | null = null

  function set(next: OpenText | null): void {
    if (open?.imageId === next?.imageId && open?.text === next?.text) return
    open = next
    for (const listener of listeners) listener()
  }

  return {
    attach(parent) {
      const created = new CaptionEditor({
        ...options,
        parent,
        onChange: (imageId, text) => {
          set({ imageId, text })
          options.onChange(imageId, text)
        },
      })
      editor = created
      if (open !== null) created.show(open.imageId, open.text)
      return () => {
        created.close()
        if (editor === created) editor = null
      }
    },
    editor: () => editor,
    open(imageId, text) {
      editor?.show(imageId, text)
      set({ imageId, text })
    },
    clear() {
      editor?.clear()
      set(null)
    },
    get: () => open,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The text that is open, renewed with each key; null while none is. */
export function useOpenText(caption: OpenCaption): string | null {
  return useSyncExternalStore(caption.subscribe, () => caption.get()?.text ?? null)
}
