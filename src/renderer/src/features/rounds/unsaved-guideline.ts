import { shownProjectUid } from '../../api/this-window.ts'

/** A guideline that somebody is writing, and the version that they began with. */
export interface UnsavedGuideline {
  readonly markdown: string
  readonly baseVersion: number
}

const unsaved = new Map<string, UnsavedGuideline>()

/** What was typed for a round and not saved: it outlives a look at another screen, not the window. */
export function recallUnsaved(round: number): UnsavedGuideline | undefined {
  return unsaved.get(keyOf(round))
}

/** Undefined forgets it. */
export function keepUnsaved(round: number, text: UnsavedGuideline | undefined): void {
  if (text === undefined) unsaved.delete(keyOf(round))
  else unsaved.set(keyOf(round), text)
}

function keyOf(round: number): string {
  return `${shownProjectUid() ?? ''} ${round}`
}
