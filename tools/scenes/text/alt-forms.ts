import type { Relation, SceneGraph, SceneGroup } from '../graph.ts'
import type { Random } from '../random.ts'
import { placePieces, relationPiece, settingPiece } from './caption.ts'
import type { FaultKind, Piece } from './document.ts'
import { plain, sentence } from './document.ts'
import type { Corrupt } from './faults.ts'
import {
  absentConcept,
  changeColour,
  changeCount,
  changeSize,
  changeWords,
  falseRelation,
  falseSetting,
  swapObject,
} from './faults.ts'
import { cameraName, numberedEnding, owner, petName, photographer, placeName } from './noise.ts'
import type { Determiner, Mention } from './phrases.ts'
import { actionOf, briefRelation, nounPhrase } from './phrases.ts'

/** How an alt-text is built before its faults are written out. */
export interface Draft {
  readonly graph: SceneGraph
  readonly random: Random
  readonly mentions: readonly Mention[]
  readonly relation: Relation | null
  readonly wrong: ReadonlySet<FaultKind>
}

const MENTION_FAULTS: Readonly<Partial<Record<FaultKind, Corrupt>>> = {
  object: swapObject,
  colour: changeColour,
  count: changeCount,
  size: changeSize,
  'sign-text': changeWords,
}

/** Gives each fault of a fact to one mention that can bear it. */
function corruptMentions(draft: Draft): Mention[] {
  const { graph, random, wrong } = draft
  const mentions = [...draft.mentions]
  for (const kind of wrong) {
    const corrupt = MENTION_FAULTS[kind]
    if (!corrupt) continue
    for (const index of random.shuffle(mentions.map((_, at) => at))) {
      const mention = mentions[index]
      const changed = mention ? corrupt(mention, graph, random) : null
      if (!changed) continue
      mentions[index] = changed
      break
    }
  }
  return mentions
}

function joined(parts: readonly (readonly Piece[])[]): Piece[] {
  return parts.flatMap((part, index) => {
    if (index === 0) return [...part]
    return [plain(index === parts.length - 1 ? ' and ' : ', '), ...part]
  })
}

/** The phrase of a mention; a name may take the place of its article or follow it. */
function namedPhrase(
  mention: Mention,
  draft: Draft,
  determiner: Determiner,
  mayName: boolean,
): Piece[] {
  const phrase = nounPhrase(mention, determiner)
  const { random, wrong } = draft
  if (!mayName || !wrong.has('name') || mention.count > 1 || mention.words !== null) return phrase
  if (
    determiner === 'indefinite' &&
    phrase[0]?.article &&
    !phrase[0].fault &&
    mention.group.category !== 'building'
  ) {
    return [{ ...owner(random), phrase: mention.group.id }, ...phrase.slice(1)]
  }
  return mention.group.kind === 'pet' ? [...phrase, petName(random)] : phrase
}

function hasName(pieces: readonly Piece[]): boolean {
  return pieces.some((piece) => piece.fault?.kind === 'name')
}

function insertedPhrase(draft: Draft, determiner: Determiner): Piece[] {
  const concept = absentConcept(draft.graph, draft.random)
  const mark = { kind: 'inserted', truth: null, group: null, other: null } as const
  const noun: Piece = { text: concept.id, fault: mark }
  return determiner === 'none' ? [noun] : [{ text: 'a', article: true }, plain(' '), noun]
}

function settingPart(draft: Draft): Piece[] {
  const { graph, random, wrong } = draft
  if (wrong.has('setting')) {
    const truth = random.pick(graph.background.shortSettings)
    const fault = { kind: 'setting', truth, group: null, other: null } as const
    return [plain(' '), { text: falseSetting(graph, random), fault }]
  }
  if (random.chance(0.45)) return []
  return [plain(' '), settingPiece(random.pick(graph.background.shortSettings))]
}

function relationPart(draft: Draft, relation: Relation): Piece {
  const { graph, random, wrong } = draft
  const { subject, object, relation: truth } = relation
  if (!wrong.has('relation')) return relationPiece(relation, briefRelation(truth, random))
  const said = falseRelation({ graph, subject, object, truth, random })
  const fault = { kind: 'relation', truth, group: subject, other: object } as const
  return { text: briefRelation(said, random), fault }
}

