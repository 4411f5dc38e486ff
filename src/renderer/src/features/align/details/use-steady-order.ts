import { useState } from 'react'
import type { Detail } from '../../../../../shared/contract/judgements.ts'
import type { ImageId } from '../../../../../shared/domain/ids.ts'
import { inSteadyOrder } from './steady-order.ts'

/** Details in the order in which they were first shown of this image, so that a key does the same twice. */
export function useSteadyOrder(
  imageId: ImageId | undefined,
  details: readonly Detail[],
): readonly Detail[] {
  const [shown, setShown] = useState({ imageId, ids: [] as readonly string[] })
  const before = shown.imageId === imageId ? shown.ids : []
  const steady = inSteadyOrder(details, before)
  const added = steady.map(({ id }) => id).filter((id) => !before.includes(id))
  if (added.length > 0) setShown({ imageId, ids: [...before, ...added] })
  return steady
}
