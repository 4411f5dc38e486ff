import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { AlignImage } from '../../../../shared/contract/align.ts'
import type { ImageId, RevisionId } from '../../../../shared/domain/ids.ts'
import type { Status } from '../../../../shared/domain/status.ts'
import { client } from '../../api/client.ts'
import { describeError } from '../../api/describe-error.ts'
import type { Listing } from '../../navigation/listing.ts'
import { alignPath } from '../../navigation/listing.ts'
import { showNotice } from '../../notices/notice-store.ts'
import type { Announcer } from './announcer.ts'
import { putImage, useAutosave } from './autosave/use-autosave.ts'
import { heldTextOf } from './held-text.ts'
import type { OpenCaption } from './open-caption.ts'
import type { Strip } from './strip/use-strip.ts'
import { useWalkSteps } from './strip/use-walk-steps.ts'
import { useHistorySteps } from './use-history-steps.ts'

interface AlignActionsOptions {
  readonly imageId: ImageId
  readonly listing: Listing
  readonly strip: Strip
  readonly caption: OpenCaption
  readonly announcer: Announcer
}

/** Statuses that say that there is nothing left to do here, so that the next image comes up. */
const PASSING_STATUSES: ReadonlySet<Status> = new Set(['skipped', 'discarded'])

const LAST_SUBMITTED = 'Submitted. This was the last image here.'

export interface AlignActions {
  readonly goTo: (imageId: ImageId) => void
  readonly goNext: () => void
  readonly goPrevious: () => void
  readonly submit: () => void
  readonly setStatus: (status: Status) => Promise<void>
  readonly undo: () => Promise<void>
  readonly redo: () => Promise<void>
  readonly discardDraft: () => Promise<void>
  readonly restore: (revisionId: RevisionId) => Promise<void>
  readonly useText: (text: string) => void
  readonly keepMine: () => Promise<void>
  /** Settles a conflict by a text made of both, saved onto theirs. */
  readonly keepMerged: (text: string) => Promise<void>
  readonly takeTheirs: (headRevisionId: RevisionId | null) => Promise<void>
}

