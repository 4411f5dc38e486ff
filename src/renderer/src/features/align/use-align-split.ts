import type { CSSProperties } from 'react'
import { useElementSize } from './stage/use-element-size.ts'
import { useRemembered } from './use-remembered.ts'

const DEFAULT_SIDE_SHARE = 0.41
const MIN_SIDE_WIDTH = 320
const MIN_STAGE_WIDTH = 240
const DEFAULT_ANCHOR_SHARE = 0.2
const LARGEST_ANCHOR_SHARE = 0.5
const MIN_ANCHOR_HEIGHT = 72

/** A length in pixels that people set by a splitter. */
export interface SplitLength {
  readonly length: number
  readonly min: number
  readonly max: number
  /** Null goes back to what the window's size asks for. */
  readonly set: (length: number | null) => void
}

export interface AlignSplit {
  /** The ref and the style of the screen that is divided. */
  readonly ref: (element: HTMLElement | null) => () => void
  readonly style: CSSProperties
  /** Width of the text side. */
  readonly side: SplitLength
  /** Height of the alt-texts, whatever their number, so that the editor stays put from image to image. */
  readonly anchor: SplitLength
}

/** How the screen is divided, as this browser remembers it. */
export function useAlignSplit(): AlignSplit {
  const { size, ref } = useElementSize()
  const side = useSplitLength('align.side', {
    wanted: size.width * DEFAULT_SIDE_SHARE,
    min: MIN_SIDE_WIDTH,
    max: size.width - MIN_STAGE_WIDTH,
  })
  const anchor = useSplitLength('align.anchor', {
    wanted: size.height * DEFAULT_ANCHOR_SHARE,
    min: MIN_ANCHOR_HEIGHT,
    max: size.height * LARGEST_ANCHOR_SHARE,
  })
  const style: CSSProperties & Record<`--${string}`, string> = {
    '--side-width': `${side.length}px`,
    '--anchor-height': `${anchor.length}px`,
  }
  return { ref, style, side, anchor }
}

function useSplitLength(
  key: string,
  { wanted, min, max }: { readonly wanted: number; readonly min: number; readonly max: number },
): SplitLength {
  const [chosen, set] = useRemembered<number | null>(key, null, parseLength)
  const largest = Math.max(min, Math.round(max))
  const length = Math.max(min, Math.min(Math.round(chosen ?? wanted), largest))
  return { length, min, max: largest, set }
}

function parseLength(stored: unknown): number | undefined {
  return typeof stored === 'number' && stored > 0 ? stored : undefined
}
