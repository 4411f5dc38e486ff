import type { Colour } from './colour.ts'
import type { Concept, Kind, Place, Vendor } from './concepts/concept.ts'
import type { Drawing, SignStyle, SizeWord } from './graph.ts'
import { SIGN_STYLES } from './graph.ts'
import type { Item, Pairing } from './layout.ts'
import { standsOut } from './layout.ts'
import { paintRgb } from './paint.ts'
import type { Random } from './random.ts'
import type { Scenery, SceneryKind, Zone } from './scenery/scenery.ts'
import { SIGN_NOUNS, SIGN_WORDS, signSize } from './sign.ts'
import type { SpriteRow, SpriteTable } from './sprites.ts'

/** Where a scene plays and what may be cast. */
export interface Stage {
  readonly random: Random
  readonly scenery: Scenery
  readonly sprites: SpriteTable
  /** In order of preference. */
  readonly vendors: readonly Vendor[]
  readonly concepts: readonly Concept[]
  /** Cast before all others, so that rare concepts get their turn. */
  readonly lead: Concept | null
}

/** A group before it has a place. */
export interface Role {
  readonly key: string
  /** Null for a sign. */
  readonly concept: Concept | null
  readonly noun: string
  readonly plural: string
  readonly drawing: Drawing
  readonly item: Item
  readonly colour: Colour | null
}

/** Places where nothing stands on ground; at most two groups of a scene are there. */
const ALOFT: readonly Place[] = ['sky', 'night-sky', 'wall', 'sea']

export function fitsPlace(concept: Concept, place: Place): boolean {
  if (place !== 'studio') return concept.at.includes(place)
  return concept.size !== 'huge' && concept.category !== 'sky' && concept.category !== 'person'
}

function zoneFor(concept: Concept, stage: Stage): Zone | null {
  const fitting = stage.scenery.zones.filter((zone) => fitsPlace(concept, zone.place))
  return fitting.length > 0 ? stage.random.pick(fitting) : null
}

const DESK_KINDS: readonly Kind[] = ['stationery', 'device', 'tool', 'plant', 'drink']
const HOME_KINDS_NOT: readonly Kind[] = ['tool', 'stationery']

type Theme = (concept: Concept) => boolean

function tableTheme(stage: Stage): Theme {
  const themes = {
    food: ({ category, kind }) => category === 'food' || kind === 'flower',
    desk: ({ kind }) => DESK_KINDS.includes(kind),
    home: ({ category, kind }) => category === 'thing' && !HOME_KINDS_NOT.includes(kind),
  } as const satisfies Record<string, Theme>
  const { lead, random } = stage
  const fitting = Object.values(themes).filter((theme) => !lead || theme(lead))
  return random.pick(fitting.length > 0 ? fitting : Object.values(themes))
}

/** Keeps a table from mixing wrenches with cake, and a studio from being a jumble. */
function themeOf(stage: Stage): Theme {
  const { random, scenery, concepts, lead } = stage
  if (scenery.kind === 'table') return tableTheme(stage)
  if (scenery.kind !== 'studio') return () => true
  if (!lead && random.chance(0.35)) return ({ kind }) => kind === 'shape'
  const first = lead ?? random.pick(concepts.filter((concept) => fitsPlace(concept, 'studio')))
  return ({ category, kind }) =>
    first.category === 'thing' || first.category === 'shape'
      ? kind === first.kind
      : category === first.category
}

const ALWAYS_ONE = new Set(['sun', 'rainbow', 'crescent moon', 'full moon', 'Christmas tree'])

function pickCount(concept: Concept, random: Random): number {
  if (ALWAYS_ONE.has(concept.id)) return 1
  const isBulky = concept.category === 'building' || concept.category === 'person'
  if (isBulky || concept.size === 'huge') {
    return random.weighted([
      [1, 80],
      [2, 16],
      [3, isBulky ? 0 : 4],
    ])
  }
  return random.weighted([
    [1, 58],
    [2, 22],
    [3, 13],
    [4, 7],
  ])
}