/** "two red apples to the left of a dog in a meadow", "a dog and a balloon": the heart of most alt-texts. */
export function phraseForm(draft: Draft, determiner: Determiner): Piece[] {
  const { random, relation, wrong } = draft
  const mentions = corruptMentions(draft)
  const namedFirst = random.chance(0.5)
  const phrases = mentions.map((mention, index) =>
    namedPhrase(mention, draft, determiner, namedFirst && index === 0),
  )
  const [first, second, ...others] = phrases
  const rest = wrong.has('inserted') ? [...others, insertedPhrase(draft, determiner)] : others
  let body: Piece[]
  if (relation && first && second) {
    body = [
      ...first,
      plain(' '),
      relationPart(draft, relation),
      plain(' '),
      ...joined([second, ...rest]),
    ]
  } else {
    const only = mentions[0]
    const isLone = phrases.length === 1 && only !== undefined && rest.length === 0
    const action = isLone && random.chance(0.6) ? actionPart(only.group) : []
    body = [...joined([first, second, ...rest].filter((part) => part !== undefined)), ...action]
  }
  const whole = [...body, ...settingPart(draft)]
  return wrong.has('name') && !hasName(whole)
    ? [...whole, random.chance(0.65) ? placeName(random) : photographer(random)]
    : whole
}

function actionPart(group: SceneGroup): Piece[] {
  const { one, ing } = actionOf(group)
  if (ing === 'visible' || ing === 'seen') return []
  return [
    plain(' '),
    { text: ing, unit: { kind: 'action', group: group.id, other: null, value: one } },
  ]
}

/** "dog, two apples, balloon, meadow": a keyword list. */
export function keywordForm(draft: Draft): Piece[] {
  const mentions = corruptMentions(draft)
  const words: Piece[][] = mentions.map((mention) =>
    nounPhrase({ ...mention, words: null, saysCount: mention.truths.count !== undefined }, 'none'),
  )
  if (draft.wrong.has('inserted')) words.push(insertedPhrase(draft, 'none'))
  const list = words.flatMap((part, index) => (index === 0 ? part : [plain(', '), ...part]))
  return draft.wrong.has('name') ? [...list, plain(','), placeName(draft.random)] : list
}

/** One or two sentences, as under a picture on a page. */
export function sentenceForm(draft: Draft): Piece[] {
  const { random } = draft
  const [first, ...rest] = corruptMentions(draft)
  if (!first) return []
  const many = first.count > 1
  const { one, many: plural } = actionOf(first.group)
  const verb: Piece =
    first.group.stance === 'studio'
      ? plain(many ? 'are shown' : 'is shown')
      : {
          text: many ? plural : one,
          unit: { kind: 'action', group: first.group.id, other: null, value: one },
        }
  const opening: Piece[] = [...namedPhrase(first, draft, 'indefinite', true), plain(' '), verb]
  const hasRelation = draft.relation !== null && rest[0] !== undefined
  if (draft.relation && rest[0])
    opening.push(
      plain(' '),
      relationPart(draft, draft.relation),
      plain(' '),
      ...nounPhrase(rest[0], 'indefinite'),
    )
  else if (!draft.wrong.has('setting')) opening.push(...placePieces(first.group))
  const pieces = sentence([
    ...opening,
    ...(hasRelation || draft.wrong.has('setting') ? settingPart(draft) : []),
  ])
  const more = draft.relation ? rest.slice(1) : rest
  if (draft.wrong.has('inserted'))
    pieces.push(
      plain(' '),
      ...sentence([plain('next to it is '), ...insertedPhrase(draft, 'indefinite')]),
    )
  if (more.length > 0) {
    const verbs =
      more.length > 1 || (more[0]?.count ?? 1) > 1 ? 'there are also ' : 'there is also '
    pieces.push(
      plain(' '),
      ...sentence([
        plain(verbs),
        ...joined(more.map((mention) => nounPhrase(mention, 'indefinite'))),
      ]),
    )
  }
  return draft.wrong.has('name') && !hasName(pieces)
    ? [...pieces, plain(' Taken'), placeName(random), plain('.')]
    : pieces
}

/** Lower-case words and hyphens with a number: "brown-dog-apple-2.jpg". */
export function fileNameForm(draft: Draft): Piece[] {
  const { random } = draft
  if (random.chance(0.45)) return [cameraName(random)]
  const mentions = corruptMentions(draft).slice(0, 2)
  const words = mentions.flatMap((mention, index): Piece[] => {
    const phrase = nounPhrase({ ...mention, words: null, size: null, saysCount: false }, 'none')
    const hyphened = phrase.map((piece) => ({
      ...piece,
      text: piece.text.toLowerCase().replaceAll(' ', '-').replaceAll(/['’]/g, ''),
    }))
    return index === 0 ? hyphened : [plain('-'), ...hyphened]
  })
  return [...words, numberedEnding(random)]
}
