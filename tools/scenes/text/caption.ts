import type { Relation, SceneGraph, SceneGroup } from '../graph.ts'
import type { Random } from '../random.ts'
import type { Piece, WrittenText } from './document.ts'
import { plain, sentence, write } from './document.ts'
import { actionOf, definitePhrase, nounPhrase, relationPhrase, truthOf } from './phrases.ts'

function actionPiece(group: SceneGroup): Piece {
  const action = actionOf(group)
  const text = group.count > 1 ? action.many : action.one
  return { text, unit: { kind: 'action', group: group.id, other: null, value: action.one } }
}

export function placePieces(group: SceneGroup): Piece[] {
  if (group.placeWords === null) return []
  const unit = { kind: 'place', group: group.id, other: null, value: group.placeWords } as const
  return [plain(' '), { text: group.placeWords, unit }]
}

export function relationPiece(relation: Relation, text: string): Piece {
  return {
    text,
    unit: {
      kind: 'relation',
      group: relation.subject,
      other: relation.object,
      value: relation.relation,
    },
  }
}

export function settingPiece(text: string): Piece {
  return { text, unit: { kind: 'setting', group: null, other: null, value: text } }
}

/** "A brown dog stands on the grass" and its like, without relation. */
function aloneSentence(group: SceneGroup, random: Random): Piece[] {
  const phrase = nounPhrase(truthOf(group), 'indefinite')
  const place = placePieces(group)
  if (group.stance === 'studio') {
    const verb = group.count > 1 ? 'are' : 'is'
    return random.pick([
      [plain(`there ${verb} `), ...phrase],
      [plain('the picture shows '), ...phrase],
    ])
  }
  return random.weighted([
    [[...phrase, plain(' '), actionPiece(group), ...place], 5],
    [[plain(`there ${group.count > 1 ? 'are' : 'is'} `), ...phrase, ...place], 2],
  ])
}

/** Says where a group is relative to one that was mentioned before. */
function relatedSentence(request: {
  readonly group: SceneGroup
  readonly anchor: SceneGroup
  readonly relation: Relation
  readonly graph: SceneGraph
  readonly random: Random
}): Piece[] {
  const { group, anchor, relation, graph, random } = request
  const phrase = nounPhrase(truthOf(group), 'indefinite')
  const known = definitePhrase(anchor, graph.groups)
  const link = relationPiece(relation, relationPhrase(relation.relation, random))
  const be = group.count > 1 ? 'are' : 'is'
  const verb = group.stance === 'studio' ? plain(be) : actionPiece(group)
  // "Left of the dog stands a cat" needs a verb that can be turned round.
  const canTurn =
    verb.text !== 'is visible' && verb.text !== 'are visible' && !verb.text.endsWith('parked')
  const turned: Piece[] = [
    link,
    plain(' '),
    ...known,
    plain(' '),
    canTurn ? verb : plain(be),
    plain(' '),
    ...phrase,
  ]
  const straight: Piece[] = [
    ...phrase,
    plain(' '),
    canTurn ? verb : plain(be),
    plain(' '),
    link,
    plain(' '),
    ...known,
  ]
  const there: Piece[] = [plain(`there ${be} `), ...phrase, plain(' '), link, plain(' '), ...known]
  return random.weighted([
    [straight, 4],
    [turned, 4],
    [there, 2],
  ])
}

/** Prefers relations that say more than a side. */
const RELATION_RANK: readonly Relation['relation'][] = [
  'on',
  'in front of',
  'behind',
  'under',
  'next to',
  'above',
  'below',
  'left of',
  'right of',
]

function bestRelation(request: {
  readonly graph: SceneGraph
  readonly group: SceneGroup
  readonly told: readonly SceneGroup[]
  readonly used: readonly string[]
  readonly random: Random
}): Relation | null {
  const { graph, group, told, used, random } = request
  const known = new Set(told.map((other) => other.id))
  const isFresh = (one: Relation): boolean => !used.includes(`${one.relation} ${one.object}`)
  const fitting = random
    .shuffle(
      graph.relations.filter(
        (one) => one.subject === group.id && known.has(one.object) && isFresh(one),
      ),
    )
    .sort(
      (a, b) =>
        Math.floor(RELATION_RANK.indexOf(a.relation) / 4) -
        Math.floor(RELATION_RANK.indexOf(b.relation) / 4),
    )
  return fitting[0] ?? null
}

/** Largest first, but what stands on something comes after it. */
function tellingOrder(graph: SceneGraph): SceneGroup[] {
  const salience = (group: SceneGroup): number => {
    const aloft = group.stance === 'sky' || group.stance === 'wall' || group.stance === 'on a thing'
    return group.box.width * group.box.height * (aloft ? 0.3 : 1)
  }
  return [...graph.groups].sort((a, b) => salience(b) - salience(a))
}

function settingSentence(graph: SceneGraph, random: Random): Piece[] {
  const setting = settingPiece(random.pick(graph.background.settings))
  const isPlain = graph.background.kind === 'studio'
  return random.pick([
    [plain(isPlain ? 'everything is set against ' : 'the setting is '), setting],
    [plain(isPlain ? 'the picture has ' : 'the background shows '), setting],
  ])
}

function openingSentence(
  group: SceneGroup,
  graph: SceneGraph,
  random: Random,
): { pieces: Piece[]; saysSetting: boolean } {
  const opening = random.pick(graph.background.shortSettings)
  if (group.stance === 'ground' && random.chance(0.3)) {
    const verb = actionPiece(group)
    const canTurn = !verb.text.endsWith('parked')
    const phrase = nounPhrase(truthOf(group), 'indefinite')
    const be = plain(group.count > 1 ? 'there are' : 'there is')
    return {
      pieces:
        canTurn && random.chance(0.6)
          ? [settingPiece(opening), plain(' '), verb, plain(' '), ...phrase]
          : [settingPiece(opening), plain(', '), be, plain(' '), ...phrase],
      saysSetting: true,
    }
  }
  return { pieces: aloneSentence(group, random), saysSetting: false }
}

/** A full and true account of the scene: every group, with relations, and the setting. */
export function writeCaption(graph: SceneGraph, random: Random): WrittenText {
  const [first, ...rest] = tellingOrder(graph)
  if (!first) return write([])
  const opening = openingSentence(first, graph, random)
  const pieces: Piece[] = [...sentence(opening.pieces)]
  const told: SceneGroup[] = [first]
  const used: string[] = []
  for (const group of rest) {
    const relation = bestRelation({ graph, group, told, used, random })
    if (relation) used.push(`${relation.relation} ${relation.object}`)
    const anchor = told.find((other) => other.id === relation?.object)
    const clause =
      relation && anchor && random.chance(0.9)
        ? relatedSentence({ group, anchor, relation, graph, random })
        : aloneSentence(group, random)
    pieces.push(plain(' '), ...sentence(clause))
    told.push(group)
  }
  if (!opening.saysSetting || random.chance(0.5)) {
    pieces.push(plain(' '), ...sentence(settingSentence(graph, random)))
  }
  return write(pieces)
}
