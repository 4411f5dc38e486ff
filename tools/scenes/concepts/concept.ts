import type { Colour } from '../colour.ts'

/** The six sets of emoji art that npm ships as SVG. Licences: resources/licences/emoji-art.md. */
export const VENDORS = ['noto', 'fluent', 'twemoji', 'emojione', 'fxemoji', 'openmoji'] as const
export type Vendor = (typeof VENDORS)[number]

/** Where a thing may be: standing places first, then the sky, the water, and the wall of a room. */
export type Place =
  | 'meadow'
  | 'park'
  | 'desert'
  | 'snow'
  | 'night'
  | 'beach'
  | 'street'
  | 'road'
  | 'room'
  | 'table'
  | 'studio'
  | 'sky'
  | 'night-sky'
  | 'sea'
  | 'underwater'
  | 'seabed'
  | 'wall'

/** Rough real size, compressed so that an ant and a house fit into one picture. */
export type SizeClass = 'tiny' | 'small' | 'medium' | 'large' | 'huge'

export type Verb = 'stands' | 'sits' | 'lies' | 'grows' | 'is parked' | 'rests'

export interface Concept {
  /** The singular noun; also the key of the concept. */
  readonly id: string
  readonly plural: string
  /** Key into KINDS: siblings are the concepts of one kind, and kinds form the chain of broader words. */
  readonly kind: Kind
  readonly size: SizeClass
  readonly at: readonly Place[]
  readonly verb: Verb
  /** Icon name that most vendors use. */
  readonly art: string
  /** Vendors whose icon has another name, or (null) does not show this thing well. */
  readonly but: Readonly<Partial<Record<Vendor, string | null>>>
  /** Colours in which the art may be repainted (see paint.ts), besides its own. */
  readonly paint: readonly Colour[]
  /** No colour is ever claimed of it: many colours, or a colour that people would not name. */
  readonly plain: boolean
  /** Must not be mirrored (shows letters or digits). */
  readonly oneWay: boolean
  /** Concepts with the same mark are too alike to be told apart, so they are never swapped or mixed. */
  readonly near: string | null
  /** A word so broad that it holds for some of its siblings as well, so it never stands in for them. */
  readonly generic: boolean
  /** Where on a thing something else can stand: fraction of its height from the top, when it has such a place. */
  readonly seat: number | null
  readonly category: Category
}

export type Category =
  | 'animal'
  | 'plant'
  | 'food'
  | 'vehicle'
  | 'thing'
  | 'building'
  | 'sky'
  | 'person'
  | 'figure'
  | 'shape'

export interface KindInfo {
  readonly noun: string
  readonly plural: string
  readonly category: Category
}

