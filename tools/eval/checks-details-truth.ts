import type { DetailCandidate } from '../../src/main/checks/details.ts'
import type { EvidenceRegion } from '../../src/main/checks/unit-evidence.ts'
import { KINDS } from '../scenes/concepts/concept.ts'
import type { SceneGraph, SceneGroup } from '../scenes/graph.ts'
import { numberWord } from '../scenes/text/phrases.ts'

/** A scene, and the groups that a caption of it names. */
export interface Told {
  readonly graph: SceneGraph
  readonly named: readonly SceneGroup[]
}

type Claim = Pick<DetailCandidate, 'about' | 'noun' | 'phrase' | 'region'>

/**
 * Whether a detail is true of the scene: a thing that is drawn, in the plural only where there are several, or scenery; of a
 * named thing the colour word that holds in its pixels, or its number; a part that holds a drawn thing that is not named.
 * Of things without a clear colour, and of scenery, every colour and number is wrong.
 */
export function isTrueOf(claim: Claim, told: Told): boolean {
  const { noun, phrase, region } = claim
  const bearers = told.named.filter((group) => namesGroup(noun, group))
  switch (claim.about) {
    case 'thing':
      return isThingOf({ noun, phrase }, told.graph)
    case 'colour':
      return bearers.some(({ colour }) => colour !== null && phrase.includes(`${colour} ${noun}`))
    case 'count':
      return bearers.some(({ count }) => phrase.startsWith(`${numberWord(count)} `))
    case 'region':
      return unnamedIn(region, told).length > 0
  }
}

/** The drawn things, of groups that the caption does not name, that a part of the picture holds. */
export function unnamedIn(region: EvidenceRegion | null, { graph, named }: Told): string[] {
  if (region === null) return []
  const ids = new Set(named.map(({ id }) => id))
  return graph.objects
    .filter(({ group, box }) => {
      if (ids.has(group)) return false
      const { width, height } = graph
      const thing = {
        ...{ x: box.x / width, y: box.y / height },
        ...{ width: box.width / width, height: box.height / height },
      }
      const shared = sharedArea(region, thing)
      const smaller = Math.min(region.width * region.height, thing.width * thing.height)
      return shared >= smaller / 2
    })
    .map(({ id }) => id)
}

function sharedArea(one: EvidenceRegion, other: EvidenceRegion): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x)
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y)
  return width <= 0 || height <= 0 ? 0 : width * height
}

/** Whether a detail names a group: by its noun, the kind that it is one of, or the last word of it. */
export function namesGroup(noun: string, group: SceneGroup): boolean {
  if (group.noun === noun || group.plural === noun || group.noun.endsWith(` ${noun}`)) return true
  if (group.kind === 'sign') return noun === 'sign'
  const kind = KINDS[group.kind]
  return kind.noun === noun || kind.category === noun
}

function isThingOf(
  { noun, phrase }: { readonly noun: string; readonly phrase: string },
  graph: SceneGraph,
): boolean {
  const named = graph.groups.filter((group) => namesGroup(noun, group))
  const isPlural = !/^(?:a|an|the) /.test(phrase) && phrase !== noun
  if (named.some(({ count }) => !isPlural || count > 1)) return true
  return saysScenery(noun, graph)
}

export function saysScenery(noun: string, { background }: SceneGraph): boolean {
  const { elements, settings, shortSettings } = background
  const words = new RegExp(`\\b${noun.replace(/[^a-z ]/g, '')}s?\\b`)
  return [...elements, ...settings, ...shortSettings].some((text) => words.test(text))
}
