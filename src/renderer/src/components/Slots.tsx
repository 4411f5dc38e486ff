import { createContext, use, useState, type ReactNode } from 'react'
import { createPortal } from 'react-dom'

type SlotName = 'header-start' | 'header-end' | 'status-bar'
type Targets = Readonly<Partial<Record<SlotName, HTMLElement | null>>>

interface Slots {
  readonly targets: Targets
  readonly setTarget: (name: SlotName, element: HTMLElement | null) => void
}

const SlotContext = createContext<Slots | null>(null)

/** Lets a screen put its own controls into the frame around it. */
export function SlotProvider({ children }: { readonly children: ReactNode }) {
  const [targets, setTargets] = useState<Targets>({})
  const [setTarget] = useState(() => (name: SlotName, element: HTMLElement | null) => {
    setTargets((previous) => ({ ...previous, [name]: element }))
  })
  return <SlotContext value={{ targets, setTarget }}>{children}</SlotContext>
}

function useSlots(): Slots {
  const slots = use(SlotContext)
  if (slots === null) throw new Error('Slots need a SlotProvider above them')
  return slots
}

/** The place in the frame where a slot's content appears. */
export function SlotTarget({
  name,
  className,
}: {
  readonly name: SlotName
  readonly className?: string
}) {
  const { setTarget } = useSlots()
  const [attach] = useState(() => (element: HTMLElement | null) => {
    setTarget(name, element)
  })
  return <div ref={attach} className={className} />
}

/** Shows its children in the named place of the frame while it is mounted. */
export function SlotFill({
  name,
  children,
}: {
  readonly name: SlotName
  readonly children: ReactNode
}) {
  const target = useSlots().targets[name]
  return target == null ? null : createPortal(children, target)
}
