import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** In the desktop's own units, which are not always pixels. */
export interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface WindowState {
  readonly bounds: Bounds
  readonly isMaximized: boolean
}

const DEFAULT_SIZE = { width: 1280, height: 860 }
const LEAST_VISIBLE = 120

/**
 * Where the window opens: as it was left, as long as a good part of its title bar is on a display that is
 * there now and it is no larger than that display; else in the middle of the first one.
 */
export function fitWindow(saved: WindowState | null, workAreas: readonly Bounds[]): WindowState {
  const [first = { x: 0, y: 0, ...DEFAULT_SIZE }] = workAreas
  const area =
    saved === null ? undefined : workAreas.find((each) => isReachable(saved.bounds, each))
  if (saved === null || area === undefined) {
    return { bounds: centre(first), isMaximized: saved?.isMaximized ?? false }
  }
  return {
    bounds: {
      ...saved.bounds,
      width: Math.min(saved.bounds.width, area.width),
      height: Math.min(saved.bounds.height, area.height),
    },
    isMaximized: saved.isMaximized,
  }
}

function isReachable(bounds: Bounds, area: Bounds): boolean {
  const left = Math.max(bounds.x, area.x)
  const right = Math.min(bounds.x + bounds.width, area.x + area.width)
  return (
    right - left >= LEAST_VISIBLE &&
    bounds.y >= area.y &&
    bounds.y + LEAST_VISIBLE <= area.y + area.height
  )
}

function centre(area: Bounds): Bounds {
  const width = Math.min(DEFAULT_SIZE.width, area.width)
  const height = Math.min(DEFAULT_SIZE.height, area.height)
  return {
    x: area.x + Math.round((area.width - width) / 2),
    y: area.y + Math.round((area.height - height) / 2),
    width,
    height,
  }
}

/** Null when there is none or it cannot be understood: a window must open whatever the file says. */
export function readWindowState(path: string): WindowState | null {
  try {
    return parseWindowState(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return null
  }
}

export function parseWindowState(value: unknown): WindowState | null {
  if (typeof value !== 'object' || value === null || !('bounds' in value)) return null
  const bounds = parseBounds(value.bounds)
  if (bounds === null) return null
  return { bounds, isMaximized: 'isMaximized' in value && value.isMaximized === true }
}

function parseBounds(value: unknown): Bounds | null {
  if (typeof value !== 'object' || value === null) return null
  const read = (name: string): number => Number((value as Record<string, unknown>)[name])
  const bounds = { x: read('x'), y: read('y'), width: read('width'), height: read('height') }
  const isWhole = Object.values(bounds).every((number) => Number.isSafeInteger(number))
  return isWhole && bounds.width > 0 && bounds.height > 0 ? bounds : null
}

export function writeWindowState(path: string, state: WindowState): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, JSON.stringify(state))
}
