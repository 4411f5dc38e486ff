import type { TextUnit, UnitKind } from '../../../shared/domain/text-unit.ts'

/** A unit while its neighbours are still being found; links point at drafts instead of indexes. */
export interface Draft {
  readonly start: number
  readonly end: number
  readonly kind: UnitKind
  readonly lemma: string
  readonly sentence: number
  about: Draft | null
  toward: Draft | null
}

/** Drafts in the order of the text, with indexes for links. A link to a draft that is not in the list becomes null. */
export function finishDrafts(drafts: readonly Draft[]): TextUnit[] {
  const ordered = [...drafts].sort((a, b) => a.start - b.start || a.end - b.end)
  const indexes = new Map(ordered.map((draft, index) => [draft, index]))
  const indexOf = (draft: Draft | null) => (draft === null ? null : (indexes.get(draft) ?? null))
  return ordered.map((draft) => ({
    kind: draft.kind,
    start: draft.start,
    end: draft.end,
    lemma: draft.lemma,
    about: indexOf(draft.about),
    toward: indexOf(draft.toward),
    sentence: draft.sentence,
  }))
}
