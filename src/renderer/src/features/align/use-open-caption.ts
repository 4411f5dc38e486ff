import type { Extension } from '@codemirror/state'
import { useEffect, useLayoutEffect, useState } from 'react'
import type { AlignImage } from '../../../../shared/contract/align.ts'
import type { ImageId } from '../../../../shared/domain/ids.ts'
import type { AutosaveController } from './autosave/autosave-controller.ts'
import { useAutosave } from './autosave/use-autosave.ts'
import { conflictWithHead, heldTextOf, isDraftStale, judgeNews } from './held-text.ts'
import { createOpenCaption, type OpenCaption } from './open-caption.ts'

interface OpenCaptionOptions {
  readonly imageId: ImageId
  /** Undefined while it is on its way. */
  readonly image: AlignImage | undefined
  /** The project can only be looked at. */
  readonly isReadOnly: boolean
  /** Escape leaves the text; the first function given is kept. */
  readonly onEscape: () => void
  /** Layers and reports of the editor; those given first are kept. */
  readonly extensions: Extension
}

/** Opens the image's text in the editor, hands what is typed to the autosave, and takes in news. */
export function useOpenCaption(options: OpenCaptionOptions): OpenCaption {
  const { imageId, image, isReadOnly, onEscape, extensions } = options
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
  useLayoutEffect(() => {
    if (image?.id !== imageId) caption.clear()
    else if (caption.editor()?.imageId === imageId) takeNews(caption, autosave, image)
    else openImage(caption, autosave, image)
  }, [caption, autosave, imageId, image])
  useEffect(
    () => () => {
      void autosave.flush(imageId)
    },
    [autosave, imageId],
  )
  return caption
}

/** Opens an image's text, going on from what was typed here and is not saved yet. */
function openImage(caption: OpenCaption, autosave: AutosaveController, image: AlignImage): void {
  const shown = autosave.open(image.id, heldTextOf(image))
  caption.open(image.id, shown.text)
  if (autosave.state(image.id).kind !== 'conflict' && isDraftStale(image)) {
    autosave.reportConflict({ imageId: image.id, ...shown }, conflictWithHead(image))
  }
}

function takeNews(caption: OpenCaption, autosave: AutosaveController, image: AlignImage): void {
  const shown = {
    baseRevisionId: autosave.baseRevisionId(image.id),
    text: caption.get()?.text ?? '',
  }
  switch (judgeNews({ shown, saveState: autosave.state(image.id), image })) {
    case 'keep':
      return
    case 'adopt':
      autosave.drop(image.id, heldTextOf(image))
      caption.open(image.id, image.startText)
      return
    case 'conflict':
      autosave.reportConflict({ imageId: image.id, ...shown }, conflictWithHead(image))
  }
}
