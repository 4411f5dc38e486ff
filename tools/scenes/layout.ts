import { colourDistance } from './colour.ts'
import { overlapShare } from './geometry.ts'
import type { SizeWord } from './graph.ts'
import type { Random } from './random.ts'
import type { Scenery, Zone } from './scenery/scenery.ts'
import { REFERENCE_HEIGHT } from './scenery/scenery.ts'

/** What is to be placed, in reference units (576 high). */
export interface Item {
  readonly key: string
  readonly zone: Zone
  readonly count: number
  readonly size: SizeWord | null
  /** Width over height of one member. */
  readonly aspect: number
  /** Longer side of a member near the viewer, before depth and size word. */
  readonly longSide: number
  /** Where a second thing may stand on this one, as a fraction of its height from the top. */
  readonly seat: number | null
}

export interface Frame {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Placed {
  readonly item: Item
  readonly frames: readonly Frame[]
  /** Foot of the group: what is lower is nearer and drawn later. */
  readonly base: number
  readonly isOnThing: boolean
}

/** Planned companionship of two items: the first goes on, in front of or beside the second. */
export interface Pairing {
  readonly kind: 'on' | 'in front of' | 'next to'
  readonly subject: string
  readonly object: string
}

const SIZE_FACTOR = { small: 0.62, large: 1.36 } as const
const MARGIN = 14
const TRIES = 70
/** Boxes of things that are not planned to overlap may share this much of the smaller one. */
export const OVERLAP_LIMIT = 0.06

function memberSize(item: Item, scale: number): { width: number; height: number } {
  const factor = item.size ? SIZE_FACTOR[item.size] : 1
  // Between "same longer side" and "same area", so that neither planks nor balls look odd.
  const long = item.longSide * factor * scale
  const area = long * long * 0.8
  const height = Math.min(long, Math.sqrt(area / item.aspect) * 1.06)
  const width = height * item.aspect
  const limit = long * 1.3
  const shrink = width > limit ? limit / width : 1
  return { width: width * shrink, height: height * shrink }
}

interface Spot {
  readonly item: Item
  readonly width: number
  readonly random: Random
  readonly scale: number
}

function isAirborne(zone: Zone): boolean {
  return zone.by === 'centre'
}

/** Frames of the members in a loose row whose middle is at (x, y); y is the foot or the centre. */
function row(spot: Spot, at: { x: number; y: number; scale: number }): Frame[] {
  const { item, random } = spot
  const { width, height } = memberSize(item, at.scale)
  const step = width * random.between(1.06, 1.22)
  const rise = isAirborne(item.zone) ? height * 0.35 : Math.min(8, height * 0.08)
  const first = at.x - (step * (item.count - 1)) / 2
  return Array.from({ length: item.count }, (_, index) => {
    const shift = item.count > 1 ? random.between(-rise, rise) : 0
    const top = isAirborne(item.zone) ? at.y - height / 2 : at.y - height
    return { x: first + step * index - width / 2, y: top + shift, width, height }
  })
}

function depthScale(zone: Zone, scenery: Scenery, y: number): number {
  if (isAirborne(zone)) return 1
  const depth = (y - zone.top) / Math.max(1, zone.bottom - zone.top)
  return scenery.farScale + (1 - scenery.farScale) * depth
}

function isInside(frames: readonly Frame[], width: number): boolean {
  return frames.every(
    (frame) =>
      frame.x >= MARGIN &&
      frame.y >= MARGIN &&
      frame.x + frame.width <= width - MARGIN &&
      frame.y + frame.height <= REFERENCE_HEIGHT - 8,
  )
}

function collides(
  frames: readonly Frame[],
  placed: readonly Placed[],
  allowed: string | null,
): boolean {
  return placed.some(
    (other) =>
      other.item.key !== allowed &&
      other.frames.some((frame) => frames.some((own) => overlapShare(own, frame) > OVERLAP_LIMIT)),
  )
}

/** How lonely a place is: distance to the nearest other thing and to the edges. */
function roominess(frames: readonly Frame[], placed: readonly Placed[], width: number): number {
  const middle = (frame: Frame): readonly [number, number] => [
    frame.x + frame.width / 2,
    frame.y + frame.height / 2,
  ]
  let least = Number.POSITIVE_INFINITY
  for (const own of frames) {
    const [x, y] = middle(own)
    least = Math.min(least, (x + 60) * 1.4, (width - x + 60) * 1.4)
    for (const other of placed) {
      for (const frame of other.frames) {
        const [ox, oy] = middle(frame)
        const reach = (own.width + frame.width) / 2
        least = Math.min(least, Math.hypot(x - ox, y - oy) - reach)
      }
    }
  }
  return least
}

function placeFreely(spot: Spot, scenery: Scenery, placed: readonly Placed[]): Placed | null {
  const { item, width, random } = spot
  const { zone } = item
  const found: { frames: Frame[]; base: number; room: number }[] = []
  for (let attempt = 0; attempt < TRIES && found.length < 5; attempt += 1) {
    const y = random.between(zone.top, zone.bottom)
    const x = random.between(0.08, 0.92) * width
    const frames = row(spot, { x, y, scale: spot.scale * depthScale(zone, scenery, y) })
    if (!isInside(frames, width) || collides(frames, placed, null)) continue
    found.push({ frames, base: y, room: roominess(frames, placed, width) })
  }
  const best = found.sort((a, b) => b.room - a.room)[0]
  return best ? { item, frames: best.frames, base: best.base, isOnThing: false } : null
}

/** How much of a thing may be hidden by what stands in front of it. */
const HIDDEN_LIMIT = 0.32

function hiddenShare(host: Frame, frames: readonly Frame[]): number {
  const share = frames.reduce(
    (sum, frame) =>
      sum +
      overlapShare(frame, host) * Math.min(frame.width * frame.height, host.width * host.height),
    0,
  )
  return share / (host.width * host.height)
}

function placeBy(request: {
  readonly spot: Spot
  readonly scenery: Scenery
  readonly placed: readonly Placed[]
  readonly partner: Placed
  readonly kind: Pairing['kind']
}): Placed | null {
  const { spot, scenery, placed, partner, kind } = request
  const { item, width, random } = spot
  const host = partner.frames[0]
  if (!host) return null
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    if (kind === 'on') {
      const base = host.y + host.height * (item.seat ?? partner.item.seat ?? 0)
      const frames = row(spot, {
        x: host.x + host.width * random.between(0.4, 0.6),
        y: base,
        scale: spot.scale * depthScale(item.zone, scenery, partner.base) * 0.86,
      })
      const reach = frames.at(-1)
      const fits =
        frames[0] &&
        reach &&
        frames[0].x > host.x - 8 &&
        reach.x + reach.width < host.x + host.width + 8
      if (fits && isInside(frames, width) && !collides(frames, placed, partner.item.key)) {
        return { item, frames, base: partner.base + 0.5, isOnThing: true }
      }
      continue
    }
    const y =
      kind === 'in front of'
        ? Math.min(item.zone.bottom, partner.base + random.between(18, 44))
        : partner.base + random.between(-6, 6)
    if (y < item.zone.top || y > item.zone.bottom) continue
    const scale = spot.scale * depthScale(item.zone, scenery, y)
    const { width: own, height } = memberSize(item, scale)
    const whole = own * item.count * 1.12
    if (
      kind === 'in front of' &&
      (y <= partner.base + 17 || height > host.height * 0.7 || whole > host.width * 0.95)
    )
      continue
    const side = random.chance(0.5) ? -1 : 1
    const x =
      kind === 'in front of'
        ? host.x + host.width / 2 + side * host.width * random.between(0.12, 0.36)
        : host.x +
          host.width / 2 +
          side * (host.width / 2 + whole / 2 + random.between(4, own * 0.35))
    const frames = row(spot, { x, y, scale })
    if (!isInside(frames, width)) continue
    if (kind === 'in front of' && hiddenShare(host, frames) > HIDDEN_LIMIT) continue
    if (collides(frames, placed, kind === 'in front of' ? partner.item.key : null)) continue
    return { item, frames, base: y, isOnThing: false }
  }
  return null
}

