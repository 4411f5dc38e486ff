import { useRemembered } from '../use-remembered.ts'

export type DiffLayout = 'inline' | 'side-by-side'

/** How texts are compared at one place of the screen, remembered by this browser. */
export function useDiffLayout(
  place: 'align.diffLayout' | 'align.proposalLayout',
): readonly [DiffLayout, (layout: DiffLayout) => void] {
  return useRemembered<DiffLayout>(place, 'inline', parseLayout)
}

function parseLayout(stored: unknown): DiffLayout | undefined {
  return stored === 'inline' || stored === 'side-by-side' ? stored : undefined
}
