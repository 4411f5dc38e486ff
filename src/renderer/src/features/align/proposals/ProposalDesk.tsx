import { useEffect, useEffectEvent, useRef, type RefObject } from 'react'
import type { DiffLayout } from '../diff/use-diff-layout.ts'
import { createMergeDesk, type MergeDesk } from './merge-desk.ts'
import './ProposalDesk.css'

export interface ProposalDeskProps {
  /** Where the desk can be reached while it is up. */
  readonly deskRef: RefObject<MergeDesk | null>
  readonly layout: DiffLayout
  /** The open caption; what is typed meanwhile is taken in. */
  readonly caption: string
  readonly proposal: string
  readonly onEscape: () => void
  readonly onReady: () => void
}

/** A proposal against the open caption. A chunk of its own, because most images never need it. */
export default function ProposalDesk(props: ProposalDeskProps) {
  const { deskRef, layout, caption, proposal, onEscape, onReady } = props
  const placeRef = useRef<HTMLDivElement>(null)
  const escapeRef = useRef(onEscape)
  useEffect(() => {
    escapeRef.current = onEscape
  })
  const create = useEffectEvent((parent: HTMLElement) =>
    createMergeDesk({ parent, layout, caption, proposal, onEscape: () => escapeRef.current() }),
  )
  const ready = useEffectEvent(onReady)
  useEffect(() => {
    if (placeRef.current === null) return undefined
    const desk = create(placeRef.current)
    deskRef.current = desk
    ready()
    return () => {
      deskRef.current = null
      desk.close()
    }
  }, [deskRef, layout, proposal])
  useEffect(() => {
    deskRef.current?.setCaption(caption)
  }, [deskRef, caption])
  return <div ref={placeRef} className={`proposal-desk proposal-desk-${layout}`} />
}