function pickSize(concept: Concept, random: Random): SizeWord | null {
  const size = random.weighted<SizeWord | null>([
    [null, 76],
    ['small', 12],
    ['large', 12],
  ])
  if (size === 'large' && (concept.size === 'huge' || concept.size === 'large')) return null
  return size === 'small' && concept.size === 'tiny' ? null : size
}

function pickSprite(concept: Concept, stage: Stage): SpriteRow | null {
  const drawn = stage.sprites.get(concept.id)
  const vendor = stage.vendors.find((candidate) => drawn?.has(candidate))
  return vendor === undefined ? null : (drawn?.get(vendor) ?? null)
}

function longSide(concept: Concept, zone: Zone, scenery: Scenery, count: number): number {
  // What floats off the shore is far away, ships excepted.
  const distance = zone.place === 'sea' && concept.category !== 'vehicle' ? 0.72 : 1
  return scenery.sizes[concept.size] * distance * (count > 2 ? 0.92 : 1)
}

function castConcept(request: {
  readonly concept: Concept
  readonly stage: Stage
  readonly key: string
  readonly taken: readonly Role[]
  readonly crowd: number
}): Role | null {
  const { concept, stage, key, taken, crowd } = request
  const { random } = stage
  const zone = zoneFor(concept, stage)
  const sprite = pickSprite(concept, stage)
  if (!zone || !sprite || crowd < 1) return null
  const aloft = taken.filter((role) => ALOFT.includes(role.item.zone.place)).length
  if (ALOFT.includes(zone.place) && aloft >= 2) return null
  const used = taken.filter((role) => role.concept === concept).map((role) => role.colour)
  const paints = sprite.paints.filter(
    (paint) => !used.includes(paint) && standsOut(paintRgb(paint), zone),
  )
  const paint = concept.paint.length > 0 && paints.length > 0 ? random.pick(paints) : null
  if (!paint && (used.length > 0 || !standsOut(sprite.mean, zone))) return null
  const count = Math.min(crowd, pickCount(concept, random))
  return {
    key,
    concept,
    noun: concept.id,
    plural: concept.plural,
    drawing: { kind: 'icon', vendor: sprite.vendor, icon: sprite.icon, paint },
    item: {
      key,
      zone,
      count: concept.seat !== null && random.chance(0.7) ? 1 : count,
      size: pickSize(concept, random),
      aspect: sprite.view[2] / sprite.view[3],
      longSide: longSide(concept, zone, stage.scenery, count),
      seat: concept.seat,
    },
    colour: paint ?? sprite.colour,
  }
}

function castSign(stage: Stage, key: string): Role | null {
  const { random, scenery } = stage
  const onWall = scenery.kind === 'room' && random.chance(0.6)
  const zone = scenery.zones.find((candidate) =>
    onWall ? candidate.place === 'wall' : candidate.by === 'base',
  )
  if (!zone) return null
  const style: SignStyle = onWall
    ? 'paper'
    : random.pick(SIGN_STYLES.filter((one) => one !== 'paper'))
  const { width, height } = signSize(style)
  return {
    key,
    concept: null,
    ...SIGN_NOUNS[style],
    drawing: { kind: 'sign', style, words: random.pick<string>(SIGN_WORDS[scenery.kind]) },
    item: {
      key,
      zone,
      count: 1,
      size: null,
      aspect: width / height,
      longSide: scenery.sizes.large * 0.92,
      seat: null,
    },
    colour: null,
  }
}

function isTooAlike(concept: Concept, roles: readonly Role[]): boolean {
  return roles.some(
    (role) =>
      role.concept === concept || (concept.near !== null && role.concept?.near === concept.near),
  )
}

function wantedGroups(kind: SceneryKind, random: Random): number {
  const isStudio = kind === 'studio'
  return random.weighted([
    [2, 22],
    [3, 36],
    [4, isStudio ? 8 : 29],
    [5, isStudio ? 0 : 10],
    [6, isStudio ? 0 : 3],
  ])
}

