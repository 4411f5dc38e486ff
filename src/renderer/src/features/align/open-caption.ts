import { startTransition, useEffect, useState } from 'react'
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
  /** The text as of the last pause in typing: what compares and counts must not hold up the keys. */
  readonly getPaused: () => OpenText | null
  readonly subscribeToPauses: (listener: () => void) => () => void
}

/** Longer than most gaps between two keys of a word, so that the work of a pause seldom meets a key. */
const PAUSE_MS = 150
/** All that work grows with the text; without this a caption of 100 KB would be read anew between any two words. */
const PAUSE_MS_PER_CHARACTER = 0.01

/** Joins the editor, which lives outside React, with the parts of the screen that show its text. */
export function createOpenCaption(options: Omit<CaptionEditorOptions, 'parent'>): OpenCaption {
  const listeners = new Set<() => void>()
  let editor: CaptionEditor | null = null
  let open: OpenText | null = null
  let paused: OpenText | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  function publish(): void {
    clearTimeout(timer)
    // Also where the same text was typed again: what lay over the words before went with them.
    if (paused === open) return
    paused = open
    for (const listener of listeners) listener()
  }

  return {
    attach(parent) {
      const created = new CaptionEditor({
        ...options,
        parent,
        onChange: (imageId, text) => {
          open = { imageId, text }
          clearTimeout(timer)
          timer = setTimeout(publish, PAUSE_MS + text.length * PAUSE_MS_PER_CHARACTER)
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
      open = { imageId, text }
      publish()
    },
    clear() {
      editor?.clear()
      open = null
      publish()
    },
    get: () => open,
    getPaused: () => paused,
    subscribeToPauses(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The text that is open and its image, renewed at each pause in typing; null while none is. */
export function usePausedCaption(caption: OpenCaption): OpenText | null {
  const [paused, setPaused] = useState(caption.getPaused)
  useEffect(() => {
    // A transition gives way to keys, so that what shows the text never holds up the text itself.
    const follow = () => {
      startTransition(() => {
        setPaused(caption.getPaused())
      })
    }
    follow()
    return caption.subscribeToPauses(follow)
  }, [caption])
  return paused
}

/** The text that is open, renewed at each pause in typing; null while none is. */
export function usePausedText(caption: OpenCaption): string | null {
  return usePausedCaption(caption)?.text ?? null
}
