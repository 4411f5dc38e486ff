import type { Extension } from '@codemirror/state'
import { useState } from 'react'
import { useAutosave } from './autosave/use-autosave.ts'
import { createOpenCaption, type OpenCaption } from './open-caption.ts'

interface OpenCaptionOptions {
  /** The project can only be looked at. */
  readonly isReadOnly: boolean
  /** Escape leaves the text; the first function given is kept. */
  readonly onEscape: () => void
  /** Layers and reports of the editor; those given first are kept. */
  readonly extensions: Extension
}

/** The caption of the screen, which hands what is typed to the autosave; `OpenText` opens images in it. */
export function useOpenCaption({
  isReadOnly,
  onEscape,
  extensions,
}: OpenCaptionOptions): OpenCaption {
  const autosave = useAutosave()
  const [caption] = useState(() =>
    createOpenCaption({
      isReadOnly,
      onChange: (typedFor, text) => {
        const baseRevisionId = autosave.baseRevisionId(typedFor)
        autosave.type({ imageId: typedFor, baseRevisionId, text })
      },
      onBlur: (typedFor) => void autosave.flush(typedFor),
      onEscape,
      extensions,
    }),
  )
  return caption
}
