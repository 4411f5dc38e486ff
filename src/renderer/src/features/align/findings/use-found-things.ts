import { useQuery } from '@tanstack/react-query'
import type { Findings } from '../../../../../shared/contract/findings.ts'
import type { ImageId } from '../../../../../shared/domain/ids.ts'
import { api } from '../../../api/client.ts'
import { useCommandHandlers } from '../../../commands/CommandProvider.tsx'
import type { Announcer } from '../announcer.ts'
import { parseBoolean, useRemembered } from '../use-remembered.ts'

type FoundBox = NonNullable<Findings['detect']>['boxes'][number]
type FoundLine = NonNullable<Findings['ocr']>['lines'][number]

/** What detectors and OCR found in the open picture. */
export interface FoundThings {
  readonly boxes: readonly FoundBox[]
  readonly lines: readonly FoundLine[]
  /** False where no model has looked at this picture yet, which is something else than nothing found. */
  readonly isLookedAt: boolean
  /** Whether it is drawn; this browser remembers it. */
  readonly isShown: boolean
}

export function useFoundThings(imageId: ImageId, announcer: Announcer): FoundThings {
  const [isShown, setShown] = useRemembered('align.found', true, parseBoolean)
  const { data } = useQuery(api.findings.get.queryOptions({ input: { imageId } }))
  const detect = data?.detect ?? null
  const ocr = data?.ocr ?? null
  const isLookedAt = detect !== null || ocr !== null
  useCommandHandlers({
    'align.toggleFound': {
      run: () => {
        setShown(!isShown)
        if (isShown) announcer.say('What models found is hidden')
        else if (isLookedAt) announcer.say('What models found is shown')
        else announcer.say('Shown from now on; no detector or OCR has looked at this picture yet')
      },
    },
  })
  return { boxes: detect?.boxes ?? [], lines: ocr?.lines ?? [], isLookedAt, isShown }
}
