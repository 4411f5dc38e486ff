import type { Colour } from './colour.ts'
import type { Category, Kind, Vendor } from './concepts/concept.ts'
import type { SceneryKind } from './scenery/scenery.ts'

/** Whole pixels of the picture; x and y of the top left corner. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export type Stance = 'ground' | 'sky' | 'water' | 'under water' | 'wall' | 'studio' | 'on a thing'

/** One drawn thing. */
export interface SceneObject {
  readonly id: string
  readonly group: string
  readonly box: Box
  readonly mirrored: boolean
}

export type SizeWord = 'small' | 'large'

/** What is drawn for a group: an icon of a vendor, repainted or as it comes; or a sign with words. */
export type Drawing =
  | {
      readonly kind: 'icon'
      readonly vendor: Vendor
      readonly icon: string
      readonly paint: Colour | null
    }
  | { readonly kind: 'sign'; readonly style: SignStyle; readonly words: string }

export const SIGN_STYLES = ['wooden', 'chalk', 'metal', 'paper'] as const
export type SignStyle = (typeof SIGN_STYLES)[number]

/** One to four things of one concept that stand together and look alike. */
export interface SceneGroup {
  readonly id: string
  readonly concept: string
  readonly noun: string
  readonly plural: string
  readonly kind: Kind | 'sign'
  readonly category: Category | 'sign'
  readonly drawing: Drawing
  readonly count: number
  /** The colour word that holds in the pixels, or null where none is clear. */
  readonly colour: Colour | null
  /** Only set when the things are clearly smaller or larger than usual. */
  readonly size: SizeWord | null
  readonly stance: Stance
  /** Where it is, in words: "on the grass"; null when nothing simple holds. */
  readonly placeWords: string | null
  readonly members: readonly string[]
  /** Smallest box around all members. */
  readonly box: Box
}

export const RELATION_WORDS = [
  'left of',
  'right of',
  'above',
  'below',
  'next to',
  'on',
  'under',
  'in front of',
  'behind',
] as const
export type RelationWord = (typeof RELATION_WORDS)[number]

export interface Relation {
  readonly subject: string
  readonly relation: RelationWord
  readonly object: string
}

export interface Background {
  readonly kind: SceneryKind
  readonly variant: number
  readonly mirrored: boolean
  readonly elements: readonly string[]
  readonly settings: readonly string[]
  readonly shortSettings: readonly string[]
}

export interface SceneGraph {
  readonly seed: number
  readonly index: number
  readonly width: number
  readonly height: number
  readonly background: Background
  /** In drawing order, back to front. */
  readonly objects: readonly SceneObject[]
  readonly groups: readonly SceneGroup[]
  /** Every relation that holds clearly between two groups, in both directions. */
  readonly relations: readonly Relation[]
}
