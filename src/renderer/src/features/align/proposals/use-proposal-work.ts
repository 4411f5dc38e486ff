import { useEffect, useEffectEvent, useReducer, useRef, useState, type RefObject } from 'react'
import type { Proposal } from '../../../../../shared/contract/proposals.ts'
import type { ImageId } from '../../../../../shared/domain/ids.ts'
import type { Announcer } from '../announcer.ts'
import type { OpenCaption } from '../open-caption.ts'
import type { MergeDesk } from './merge-desk.ts'
import { useProposalDecisions } from './use-proposal-decisions.ts'

interface ProposalWorkOptions {
  readonly imageId: ImageId
  readonly proposals: readonly Proposal[]
  readonly caption: OpenCaption
  readonly announcer: Announcer
}

export interface ProposalWork {
  readonly deskRef: RefObject<MergeDesk | null>
  /** The proposal on the desk, or null. */
  readonly open: Proposal | null
  /** `Change 2 of 5`, or what there is to say instead. */
  readonly place: string
  readonly toggle: (proposal: Proposal) => void
  /** Opens the open proposal after the one on the desk; after the last, goes back to the caption. */
  readonly openNext: () => void
  readonly close: () => void
  readonly step: (by: 1 | -1) => void
  readonly take: (how: 'takeChange' | 'takeSentence' | 'takeWhole') => void
  readonly leaveChange: () => void
  readonly reject: () => void
  readonly onReady: () => void
}

/**
 * What a person does with proposals. What is taken goes into the editor like typing, so that autosave
 * and undo know it; only then is the decision recorded. Undoing it opens the proposal again.
 */
export function useProposalWork(options: ProposalWorkOptions): ProposalWork {
  const { imageId, proposals, caption, announcer } = options
  const deskRef = useRef<MergeDesk | null>(null)
  const [openId, setOpenId] = useState<number | null>(null)
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  const [place, setPlace] = useState('')
  const { decide } = useProposalDecisions(imageId, caption)
  const open = proposals.find(({ id }) => id === openId) ?? null
  const textsBefore = useTextsBefore(caption, imageId, (proposalId) => {
    decide(proposalId, 'open')
  })

  function report(isSpoken: boolean): void {
    const desk = deskRef.current
    const text = desk === null ? '' : describePlace(desk)
    setPlace(text.split(':')[0] ?? '')
    if (isSpoken) announcer.say(text)
    redraw()
  }

  function close(): void {
    setOpenId(null)
    caption.editor()?.focus()
  }

  /** Runs an act on the desk against the caption as it is now, typing of the last moment included. */
  function act(work: (desk: MergeDesk, proposal: Proposal, before: string) => void): void {
    const desk = deskRef.current
    const now = caption.get()
    if (desk === null || open === null || now?.imageId !== imageId) return
    desk.setCaption(now.text)
    work(desk, open, now.text)
    if (desk.count() === 0) {
      announcer.say('Nothing of the proposal is left.')
      close()
    } else report(true)
  }

  return {
    deskRef,
    open,
    place,
    toggle(proposal) {
      if (proposal.id === openId) close()
      else setOpenId(proposal.id)
    },
    openNext() {
      const waiting = proposals.filter(({ id, state }) => state === 'open' || id === openId)
      const at = waiting.findIndex(({ id }) => id === openId)
      const next = waiting[at + 1]
      if (next !== undefined) setOpenId(next.id)
      else {
        if (openId === null) announcer.say('There is no open proposal.')
        close()
      }
    },
    close,
    step(by) {
      deskRef.current?.step(by)
      report(true)
    },
    take(how) {
      act((desk, proposal, before) => {
        desk[how]()
        caption.editor()?.changeText(desk.caption())
        textsBefore.keep(proposal.id, before)
        const isWhole = desk.count() === 0 && desk.proposal() === proposal.text
        decide(proposal.id, isWhole ? 'accepted' : 'partly-accepted')
      })
    },
    leaveChange() {
      act((desk, proposal) => {
        desk.leaveChange()
        if (desk.count() > 0) return
        decide(proposal.id, textsBefore.has(proposal.id) ? 'partly-accepted' : 'rejected')
      })
    },
    reject() {
      if (open === null) return
      decide(open.id, 'rejected')
      announcer.say('Proposal rejected')
      close()
    },
    onReady() {
      deskRef.current?.focus()
      report(true)
    },
  }
}

/**
 * Notices when the caption is again what it was before anything was taken from a proposal. It asks the editor at each
 * pause: a text that was taken and given back within one pause leaves the paused text as it was.
 */
function useTextsBefore(
  caption: OpenCaption,
  imageId: ImageId,
  onUndone: (proposalId: number) => void,
) {
  const textsRef = useRef(new Map<number, string>())
  const compare = useEffectEvent(() => {
    const now = caption.get()
    if (now?.imageId !== imageId) return
    for (const [proposalId, text] of textsRef.current) {
      if (text !== now.text) continue
      textsRef.current.delete(proposalId)
      onUndone(proposalId)
    }
  })
  useEffect(() => caption.subscribeToPauses(compare), [caption])
  return {
    keep(proposalId: number, text: string) {
      if (!textsRef.current.has(proposalId)) textsRef.current.set(proposalId, text)
    },
    has: (proposalId: number) => textsRef.current.has(proposalId),
  }
}

function describePlace(desk: MergeDesk): string {
  const change = desk.current()
  if (change === null) return 'No difference to the caption'
  const { place, before, after } = change
  return `Change ${place} of ${desk.count()}: ${describeChange(before, after)}`
}

function describeChange(before: string, after: string): string {
  if (before === '') return after === '' ? 'white space' : `adds “${after}”`
  return after === '' ? `drops “${before}”` : `“${before}” becomes “${after}”`
}