/** What can be done with the open image. Every change goes through the image's own write queue. */
export function useAlignActions(options: AlignActionsOptions): AlignActions {
  const { imageId, listing, strip, caption, announcer } = options
  const queryClient = useQueryClient()
  const autosave = useAutosave()
  const [, navigate] = useLocation()

  function goTo(next: ImageId): void {
    // One entry in the browser's history for the whole walk: "back" leads to where it began.
    navigate(alignPath(next, listing), { replace: true })
  }

  const walk = useWalkSteps({ imageId, strip, goTo })
  const [changesUnderWay] = useState(() => new Map<ImageId, Promise<unknown>>())

  /** Notes a change on its way: what is asked for next comes after it, in the order of the keys. */
  function inOrder<T>(work: Promise<T>): Promise<T> {
    const settled: Promise<unknown> = work
      // Whoever asked for the change hears of its failure.
      .catch(() => undefined)
      .then(() => {
        if (changesUnderWay.get(imageId) === settled) changesUnderWay.delete(imageId)
      })
    changesUnderWay.set(imageId, settled)
    return work
  }

  /** Runs a change after what was typed is on disk, and shows what the core holds then. */
  async function change(
    work: (baseRevisionId: RevisionId | null) => Promise<AlignImage>,
  ): Promise<AlignImage | null> {
    const state = await autosave.flush(imageId)
    if (state.kind === 'conflict') {
      announcer.say('First choose one of the two texts.')
      return null
    }
    const image = await autosave.runExclusive(imageId, async () => {
      const result = await work(autosave.baseRevisionId(imageId))
      return { held: heldTextOf(result), result }
    })
    show(image)
    return image
  }

  /** Runs a change that is a step of the image itself; answers whether it was run. */
  function changeAlone(work: Parameters<typeof change>[0]): Promise<boolean> {
    return inOrder(
      change(work).then((image) => {
        if (image !== null) forgetSteps()
        return image !== null
      }),
    )
  }

  function show(image: AlignImage): void {
    putImage(queryClient, image)
    // What was typed since the change was asked for stays, and is saved onto what the change led to.
    const isTyped = autosave.state(image.id).kind !== 'saved'
    if (caption.get()?.imageId === image.id && !isTyped) caption.open(image.id, image.startText)
  }

  function submit(): void {
    const open = caption.get()
    if (open?.imageId !== imageId) return
    if (autosave.state(imageId).kind === 'conflict') {
      announcer.say('Not submitted. First choose one of the two texts.')
      return
    }
    const { text } = open
    const baseRevisionId = autosave.baseRevisionId(imageId)
    const isFirst = !changesUnderWay.has(imageId)
    const work = autosave.runExclusive(imageId, async () => {
      // A change of one's own that was on its way gave the text another base.
      const base = isFirst ? baseRevisionId : autosave.baseRevisionId(imageId)
      const result = await client.align.submit({ imageId, baseRevisionId: base, text })
      return { held: heldTextOf(result), taken: text, result }
    })
    const name = strip.rows.find((row) => row.id === imageId)?.name ?? 'The image'
    const submitted = inOrder(
      work.then(
        (image) => {
          putImage(queryClient, image)
          forgetSteps()
          return true
        },
        (error: unknown) => {
          reportNotSubmitted(error, name)
          return false
        },
      ),
    )
    walk({
      direction: 'next',
      onGo: () => {
        announcer.sayBefore('Submitted')
      },
      whenNone: () => {
        announcer.say('Submitted. This was the last image.')
        void submitted.then((isDone) => {
          if (isDone) showNotice({ tone: 'success', title: LAST_SUBMITTED })
        })
      },
    })
    caption.editor()?.focus()
  }

  function reportNotSubmitted(error: unknown, name: string): void {
    const { title, text, advice } = describeError(error)
    showNotice({
      tone: 'error',
      title: `${name} was not submitted: ${title}`,
      text: [text, advice, 'The text is kept.'].filter(Boolean).join(' '),
      action: {
        label: 'Go back to it',
        run: () => {
          goTo(imageId)
        },
      },
    })
  }

  /** The text as it is now is one step of the image, which comes before those of the editor from now on. */
  function forgetSteps(): void {
    caption.editor()?.forgetSteps(imageId)
  }

  const steps = useHistorySteps({ imageId, caption, announcer, change })

  async function takeStep(direction: 'undo' | 'redo'): Promise<void> {
    await changesUnderWay.get(imageId)
    await steps[direction]()
  }

  return {
    goTo,
    goNext() {
      walk({
        direction: 'next',
        whenNone: () => {
          announcer.say('This is the last image.')
        },
      })
    },
    goPrevious() {
      walk({
        direction: 'previous',
        whenNone: () => {
          announcer.say('This is the first image.')
        },
      })
    },
    submit,
    async setStatus(status) {
      const isSet = await changeAlone((baseRevisionId) =>
        client.align.setStatus({ imageId, baseRevisionId, status }),
      )
      if (!isSet) return
      const say = () => {
        announcer.say(`Status ${status}`)
      }
      // Who went elsewhere meanwhile stays there.
      const isOpen = caption.editor()?.imageId === imageId
      if (!isOpen || !PASSING_STATUSES.has(status)) say()
      else {
        walk({
          direction: 'next',
          onGo: () => {
            announcer.sayBefore(`Status ${status}`)
          },
          whenNone: say,
        })
      }
    },
    undo: () => inOrder(takeStep('undo')),
    redo: () => inOrder(takeStep('redo')),
    async discardDraft() {
      const isDiscarded = await changeAlone((baseRevisionId) =>
        client.align.discardDraft({ imageId, baseRevisionId }),
      )
      if (isDiscarded) announcer.say('Draft discarded')
    },
    async restore(revisionId) {
      const isRestored = await changeAlone((baseRevisionId) =>
        client.align.restore({ imageId, baseRevisionId, revisionId }),
      )
      if (isRestored) announcer.say('Restored as a new revision')
    },
    useText(text) {
      caption.editor()?.replaceText(text)
      caption.editor()?.focus()
      announcer.say('Text taken over')
    },
    async keepMine() {
      await autosave.keepMine(imageId)
      announcer.say('Your text is kept')
      caption.editor()?.focus()
    },
    async keepMerged(text) {
      caption.editor()?.changeText(text)
      await autosave.keepMine(imageId)
      announcer.say('The merged text is kept')
      caption.editor()?.focus()
    },
    async takeTheirs(headRevisionId) {
      const mine = caption.get()?.text
      const image = await autosave.runExclusive(imageId, async () => {
        const result = await client.align.discardDraft({ imageId, baseRevisionId: headRevisionId })
        return { held: heldTextOf(result), taken: mine, result }
      })
      show(image)
      announcer.say('The other text is taken')
      caption.editor()?.focus()
    },
  }
}
