import type { Colour } from './colour.ts'
import type { Concept, Place, Vendor } from './concepts/concept.ts'
import { CONCEPTS } from './concepts/table.ts'
import { relationsBetween, union } from './geometry.ts'
import type {
  Box,
  Drawing,
  Relation,
  SceneGraph,
  SceneGroup,
  SceneObject,
  SignStyle,
  SizeWord,
  Stance,
} from './graph.ts'
import { SIGN_STYLES } from './graph.ts'
import type { Item, Pairing, Placed } from './layout.ts'
import { placeItems, standsOut } from './layout.ts'
import { paintRgb } from './paint.ts'
import type { Random } from './random.ts'
import { createRandom } from './random.ts'
import { scenery, SCENERY_VARIANTS } from './scenery/draw.ts'
import type { Scenery, SceneryKind, Zone } from './scenery/scenery.ts'
import { REFERENCE_HEIGHT } from './scenery/scenery.ts'
import { SIGN_NOUNS, SIGN_WORDS, signSize } from './sign.ts'
import type { SpriteRow, SpriteTable } from './sprites.ts'
import { spriteTable } from './sprites.ts'
import { writeAlts } from './text/alt.ts'
import type { NoisyAlt } from './text/alt.ts'
import { writeCaption } from './text/caption.ts'
import type { WrittenText } from './text/document.ts'

export interface SceneOptions {
  /** Picture size in pixels. */
  readonly width: number
  readonly height: number
  /** Whose art may be used; leave one out to hold it out. */
  readonly vendors: readonly Vendor[]
  /** Only the first so many concepts of a fixed shuffle are used; null for all. */
  readonly conceptLimit: number | null
}

/** What the bundled sample uses: OpenMoji is left out because its licence is share-alike. */
export const DEFAULT_SCENE_OPTIONS: SceneOptions = {
  width: 768,
  height: 576,
  vendors: ['noto', 'fluent', 'twemoji', 'emojione', 'fxemoji'],
  conceptLimit: null,
}

export interface Scene {
  readonly graph: SceneGraph
  readonly caption: WrittenText
  readonly alts: readonly NoisyAlt[]
}

const SCENERY_WEIGHTS: readonly (readonly [SceneryKind, number])[] = [
  ['meadow', 14],
  ['park', 10],
  ['desert', 6],
  ['snow', 8],
  ['night', 9],
  ['beach', 12],
  ['street', 11],
  ['room', 11],
  ['table', 15],
  ['underwater', 7],
  ['studio', 8],
]

const VENDOR_WEIGHTS = {
  noto: 10,
  fluent: 10,
  twemoji: 8,
  emojione: 4,
  fxemoji: 2,
  openmoji: 6,
} as const satisfies Record<Vendor, number>

/** Who plays in a scene before it is known where. */
interface Role {
  readonly key: string
  readonly concept: Concept | null
  readonly noun: string
  readonly plural: string
  readonly drawing: Drawing
  readonly item: Item
  readonly colour: Colour | null
}

interface Stage {
  readonly random: Random
  readonly scenery: Scenery
  readonly sprites: SpriteTable
  readonly vendors: readonly Vendor[]
  readonly concepts: readonly Concept[]
}

function zoneFor(concept: Concept, stage: Stage): Zone | null {
  const fitting = stage.scenery.zones.filter((zone) => fitsPlace(concept, zone.place))
  return fitting.length > 0 ? stage.random.pick(fitting) : null
}

function fitsPlace(concept: Concept, place: Place): boolean {
  if (place === 'studio')
    return concept.size !== 'huge' && !['sky', 'person'].includes(concept.category)
  return concept.at.includes(place)
}

const SKY_PLACES: readonly Place[] = ['sky', 'night-sky', 'wall', 'sea']