const RANKS = [1, 0.9, 0.8, 0.7] as const

/**
 * Places items one after another, the largest first; what finds no room at 0.7 of its size is left
 * out. Things stand on the ground of their zone, smaller the farther away they are.
 */
export function placeItems(request: {
  readonly items: readonly Item[]
  readonly pairings: readonly Pairing[]
  readonly scenery: Scenery
  readonly width: number
  readonly random: Random
}): Placed[] {
  const { pairings, scenery, width, random } = request
  const isSubject = (item: Item): boolean =>
    pairings.some((pairing) => pairing.subject === item.key)
  const order = [...request.items].sort(
    (a, b) =>
      Number(isSubject(a)) - Number(isSubject(b)) || b.longSide * b.count - a.longSide * a.count,
  )
  const placed: Placed[] = []
  for (const item of order) {
    const pairing = pairings.find((candidate) => candidate.subject === item.key)
    const partner = placed.find((candidate) => candidate.item.key === pairing?.object)
    let found: Placed | null = null
    for (const rank of RANKS) {
      const spot = { item, width, random, scale: rank }
      if (pairing && partner)
        found = placeBy({ spot, scenery, placed, partner, kind: pairing.kind })
      found ??= placeFreely(spot, scenery, placed)
      if (found) break
    }
    if (found) placed.push(found)
  }
  return placed.sort((a, b) => a.base - b.base)
}

/** Whether a thing of this mean colour stands out from what is behind it in a zone. */
export function standsOut(mean: readonly [number, number, number], zone: Zone): boolean {
  return zone.behind.every((behind) => colourDistance(mean, behind) > 0.065)
}
