import { useState } from 'react'
import type { MergeChunk } from '../../../../../shared/domain/three-way-merge.ts'
import { useCommandHandlers } from '../../../commands/CommandProvider.tsx'
import type { Announcer } from '../announcer.ts'
import {
  chosenText,
  conflictKey,
  listConflicts,
  resolveMerge,
  type ConflictChunk,
  type MergeChoice,
} from './merge-choices.ts'

interface MergeChoicesOptions {
  readonly chunks: readonly MergeChunk[]
  readonly announcer: Announcer
  readonly onTake: (merged: string) => void
}

/** The choices of a person in a merge, and their keys. */
export function useMergeChoices({ chunks, announcer, onTake }: MergeChoicesOptions) {
  const [choices, setChoices] = useState<ReadonlyMap<string, MergeChoice>>(new Map())
  const [place, setPlace] = useState(0)
  const conflicts = listConflicts(chunks)
  const at = Math.min(place, Math.max(0, conflicts.length - 1))
  const current = conflicts[at]
  const merged = resolveMerge(chunks, choices)

  function goTo(index: number): void {
    const wrapped = (index + conflicts.length) % conflicts.length
    const conflict = conflicts[wrapped]
    if (conflict === undefined) return
    setPlace(wrapped)
    announcer.say(describePlace(conflict, wrapped, conflicts.length))
  }

  function choose(conflict: ConflictChunk, choice: MergeChoice): void {
    const next = new Map(choices).set(conflictKey(conflict), choice)
    setChoices(next)
    announcer.sayBefore(`Chosen: “${chosenText(conflict, choice).trim()}”`)
    const open = conflicts.findIndex((candidate) => !next.has(conflictKey(candidate)))
    if (open >= 0) goTo(open)
    else {
      setPlace(conflicts.indexOf(conflict))
      announcer.say('All chosen.')
    }
  }

  const hasConflict = () => current !== undefined
  const chooseHere = (choice: MergeChoice) => ({
    isEnabled: hasConflict,
    run: () => {
      if (current !== undefined) choose(current, choice)
    },
  })
  const step = (by: 1 | -1) => ({
    isEnabled: hasConflict,
    run: () => {
      goTo(at + by)
    },
  })
  useCommandHandlers({
    'conflict.mine': chooseHere('mine'),
    'conflict.theirs': chooseHere('theirs'),
    'conflict.both': chooseHere('both'),
    'align.nextChange': step(1),
    'align.previousChange': step(-1),
    'align.takeWhole': {
      isEnabled: () => merged !== null,
      run: () => {
        if (merged !== null) onTake(merged)
      },
    },
  })
  const open = conflicts.filter((conflict) => !choices.has(conflictKey(conflict))).length
  return { conflicts, choices, current, merged, open, choose }
}

function describePlace({ mine, theirs }: ConflictChunk, index: number, count: number): string {
  return `Place ${index + 1} of ${count}: yours “${mine.trim()}”, theirs “${theirs.trim()}”`
}