/** Who is tried, in order: the lead, sometimes something to stand on, and then by chance. */
function callOrder(stage: Stage): Concept[] {
  const { random, lead, concepts, scenery } = stage
  const pool = random.shuffle(concepts.filter(themeOf(stage)))
  const seats = pool.filter(
    (concept) =>
      concept.seat !== null && scenery.zones.some((zone) => fitsPlace(concept, zone.place)),
  )
  const seat = seats.length > 0 && random.chance(0.09) ? [random.pick(seats)] : []
  return [...new Set([...(lead ? [lead] : []), ...seat, ...pool])]
}

const LARGEST_CROWD = 9

/** Chooses two to six groups that suit the place, the theme and each other. */
export function castRoles(stage: Stage): Role[] {
  const { random, scenery } = stage
  const wanted = wantedGroups(scenery.kind, random)
  const roles: Role[] = []
  let crowd = LARGEST_CROWD
  function add(role: Role | null): void {
    if (!role || roles.length >= wanted) return
    roles.push(role)
    crowd -= role.item.count
  }
  if (random.chance(0.18)) add(castSign(stage, 'sign'))
  for (const concept of callOrder(stage)) {
    if (roles.length >= wanted || crowd < 1) break
    if (isTooAlike(concept, roles)) continue
    const before = roles.length
    add(castConcept({ concept, stage, key: concept.id, taken: roles, crowd }))
    const isNew = roles.length > before
    const twinChance = scenery.kind === 'studio' ? 0.5 : 0.3
    if (isNew && concept.paint.length > 2 && random.chance(twinChance)) {
      const key = `${concept.id} again`
      add(castConcept({ concept, stage, key, taken: roles, crowd: Math.min(2, crowd) }))
    }
  }
  return roles
}

/** What can be partly hidden and still be plain to see. */
const BACKDROP_KINDS: readonly (Kind | undefined)[] = [
  'building',
  'tree',
  'road vehicle',
  'rail vehicle',
  'furniture',
  'wild animal',
  'dinosaur',
]

function isPaired(role: Role, pairings: readonly Pairing[]): boolean {
  return pairings.some((pairing) => pairing.subject === role.key || pairing.object === role.key)
}

function seating(standing: readonly Role[], random: Random): Pairing | null {
  const host = standing.find((role) => role.item.seat !== null && role.item.count === 1)
  const guest = standing.find(
    (role) =>
      role !== host &&
      role.concept !== null &&
      role.item.longSide <= 160 &&
      role.item.count <= 2 &&
      role.concept.verb !== 'grows' &&
      role.concept.verb !== 'is parked',
  )
  if (!host || !guest || random.chance(0.15)) return null
  return { kind: 'on', subject: guest.key, object: host.key }
}

/** Plans who stands on, in front of or next to whom; the layout may find no room for it. */
export function planPairings(roles: readonly Role[], random: Random): Pairing[] {
  const standing = roles.filter((role) => role.item.zone.by === 'base')
  const seat = seating(standing, random)
  const pairings: Pairing[] = seat ? [seat] : []
  const [big, ...rest] = [...standing].sort((a, b) => b.item.longSide - a.item.longSide)
  if (!big) return pairings
  for (const role of rest) {
    if (isPaired(role, pairings) || role.item.zone !== big.item.zone) continue
    const isBackdrop = BACKDROP_KINDS.includes(big.concept?.kind) && big.item.count <= 2
    const isSmall = role.item.longSide < big.item.longSide * 0.75
    if (isBackdrop && isSmall && random.chance(0.34)) {
      pairings.push({ kind: 'in front of', subject: role.key, object: big.key })
    } else if (random.chance(0.3)) {
      pairings.push({ kind: 'next to', subject: role.key, object: big.key })
    }
  }
  return pairings
}

/** Factor on all sizes: few things may be larger, so that the picture is not empty. */
export function fill(roles: readonly Role[]): number {
  const crowd = roles.reduce((sum, role) => sum + role.item.count, 0)
  if (crowd <= 2) return 1.36
  return crowd <= 4 ? 1.22 : crowd <= 6 ? 1.12 : 1.04
}
