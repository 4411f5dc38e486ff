import { Columns2, Text } from 'lucide-react'
import { keysOf } from '../../../commands/key-bindings.ts'
import { useRemembered } from '../use-remembered.ts'

export type DiffLayout = 'inline' | 'side-by-side'

/** How texts are compared at one place of the screen, remembered by this browser. */
export function useDiffLayout(
  place: 'align.diffLayout' | 'align.proposalLayout',
): readonly [DiffLayout, (layout: DiffLayout) => void] {
  return useRemembered<DiffLayout>(place, 'inline', parseLayout)
}

/** The two layouts as choices; their key is read anew, because people may change it. */
export function listLayouts() {
  const keys = keysOf('align.toggleSideBySide')[0] ?? ''
  return [
    { value: 'inline', label: 'In one text', icon: Text, keys },
    { value: 'side-by-side', label: 'Side by side', icon: Columns2, keys },
  ] as const
}

function parseLayout(stored: unknown): DiffLayout | undefined {
  return stored === 'inline' || stored === 'side-by-side' ? stored : undefined
}
