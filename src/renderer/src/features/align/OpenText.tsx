import { useQuery } from '@tanstack/react-query'
import { useEffect, useLayoutEffect } from 'react'
import type { AlignImage } from '../../../../shared/contract/align.ts'
import type { ImageId } from '../../../../shared/domain/ids.ts'
import { api } from '../../api/client.ts'
import type { AutosaveController } from './autosave/autosave-controller.ts'
import { useAutosave } from './autosave/use-autosave.ts'
import { conflictWithHead, heldTextOf, isDraftStale, judgeNews } from './held-text.ts'
import type { OpenCaption } from './open-caption.ts'

interface OpenTextProps {
  readonly imageId: ImageId
  readonly caption: OpenCaption
}

/**
 * Opens the image's text in the editor and takes in news of it. Draws nothing: each autosave renews the text that is
 * held, which must not draw the screen again.
 */
export function OpenText({ imageId, caption }: OpenTextProps) {
  const autosave = useAutosave()
  const image = useQuery(api.align.get.queryOptions({ input: { imageId } })).data
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
  return null
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
