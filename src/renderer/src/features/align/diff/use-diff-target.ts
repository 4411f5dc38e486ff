import { useState } from 'react'
import type { ImageId } from '../../../../../shared/domain/ids.ts'
import { holdsEverywhere, type DiffTarget } from './diff-target.ts'

/** What is compared with; a revision that was picked belongs to its image only. */
export function useDiffTarget(
  imageId: ImageId,
): readonly [DiffTarget, (target: DiffTarget) => void] {
  const [picked, setPicked] = useState<{ imageId: ImageId; target: DiffTarget }>({
    imageId,
    target: { kind: 'anchor' },
  })
  const holds = picked.imageId === imageId || holdsEverywhere(picked.target)
  return [
    holds ? picked.target : { kind: 'anchor' },
    (target) => {
      setPicked({ imageId, target })
    },
  ]
}
