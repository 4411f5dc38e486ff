import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { AlignImage } from '../../../../shared/contract/align.ts'
import type { ImageId } from '../../../../shared/domain/ids.ts'
import { api, client } from '../../api/client.ts'
import { describeError } from '../../api/describe-error.ts'
import { showNotice } from '../../notices/notice-store.ts'
import type { Announcer } from './announcer.ts'
import { refetchFindings } from './marks/refetch-findings.ts'
import type { OpenCaption } from './open-caption.ts'

interface HistoryStepsOptions {
  readonly imageId: ImageId
  readonly caption: OpenCaption
  readonly announcer: Announcer
  /** Runs a change of the image and shows what comes of it; null where it was not run. */
  readonly change: (work: () => Promise<AlignImage>) => Promise<AlignImage | null>
}

export interface HistorySteps {
  readonly undo: () => Promise<void>
  readonly redo: () => Promise<void>
}

type Direction = 'undo' | 'redo'

/**
 * One order of steps out of two: the editor knows the typing and the answers since the image's last change, the image
 * all that was before. Undo goes from the first to the second, and redo back.
 */
export function useHistorySteps(options: HistoryStepsOptions): HistorySteps {
  const { imageId, caption, announcer, change } = options
  const queryClient = useQueryClient()
  /** How many steps of the image were taken back after those of the editor; they are done again first. */
  const [taken] = useState(() => new Map<ImageId, number>())

  /** Answers whether there was a step. */
  async function stepImage(direction: Direction): Promise<boolean> {
    const labels: string[] = []
    try {
      await change(async () => {
        const { label } = await client.align[direction]({ imageId })
        labels.push(label)
        return client.align.get({ imageId })
      })
    } catch (error) {
      if (describeError(error).code !== 'NOTHING_TO_UNDO') throw error
      return false
    }
    // A step may be an answer, or a decision about a proposal.
    const besideText = [api.judgements.key(), api.text.key(), api.proposals.key()]
    void refetchFindings(queryClient, besideText)
    const [label] = labels
    if (label !== undefined) say(`${direction === 'undo' ? 'Undone' : 'Redone'}: ${label}`)
    return true
  }

  function say(title: string): void {
    announcer.say(title)
    showNotice({ title })
  }

  /** A step that waited may come when another image is open already, whose typing it must leave alone. */
  function stepEditor(direction: Direction): boolean {
    const editor = caption.editor()
    return editor?.imageId === imageId && editor[direction]()
  }

  return {
    async undo() {
      if (stepEditor('undo')) taken.delete(imageId)
      else if (await stepImage('undo')) taken.set(imageId, (taken.get(imageId) ?? 0) + 1)
      else say('Nothing to undo on this image')
    },
    async redo() {
      const count = taken.get(imageId) ?? 0
      taken.set(imageId, Math.max(0, count - 1))
      if (count > 0 && (await stepImage('redo'))) return
      if (stepEditor('redo') || (await stepImage('redo'))) return
      say('Nothing to redo on this image')
    },
  }
}