/** Themes keep a table from mixing wrenches with cake, and a studio from being a jumble. */
function themeFilter(stage: Stage): (concept: Concept) => boolean {
  const { random, scenery: place, concepts } = stage
  if (place.kind === 'table') {
    const theme = random.weighted([
      ['food', 6],
      ['desk', 3],
      ['home', 2],
    ] as const)
    if (theme === 'food') return ({ category, kind }) => category === 'food' || kind === 'flower'
    if (theme === 'desk')
      return ({ kind }) => ['stationery', 'device', 'tool', 'plant', 'drink'].includes(kind)
    return ({ category, kind }) => category === 'thing' && kind !== 'tool' && kind !== 'stationery'
  }
  if (place.kind === 'studio') {
    const fitting = concepts.filter((concept) => fitsPlace(concept, 'studio'))
    const first = random.pick(fitting)
    if (random.chance(0.35)) return ({ kind }) => kind === 'shape'
    return ({ category, kind }) =>
      first.category === 'thing' ? kind === first.kind : category === first.category
  }
  return () => true
}

function pickCount(concept: Concept, random: Random): number {
  const single = [
    'sun',
    'rainbow',
    'crescent moon',
    'full moon',
    'statue of liberty',
    'Christmas tree',
  ]
  if (single.includes(concept.id)) return 1
  if (concept.category === 'building' || concept.category === 'person') {
    return random.weighted([
      [1, 85],
      [2, 15],
    ])
  }
  if (concept.size === 'huge') {
    return random.weighted([
      [1, 70],
      [2, 22],
      [3, 8],
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
  for (const vendor of stage.vendors) {
    const row = drawn?.get(vendor)
    if (row) return row
  }
  return null
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
  if (!zone || !sprite) return null
  const aloft = taken.filter((role) => SKY_PLACES.includes(role.item.zone.place)).length
  if (SKY_PLACES.includes(zone.place) && aloft >= 2) return null
  const used = taken.filter((role) => role.concept?.id === concept.id).map((role) => role.colour)
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
      count,
      size: pickSize(concept, random),
      aspect: sprite.view[2] / sprite.view[3],
      longSide: stage.scenery.sizes[concept.size] * (count > 2 ? 0.92 : 1),
      seat: concept.seat,
    },
    colour: paint ?? sprite.colour,
  }
}

function castSign(stage: Stage, key: string): Role | null {
  const { random, scenery: place } = stage
  const onWall = place.kind === 'room' && random.chance(0.6)
  const zone = place.zones.find(
    (candidate) => candidate.place === (onWall ? 'wall' : place.zones[0]?.place),
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
    drawing: { kind: 'sign', style, words: random.pick<string>(SIGN_WORDS[place.kind]) },
    item: {
      key,
      zone,
      count: 1,
      size: null,
      aspect: width / height,
      longSide: place.sizes.large * 0.92,
      seat: null,
    },
    colour: null,
  }
}

function castRoles(stage: Stage): Role[] {
  const { random, scenery: place } = stage
  const wanted = random.weighted([
    [2, 24],
    [3, 36],
    [4, place.kind === 'studio' ? 8 : 28],
    [5, place.kind === 'studio' ? 0 : 10],
    [6, place.kind === 'studio' ? 0 : 3],
  ])
  const theme = themeFilter(stage)
  const pool = random.shuffle(stage.concepts.filter(theme))
  const roles: Role[] = []
  if (random.chance(0.15)) {
    const sign = castSign(stage, 'sign')
    if (sign) roles.push(sign)
  }
  let crowd = 9
  for (const concept of pool) {
    if (roles.length >= wanted || crowd < 1) break
    if (isTooAlike(concept, roles)) continue
    const role = castConcept({ concept, stage, key: concept.id, taken: roles, crowd })
    if (!role) continue
    roles.push(role)
    crowd -= role.item.count
    if (
      concept.paint.length > 2 &&
      roles.length < wanted &&
      random.chance(place.kind === 'studio' ? 0.5 : 0.3)
    ) {
      const twin = castConcept({
        concept,
        stage,
        key: `${concept.id} again`,
        taken: roles,
        crowd: Math.min(2, crowd),
      })
      if (twin) {
        roles.push(twin)
        crowd -= twin.item.count
      }
    }
  }
  return roles
}

function isTooAlike(concept: Concept, roles: readonly Role[]): boolean {
  return roles.some(
    (role) =>
      role.noun === concept.id || (concept.near !== null && role.concept?.near === concept.near),
  )
}

function planPairings(roles: readonly Role[], random: Random): Pairing[] {
  const standing = roles.filter((role) => role.item.zone.by === 'base')
  const pairings: Pairing[] = []
  const [big, ...rest] = [...standing].sort((a, b) => b.item.longSide - a.item.longSide)
  if (!big) return []
  const host = standing.find((role) => role.item.seat !== null && role.item.count === 1)
  const guest = standing.find(
    (role) =>
      role !== host &&
      role.item.longSide <= 155 &&
      role.item.count <= 2 &&
      role.concept?.verb !== 'grows' &&
      role.concept?.verb !== 'is parked',
  )
  if (host && guest && random.chance(0.75)) {
    pairings.push({ kind: 'on', subject: guest.key, object: host.key })
  }
  for (const role of rest) {
    if (pairings.some((pairing) => pairing.subject === role.key || pairing.object === role.key))
      continue
    const isSameZone = role.item.zone === big.item.zone
    if (isSameZone && role.item.longSide < big.item.longSide * 0.75 && random.chance(0.28)) {
      pairings.push({ kind: 'in front of', subject: role.key, object: big.key })
    } else if (isSameZone && role !== big && random.chance(0.3)) {
      pairings.push({ kind: 'next to', subject: role.key, object: big.key })
    }
  }
  return pairings
}

const STANCES = {
  sky: 'sky',
  'night-sky': 'sky',
  sea: 'water',
  underwater: 'under water',
  wall: 'wall',
  studio: 'studio',
} as const satisfies Partial<Record<Place, Stance>>

function stanceOf(placed: Placed): Stance {
  if (placed.isOnThing) return 'on a thing'
  const stances: Partial<Record<Place, Stance>> = STANCES
  return stances[placed.item.zone.place] ?? 'ground'
}

/** Pixel boxes and stable ids for what was placed. */
function toGraph(request: {
  readonly placed: readonly Placed[]
  readonly roles: readonly Role[]
  readonly scale: number
  readonly random: Random
}): { objects: SceneObject[]; groups: SceneGroup[] } {
  const { placed, roles, scale, random } = request
  const objects: SceneObject[] = []
  const groups: SceneGroup[] = []
  for (const one of placed) {
    const role = roles.find((candidate) => candidate.key === one.item.key)
    if (!role) continue
    const id = `g${groups.length + 1}`
    const canMirror = role.concept !== null && !role.concept.oneWay
    const mirrored = canMirror && random.chance(0.5)
    const members = one.frames.map((frame): SceneObject => {
      const box: Box = {
        x: Math.round(frame.x * scale),
        y: Math.round(frame.y * scale),
        width: Math.max(4, Math.round(frame.width * scale)),
        height: Math.max(4, Math.round(frame.height * scale)),
      }
      return { id: `o${objects.length + one.frames.indexOf(frame) + 1}`, group: id, box, mirrored }
    })
    objects.push(...members)
    const stance = stanceOf(one)
    const words = one.item.zone.words
    groups.push({
      id,
      concept: role.concept?.id ?? 'sign',
      noun: role.noun,
      plural: role.plural,
      kind: role.concept?.kind ?? 'sign',
      category: role.concept?.category ?? 'sign',
      drawing: role.drawing,
      count: members.length,
      colour: role.colour,
      size: one.item.size,
      stance,
      placeWords: stance === 'on a thing' || words.length === 0 ? null : random.pick(words),
      members: members.map((member) => member.id),
      box: union(members.map((member) => member.box)),
    })
  }
  return { objects, groups }
}

function allRelations(groups: readonly SceneGroup[]): Relation[] {
  return groups.flatMap((subject) =>
    groups
      .filter((object) => object !== subject)
      .flatMap((object) =>
        relationsBetween(subject, object).map((relation) => ({
          subject: subject.id,
          relation,
          object: object.id,
        })),
      ),
  )
}

const pools = new Map<number, readonly Concept[]>()

/** The first so many concepts of one fixed shuffle, in table order. */
export function conceptPool(limit: number | null): readonly Concept[] {
  if (limit === null) return CONCEPTS
  const known = pools.get(limit)
  if (known) return known
  const chosen = new Set(createRandom('concept pool').shuffle(CONCEPTS).slice(0, limit))
  const pool = CONCEPTS.filter((concept) => chosen.has(concept))
  pools.set(limit, pool)
  return pool
}

const tables = new Map<string, SpriteTable>()

function tableFor(vendors: readonly Vendor[]): SpriteTable {
  const key = vendors.join()
  const known = tables.get(key) ?? spriteTable(vendors)
  tables.set(key, known)
  return known
}

/** Few things may be larger, so that the picture is not empty. */
function fill(roles: readonly Role[]): number {
  const crowd = roles.reduce((sum, role) => sum + role.item.count, 0)
  return crowd <= 3 ? 1.25 : crowd <= 5 ? 1.14 : 1.04
}

/** One attempt; null when fewer than two groups found room. */
function tryGraph(
  seed: number,
  index: number,
  options: SceneOptions,
  attempt: number,
): SceneGraph | null {
  const random = createRandom(`scene ${seed} ${index} ${attempt}`)
  const kind = random.weighted(SCENERY_WEIGHTS)
  const variant = random.integer(0, SCENERY_VARIANTS - 1)
  const width = (REFERENCE_HEIGHT * options.width) / options.height
  const place = scenery(kind, variant, width)
  const main = random.weighted(
    options.vendors.map((vendor) => [vendor, VENDOR_WEIGHTS[vendor]] as const),
  )
  const stage: Stage = {
    random,
    scenery: place,
    sprites: tableFor(options.vendors),
    // One hand draws a picture; a few pictures mix.
    vendors: random.chance(0.9) ? [main] : random.shuffle(options.vendors),
    concepts: conceptPool(options.conceptLimit),
  }
  const roles = castRoles(stage)
  const placed = placeItems({
    items: roles.map((role) => ({ ...role.item, longSide: role.item.longSide * fill(roles) })),
    pairings: planPairings(roles, random),
    scenery: place,
    width,
    random,
  })
  const { objects, groups } = toGraph({
    placed,
    roles,
    scale: options.height / REFERENCE_HEIGHT,
    random,
  })
  if (groups.length < 2) return null
  return {
    seed,
    index,
    width: options.width,
    height: options.height,
    background: {
      kind,
      variant,
      mirrored: random.chance(0.5),
      elements: place.elements,
      settings: place.settings,
      shortSettings: place.shortSettings,
    },
    objects,
    groups,
    relations: allRelations(groups),
  }
}

const ATTEMPTS = 40

/**
 * The scene number `index` of the set that `seed` names: its graph with pixel boxes, a true caption
 * and noisy alt-texts. Pure: the same arguments give the same scene, and no other scene matters.
 */
export function composeScene(
  seed: number,
  index: number,
  options: SceneOptions = DEFAULT_SCENE_OPTIONS,
): Scene {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const graph = tryGraph(seed, index, options, attempt)
    if (!graph) continue
    const random = createRandom(`words ${seed} ${index}`)
    const caption = writeCaption(graph, random)
    return { graph, caption, alts: writeAlts(graph, random) }
  }
  throw new Error(
    `Expected at least two things to fit into scene ${index}; ${options.vendors.join(', ')} with these concepts draw too few.`,
  )
}
