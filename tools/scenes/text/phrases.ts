import type { Colour } from '../colour.ts'
import { conceptById } from '../concepts/table.ts'
import type { RelationWord, SceneGroup, SizeWord } from '../graph.ts'
import type { Random } from '../random.ts'
import type { FaultKind, Piece, UnitKind } from './document.ts'
import { plain } from './document.ts'

/** What a text says of a group, true or not. `truths` holds the true word where it is not. */
export interface Mention {
  readonly group: SceneGroup
  readonly noun: string
  readonly plural: string
  readonly count: number
  /** Say the number (or "a"); a bare plural otherwise. */
  readonly saysCount: boolean
  readonly colour: Colour | null
  readonly size: SizeWord | null
  readonly words: string | null
  readonly truths: Readonly<
    Partial<Record<'object' | 'count' | 'colour' | 'size' | 'sign-text', string>>
  >
}

const NUMBER_WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six'] as const

export function numberWord(count: number): string {
  return NUMBER_WORDS[count] ?? String(count)
}

/** The whole truth about a group. */
export function truthOf(group: SceneGroup): Mention {
  return {
    group,
    noun: group.noun,
    plural: group.plural,
    count: group.count,
    saysCount: true,
    colour: group.colour,
    size: group.size,
    words: group.drawing.kind === 'sign' ? group.drawing.words : null,
    truths: {},
  }
}

/** A piece that is a unit when it is true and a fault when it is not. */
function stated(request: {
  readonly mention: Mention
  readonly kind: UnitKind & FaultKind & keyof Mention['truths']
  readonly text: string
  readonly value: string
}): Piece {
  const { mention, kind, text, value } = request
  const truth = mention.truths[kind]
  const { id } = mention.group
  const phrase = id
  if (truth !== undefined) return { text, phrase, fault: { kind, truth, group: id, other: null } }
  return { text, phrase, unit: { kind, group: id, other: null, value } }
}

export type Determiner = 'indefinite' | 'the' | 'none'

/** "two small red apples", "the dog", "brown dog": with a mark on each word that states something. */
export function nounPhrase(mention: Mention, determiner: Determiner): Piece[] {
  const phrase = mention.group.id
  const space = { text: ' ', phrase }
  const pieces: Piece[] = []
  const count = (text: string): Piece =>
    stated({ mention, kind: 'count', text, value: String(mention.count) })
  if (determiner === 'the') pieces.push({ text: 'the', phrase }, space)
  if (
    mention.count > 1 &&
    (mention.saysCount || mention.truths.count !== undefined) &&
    determiner !== 'the'
  ) {
    pieces.push(count(numberWord(mention.count)), space)
  } else if (mention.count === 1 && determiner === 'indefinite') {
    const wrong = mention.truths.count !== undefined
    pieces.push(
      wrong ? { ...count('a'), article: true } : { text: 'a', article: true, phrase },
      space,
    )
  }
  if (mention.size)
    pieces.push(stated({ mention, kind: 'size', text: mention.size, value: mention.size }), space)
  if (mention.colour) {
    pieces.push(
      stated({ mention, kind: 'colour', text: mention.colour, value: mention.colour }),
      space,
    )
  }
  const text = mention.count > 1 ? mention.plural : mention.noun
  pieces.push(stated({ mention, kind: 'object', text, value: mention.noun }))
  if (mention.words !== null && determiner !== 'the') {
    pieces.push(plain(' that reads “'))
    pieces.push(stated({ mention, kind: 'sign-text', text: mention.words, value: mention.words }))
    pieces.push(plain('”'))
  }
  return pieces
}

/** A second mention: "the dog", with its colour only where another group has the same noun. */
export function definitePhrase(group: SceneGroup, groups: readonly SceneGroup[]): Piece[] {
  const hasTwin = groups.some((other) => other !== group && other.noun === group.noun)
  const mention = {
    ...truthOf(group),
    size: null,
    words: null,
    colour: hasTwin ? group.colour : null,
  }
  return nounPhrase(mention, 'the')
}

const RELATION_PHRASES = {
  'left of': ['to the left of', 'on the left of'],
  'right of': ['to the right of', 'on the right of'],
  above: ['above'],
  below: ['below', 'beneath'],
  'next to': ['next to', 'beside'],
  on: ['on top of'],
  under: ['under', 'underneath'],
  'in front of': ['in front of'],
  behind: ['behind'],
} as const satisfies Record<RelationWord, readonly string[]>

/** The short form, as in alt-texts that save words: "left of". */
export function briefRelation(relation: RelationWord, random: Random): string {
  return random.chance(0.5) ? relation : relationPhrase(relation, random)
}

export function relationPhrase(relation: RelationWord, random: Random): string {
  return random.pick<string>(RELATION_PHRASES[relation])
}

/** A form of a verb: singular, plural, and the "-ing" that an alt-text uses. */
interface Action {
  readonly one: string
  readonly many: string
  readonly ing: string
}

const ACTIONS = {
  stands: { one: 'stands', many: 'stand', ing: 'standing' },
  sits: { one: 'sits', many: 'sit', ing: 'sitting' },
  lies: { one: 'lies', many: 'lie', ing: 'lying' },
  grows: { one: 'grows', many: 'grow', ing: 'growing' },
  rests: { one: 'rests', many: 'rest', ing: 'resting' },
  'is parked': { one: 'is parked', many: 'are parked', ing: 'parked' },
  flies: { one: 'flies', many: 'fly', ing: 'flying' },
  floats: { one: 'floats', many: 'float', ing: 'floating' },
  swims: { one: 'swims', many: 'swim', ing: 'swimming' },
  hangs: { one: 'hangs', many: 'hang', ing: 'hanging' },
  shines: { one: 'shines', many: 'shine', ing: 'shining' },
  'is visible': { one: 'is visible', many: 'are visible', ing: 'visible' },
  walks: { one: 'is', many: 'are', ing: 'seen' },
} as const satisfies Record<string, Action>

const SHINING = new Set(['sun', 'full moon', 'crescent moon', 'star'])
const FLOATING = new Set(['balloon', 'kite', 'cloud', 'parachute', 'satellite', 'ghost', 'heart'])

/** The verb that is true of a group where it is. */
export function actionOf(group: SceneGroup): Action {
  if (group.concept === 'sign') return group.stance === 'wall' ? ACTIONS.hangs : ACTIONS.stands
  const { verb, category } = conceptById(group.concept)
  switch (group.stance) {
    case 'sky':
      if (SHINING.has(group.concept)) return ACTIONS.shines
      if (FLOATING.has(group.concept)) return ACTIONS.floats
      return category === 'animal' || category === 'vehicle' ? ACTIONS.flies : ACTIONS['is visible']
    case 'water':
      return category === 'person' ? ACTIONS.walks : ACTIONS.floats
    case 'under water':
      return ACTIONS.swims
    case 'wall':
      return ACTIONS.hangs
    case 'studio':
      return ACTIONS['is visible']
    case 'ground':
    case 'on a thing':
      return category === 'person' && verb !== 'sits' ? ACTIONS.walks : ACTIONS[verb]
  }
}
