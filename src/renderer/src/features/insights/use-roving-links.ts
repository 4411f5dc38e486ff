import { useState, type FocusEvent, type KeyboardEvent } from 'react'

const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
}

/** Makes many links one stop of the Tab key: the arrow keys, Home and End move between them. */
export function useRovingLinks() {
  const [active, setActive] = useState(0)
  return {
    tabIndexOf: (index: number) => (index === active ? 0 : -1),
    groupProps: {
      onFocus: (event: FocusEvent<HTMLElement>) => {
        const at = linksOf(event.currentTarget).findIndex((link) => link === event.target)
        if (at >= 0) setActive(at)
      },
      onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
        const links = linksOf(event.currentTarget)
        const at = links.findIndex((link) => link === event.target)
        const next = nextPlace(event.key, at, links.length)
        if (next === null) return
        event.preventDefault()
        links[next]?.focus()
      },
    },
  }
}

function linksOf(group: HTMLElement): readonly HTMLAnchorElement[] {
  return Array.from(group.querySelectorAll('a'))
}

function nextPlace(key: string, at: number, count: number): number | null {
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  const step = STEPS[key]
  return step === undefined ? null : Math.min(count - 1, Math.max(0, at + step))
}