/** Broader words, in the manner of WordNet: concept, kind, category. */
export const KINDS = {
  pet: { noun: 'pet', plural: 'pets', category: 'animal' },
  'farm animal': { noun: 'farm animal', plural: 'farm animals', category: 'animal' },
  'wild animal': { noun: 'wild animal', plural: 'wild animals', category: 'animal' },
  rodent: { noun: 'rodent', plural: 'rodents', category: 'animal' },
  dinosaur: { noun: 'dinosaur', plural: 'dinosaurs', category: 'animal' },
  bird: { noun: 'bird', plural: 'birds', category: 'animal' },
  reptile: { noun: 'reptile', plural: 'reptiles', category: 'animal' },
  'sea animal': { noun: 'sea animal', plural: 'sea animals', category: 'animal' },
  insect: { noun: 'small creature', plural: 'small creatures', category: 'animal' },
  tree: { noun: 'tree', plural: 'trees', category: 'plant' },
  flower: { noun: 'flower', plural: 'flowers', category: 'plant' },
  plant: { noun: 'plant', plural: 'plants', category: 'plant' },
  fruit: { noun: 'piece of fruit', plural: 'pieces of fruit', category: 'food' },
  vegetable: { noun: 'vegetable', plural: 'vegetables', category: 'food' },
  bread: { noun: 'baked good', plural: 'baked goods', category: 'food' },
  dish: { noun: 'dish', plural: 'dishes', category: 'food' },
  sweet: { noun: 'sweet', plural: 'sweets', category: 'food' },
  drink: { noun: 'drink', plural: 'drinks', category: 'food' },
  'road vehicle': { noun: 'road vehicle', plural: 'road vehicles', category: 'vehicle' },
  cycle: { noun: 'two-wheeler', plural: 'two-wheelers', category: 'vehicle' },
  'rail vehicle': { noun: 'rail vehicle', plural: 'rail vehicles', category: 'vehicle' },
  boat: { noun: 'boat', plural: 'boats', category: 'vehicle' },
  aircraft: { noun: 'aircraft', plural: 'aircraft', category: 'vehicle' },
  ball: { noun: 'ball', plural: 'balls', category: 'thing' },
  toy: { noun: 'toy', plural: 'toys', category: 'thing' },
  prize: { noun: 'prize', plural: 'prizes', category: 'thing' },
  instrument: {
    noun: 'musical instrument',
    plural: 'musical instruments',
    category: 'thing',
  },
  garment: { noun: 'piece of clothing', plural: 'pieces of clothing', category: 'thing' },
  shoe: { noun: 'shoe', plural: 'shoes', category: 'thing' },
  hat: { noun: 'hat', plural: 'hats', category: 'thing' },
  bag: { noun: 'bag', plural: 'bags', category: 'thing' },
  furniture: { noun: 'piece of furniture', plural: 'pieces of furniture', category: 'thing' },
  device: { noun: 'device', plural: 'devices', category: 'thing' },
  light: { noun: 'light', plural: 'lights', category: 'thing' },
  tool: { noun: 'tool', plural: 'tools', category: 'thing' },
  container: { noun: 'container', plural: 'containers', category: 'thing' },
  household: { noun: 'household item', plural: 'household items', category: 'thing' },
  stationery: { noun: 'office item', plural: 'office items', category: 'thing' },
  'natural object': { noun: 'natural object', plural: 'natural objects', category: 'thing' },
  'street object': { noun: 'street object', plural: 'street objects', category: 'thing' },
  building: { noun: 'building', plural: 'buildings', category: 'building' },
  'sky thing': { noun: 'thing in the sky', plural: 'things in the sky', category: 'sky' },
  person: { noun: 'person', plural: 'people', category: 'person' },
  figure: { noun: 'figure', plural: 'figures', category: 'figure' },
  shape: { noun: 'shape', plural: 'shapes', category: 'shape' },
} as const satisfies Record<string, KindInfo>

export type Kind = keyof typeof KINDS

interface Shared {
  readonly kind: Kind
  readonly size: SizeClass
  readonly at: readonly Place[]
  readonly verb: Verb
}

type Options = Partial<Omit<Concept, 'id' | 'art' | 'category'>> & { readonly art: string }

/** One block of the table: what its rows share, then `noun: icon name` or `noun: { art, ...what differs }`. */
export function block(
  shared: Shared,
  rows: Readonly<Record<string, string | Options>>,
): readonly Concept[] {
  return Object.entries(rows).map(([id, row]) => {
    const options: Options = typeof row === 'string' ? { art: row } : row
    const kind = options.kind ?? shared.kind
    return {
      plural: regularPlural(id),
      but: {},
      paint: [],
      plain: false,
      oneWay: false,
      near: null,
      generic: false,
      seat: null,
      ...shared,
      ...options,
      id,
      category: KINDS[kind].category,
    }
  })
}

/** Plural of an English noun by the regular rules; irregular ones are written out in the table. */
function regularPlural(noun: string): string {
  if (/(s|x|z|ch|sh)$/.test(noun)) return `${noun}es`
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`
  return `${noun}s`
}
