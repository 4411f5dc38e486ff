import { COLOURS } from '../colour.ts'
import type { Concept } from '../concepts/concept.ts'
import { KINDS } from '../concepts/concept.ts'
import { CONCEPTS, conceptById } from '../concepts/table.ts'
import { INVERSE } from '../geometry.ts'
import type { RelationWord, SceneGraph, SceneGroup } from '../graph.ts'
import type { Random } from '../random.ts'
import { SIGN_WORDS } from '../sign.ts'
import type { SceneryKind } from '../scenery/scenery.ts'
import type { Mention } from './phrases.ts'
import { numberWord } from './phrases.ts'

/** Changes one fact of a mention; null when that fact is not there to change. */
export type Corrupt = (mention: Mention, graph: SceneGraph, random: Random) => Mention | null

/** "drum" and "tall drum": one noun is the other with more words. */
function isPartOf(short: string, long: string): boolean {
  const words = long.split(' ')
  return short.split(' ').every((word) => words.includes(word))
}

/** Whether someone could rightly use this word for something in the picture. */
export function isPictured(concept: Concept, graph: SceneGraph): boolean {
  return graph.groups.some((group) => {
    if (isPartOf(concept.id, group.concept) || isPartOf(group.concept, concept.id)) return true
    if (concept.generic && concept.kind === group.kind) return true
    if (group.concept === 'sign') return false
    const { near } = conceptById(group.concept)
    return near !== null && near === concept.near
  })
}

/** A concept of the same kind (else of the same category) that is not in the picture. */
function siblingOf(group: SceneGroup, graph: SceneGraph, random: Random): Concept | null {
  const absent = CONCEPTS.filter((concept) => !isPictured(concept, graph))
  const kin = absent.filter((concept) => concept.kind === group.kind)
  const cousins = absent.filter((concept) => concept.category === group.category)
  const choice = kin.length > 0 ? kin : cousins
  return choice.length > 0 ? random.pick(choice) : null
}

/** A concept that would suit the place but is not there. */
export function absentConcept(graph: SceneGraph, random: Random): Concept {
  const kinds = new Set(graph.groups.map((group) => group.category))
  const fitting = CONCEPTS.filter(
    (concept) => kinds.has(KINDS[concept.kind].category) && !isPictured(concept, graph),
  )
  return random.pick(
    fitting.length > 0 ? fitting : CONCEPTS.filter((concept) => !isPictured(concept, graph)),
  )
}

export const swapObject: Corrupt = (mention, graph, random) => {
  if (mention.group.category === 'sign') return null
  const sibling = siblingOf(mention.group, graph, random)
  if (!sibling) return null
  const truth = mention.count > 1 ? mention.plural : mention.noun
  return {
    ...mention,
    noun: sibling.id,
    plural: sibling.plural,
    truths: { ...mention.truths, object: truth },
  }
}

export const changeColour: Corrupt = (mention, graph, random) => {
  if (!mention.colour) return null
  // Neighbours on the colour circle are left out: nobody would call them wrong.
  const alike: Readonly<Record<string, readonly string[]>> = {
    red: ['orange', 'pink', 'brown'],
    orange: ['red', 'yellow', 'brown'],
    yellow: ['orange'],
    pink: ['red', 'purple'],
    purple: ['pink', 'blue'],
    blue: ['purple'],
    brown: ['red', 'orange', 'black'],
    black: ['brown', 'grey'],
    white: ['grey'],
    grey: ['black', 'white'],
  }
  const truth = mention.colour
  // Nor the colour of a second group of the same noun, which would make the phrase true of that one.
  const twins = graph.groups.filter((group) => group.noun === mention.group.noun)
  const wrong = COLOURS.filter(
    (colour) =>
      colour !== truth &&
      !alike[truth]?.includes(colour) &&
      !twins.some((twin) => twin.colour === colour),
  )
  return { ...mention, colour: random.pick(wrong), truths: { ...mention.truths, colour: truth } }
}

export const changeCount: Corrupt = (mention, _graph, random) => {
  if (mention.group.category === 'sign') return null
  const truth = mention.count
  const wrong = [truth - 1, truth + 1, truth + 2].filter((count) => count >= 1 && count <= 6)
  return {
    ...mention,
    count: random.pick(wrong),
    saysCount: true,
    truths: { ...mention.truths, count: numberWord(truth) },
  }
}

export const changeSize: Corrupt = (mention) => {
  if (!mention.size) return null
  const size = mention.size === 'small' ? 'large' : 'small'
  return { ...mention, size, truths: { ...mention.truths, size: mention.size } }
}

export const changeWords: Corrupt = (mention, graph, random) => {
  const truth = mention.words
  if (truth === null) return null
  const kind: SceneryKind = graph.background.kind
  const others = [...SIGN_WORDS[kind], 'OPEN', 'EXIT'].filter((words) => words !== truth)
  return {
    ...mention,
    words: random.pick(others),
    truths: { ...mention.truths, 'sign-text': truth },
  }
}

/** A relation word that does not hold between the two, most often the opposite one. */
export function falseRelation(request: {
  readonly graph: SceneGraph
  readonly subject: string
  readonly object: string
  readonly truth: RelationWord
  readonly random: Random
}): RelationWord {
  const { graph, subject, object, truth, random } = request
  const holds = new Set(
    graph.relations
      .filter((one) => one.subject === subject && one.object === object)
      .map((one) => one.relation),
  )
  const inverse = INVERSE[truth]
  if (!holds.has(inverse)) return inverse
  const candidates: RelationWord[] = ['left of', 'right of', 'above', 'below']
  return random.pick(candidates.filter((word) => !holds.has(word)))
}

const WRONG_SETTINGS: readonly (readonly [SceneryKind, string])[] = [
  ['meadow', 'in a meadow'],
  ['snow', 'in the snow'],
  ['beach', 'on the beach'],
  ['street', 'on a city street'],
  ['desert', 'in the desert'],
  ['room', 'in a living room'],
  ['night', 'at night'],
  ['table', 'on a wooden table'],
]

/** What nobody would call plainly wrong: a park for a meadow, a room for a table. */
const CLOSE_SETTINGS: Readonly<Partial<Record<SceneryKind, readonly SceneryKind[]>>> = {
  park: ['meadow'],
  night: ['meadow'],
  table: ['room'],
  room: ['table'],
  desert: ['beach'],
}

export function falseSetting(graph: SceneGraph, random: Random): string {
  const others = WRONG_SETTINGS.filter(([kind]) => kind !== graph.background.kind)
  const close = CLOSE_SETTINGS[graph.background.kind] ?? []
  return random.pick(others.filter(([kind]) => !close.includes(kind)))[1]
}
