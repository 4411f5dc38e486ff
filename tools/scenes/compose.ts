import { castRoles, fill, fitsPlace, planPairings } from './cast.ts'
import type { Role, Stage } from './cast.ts'
import type { Concept, Place, Vendor } from './concepts/concept.ts'
import { CONCEPTS } from './concepts/table.ts'
import { relationsBetween, union } from './geometry.ts'
import type { Box, Relation, SceneGraph, SceneGroup, SceneObject, Stance } from './graph.ts'
import type { Placed } from './layout.ts'
import { placeItems } from './layout.ts'
import type { Random } from './random.ts'
import { createRandom } from './random.ts'
import { scenery, SCENERY_VARIANTS } from './scenery/draw.ts'
import type { SceneryKind } from './scenery/scenery.ts'
import { REFERENCE_HEIGHT } from './scenery/scenery.ts'
import type { SpriteTable } from './sprites.ts'
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
    const members = one.frames.map((frame, order): SceneObject => {
      const box: Box = {
        x: Math.round(frame.x * scale),
        y: Math.round(frame.y * scale),
        width: Math.max(4, Math.round(frame.width * scale)),
        height: Math.max(4, Math.round(frame.height * scale)),
      }
      return { id: `o${objects.length + order + 1}`, group: id, box, mirrored }
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

/** All places that a kind of scenery offers, in whatever drawing. */
function placesOf(kind: SceneryKind): readonly Place[] {
  return scenery(kind, 0, REFERENCE_HEIGHT).zones.map((zone) => zone.place)
}

/** Mostly by weight; else a concept is drawn first and then a scenery that it fits. */
function pickScenery(
  concepts: readonly Concept[],
  random: Random,
): { kind: SceneryKind; lead: Concept | null } {
  if (random.chance(0.55)) return { kind: random.weighted(SCENERY_WEIGHTS), lead: null }
  const lead = random.pick(concepts)
  const fitting = SCENERY_WEIGHTS.filter(([kind]) =>
    placesOf(kind).some((place) => fitsPlace(lead, place)),
  )
  // Nearly everything fits a studio, which must not take over.
  const weights = fitting.map(
    ([kind, weight]) => [kind, kind === 'studio' ? weight * 0.3 : weight] as const,
  )
  return { kind: random.weighted(weights), lead }
}

/** One attempt; null when fewer than two groups found room or nothing stands on the ground. */
function tryGraph(
  seed: number,
  index: number,
  options: SceneOptions,
  attempt: number,
): SceneGraph | null {
  // The 10 only decides with which pictures each seed begins.
  const random = createRandom(`scene 10 ${seed} ${index} ${attempt}`)
  const concepts = conceptPool(options.conceptLimit)
  const { kind, lead } = pickScenery(concepts, random)
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
    concepts,
    lead,
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
  // An empty landscape under things in the sky makes a poor picture.
  if (groups.length < 2 || groups.every((group) => group.stance === 'sky')) return null
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
