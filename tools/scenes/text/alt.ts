import type { Relation, SceneGraph, SceneGroup } from '../graph.ts'
import type { Random } from '../random.ts'
import { placePieces, relationPiece, settingPiece } from './caption.ts'
import type { FaultKind, Fault, Piece, WrittenText } from './document.ts'
import {
  capitalised,
  decapitalised,
  plain,
  sentence,
  titled,
  upperCased,
  write,
} from './document.ts'
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
import {
  cameraName,
  closer,
  misspell,
  numberedEnding,
  opener,
  owner,
  petName,
  photographer,
  placeName,
  shopTail,
} from './noise.ts'
import type { Determiner, Mention } from './phrases.ts'
import { actionOf, briefRelation, nounPhrase, truthOf } from './phrases.ts'

/** Where a web page would have had it; the words of the app. */
export type AltOrigin = 'alt' | 'title' | 'file-name' | 'web-caption'

export interface NoisyAlt extends WrittenText {
  readonly origin: AltOrigin
}

/** How an alt-text is built before its faults are written out. */
interface Draft {
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

const FAULT_WEIGHTS: readonly (readonly [FaultKind, number])[] = [
  ['object', 15],
  ['colour', 14],
  ['count', 13],
  ['relation', 14],
  ['inserted', 8],
  ['size', 8],
  ['sign-text', 14],
  ['setting', 7],
  ['name', 10],
  ['boilerplate', 10],
  ['shop-tail', 6],
  ['typo', 9],
]

function canHappen(
  kind: FaultKind,
  mentions: readonly Mention[],
  relation: Relation | null,
): boolean {
  switch (kind) {
    case 'colour':
      return mentions.some((mention) => mention.colour !== null)
    case 'size':
      return mentions.some((mention) => mention.size !== null)
    case 'sign-text':
      return mentions.some((mention) => mention.words !== null)
    case 'relation':
      return relation !== null
    case 'object':
    case 'count':
      return mentions.some((mention) => mention.group.category !== 'sign')
    case 'missing':
    case 'file-name':
      return false
    case 'inserted':
    case 'setting':
    case 'name':
    case 'boilerplate':
    case 'shop-tail':
    case 'typo':
      return true
  }
}

function pickFaults(
  mentions: readonly Mention[],
  relation: Relation | null,
  random: Random,
): Set<FaultKind> {
  const count = random.weighted([
    [0, 7],
    [1, 48],
    [2, 33],
    [3, 12],
  ])
  const wrong = new Set<FaultKind>()
  for (let round = 0; round < count; round += 1) {
    const left = FAULT_WEIGHTS.filter(
      ([kind]) => !wrong.has(kind) && canHappen(kind, mentions, relation),
    )
    wrong.add(random.weighted(left))
  }
  return wrong
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
function phraseForm(draft: Draft, determiner: Determiner): Piece[] {
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
function keywordForm(draft: Draft): Piece[] {
  const mentions = corruptMentions(draft)
  const words: Piece[][] = mentions.map((mention) =>
    nounPhrase({ ...mention, words: null, saysCount: mention.truths.count !== undefined }, 'none'),
  )
  if (draft.wrong.has('inserted')) words.push(insertedPhrase(draft, 'none'))
  const list = words.flatMap((part, index) => (index === 0 ? part : [plain(', '), ...part]))
  return draft.wrong.has('name') ? [...list, plain(','), placeName(draft.random)] : list
}

/** One or two sentences, as under a picture on a page. */
function sentenceForm(draft: Draft): Piece[] {
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
function fileNameForm(draft: Draft): Piece[] {
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

/** Misspells one word that states something true. */
function withTypo(pieces: readonly Piece[], random: Random): Piece[] {
  for (const index of random.shuffle(pieces.map((_, at) => at))) {
    const piece = pieces[index]
    if (!piece?.unit || piece.unit.kind === 'sign-text' || piece.fault) continue
    const slip = misspell(piece.text, random)
    if (slip === null) continue
    const fault = { kind: 'typo', truth: piece.text, group: piece.unit.group, other: null } as const
    return pieces.map((other, at) => (at === index ? { ...other, text: slip, fault } : other))
  }
  return [...pieces]
}

function withBoilerplate(pieces: readonly Piece[], origin: AltOrigin, random: Random): Piece[] {
  if (random.chance(0.5)) return [...pieces, closer(random)]
  const start = opener(random)
  const runsOn = start.text.endsWith('of ') && origin !== 'title'
  return [start, ...(runsOn ? decapitalised(pieces) : pieces)]
}

function missingFaults(graph: SceneGraph, written: WrittenText): Fault[] {
  const told = new Set([...written.units, ...written.faults].map((mark) => mark.group))
  const end = written.text.length
  return graph.groups
    .filter((group) => !told.has(group.id))
    .map((group) => ({
      kind: 'missing',
      truth: write(nounPhrase({ ...truthOf(group), words: null }, 'indefinite')).text,
      group: group.id,
      other: null,
      start: end,
      end,
      said: '',
    }))
}

/** One to four groups that the author cared to mention; two that are related stand first. */
function chooseMentions(
  graph: SceneGraph,
  random: Random,
): { mentions: Mention[]; relation: Relation | null } {
  const count = Math.min(
    graph.groups.length,
    random.weighted([
      [1, 22],
      [2, 46],
      [3, 24],
      [4, 8],
    ]),
  )
  const order = random.shuffle(graph.groups)
  const relation =
    count >= 2 && graph.relations.length > 0 && random.chance(0.75)
      ? random.pick(graph.relations)
      : null
  const related = relation ? [relation.subject, relation.object] : []
  const front = related.flatMap((id) => order.filter((group) => group.id === id))
  const groups = [...front, ...order.filter((group) => !front.includes(group))].slice(0, count)
  return { mentions: groups.map((group) => loosely(truthOf(group), random)), relation }
}

/** People leave out colours, sizes and numbers; what is left out is no fault. */
function loosely(mention: Mention, random: Random): Mention {
  return {
    ...mention,
    colour: random.chance(0.7) ? mention.colour : null,
    size: random.chance(0.8) ? mention.size : null,
    saysCount: random.chance(0.7),
  }
}

const ORIGINS: readonly (readonly [AltOrigin, number])[] = [
  ['alt', 56],
  ['web-caption', 18],
  ['title', 16],
  ['file-name', 10],
]

function pieceForms(draft: Draft, origin: AltOrigin): Piece[] {
  const { random } = draft
  switch (origin) {
    case 'file-name':
      return fileNameForm(draft)
    case 'title':
      return titled(phraseForm(draft, 'none'))
    case 'web-caption':
      return sentenceForm(draft)
    case 'alt':
      return random.weighted<() => Piece[]>([
        [() => capitalised(phraseForm(draft, 'indefinite')), 9],
        [() => phraseForm(draft, 'indefinite'), 4],
        [() => phraseForm(draft, 'none'), 4],
        [() => keywordForm(draft), 2],
        [() => sentenceForm(draft), 3],
        [() => upperCased(phraseForm(draft, 'none')), 0.5],
      ])()
  }
}

function writeAlt(graph: SceneGraph, origin: AltOrigin, random: Random): NoisyAlt {
  const { mentions, relation } = chooseMentions(graph, random)
  const wrong = pickFaults(mentions, relation, random)
  const draft: Draft = { graph, random, mentions, relation, wrong }
  let pieces = pieceForms(draft, origin)
  if (origin !== 'file-name') {
    if (wrong.has('typo')) pieces = withTypo(pieces, random)
    if (wrong.has('boilerplate')) pieces = withBoilerplate(pieces, origin, random)
    if (wrong.has('shop-tail')) pieces = [...pieces, shopTail(random)]
  }
  const written = write(pieces)
  return { ...written, faults: [...written.faults, ...missingFaults(graph, written)], origin }
}

/** One to three noisy alt-texts, as a web page, its title or a file name might have had them. */
export function writeAlts(graph: SceneGraph, random: Random): NoisyAlt[] {
  const count = random.weighted([
    [1, 52],
    [2, 32],
    [3, 16],
  ])
  const alts: NoisyAlt[] = []
  for (let index = 0; index < count; index += 1) {
    const free = ORIGINS.filter(
      ([origin]) => origin === 'alt' || !alts.some((alt) => alt.origin === origin),
    )
    const alt = writeAlt(graph, random.weighted(free), random)
    if (!alts.some((other) => other.text === alt.text)) alts.push(alt)
  }
  return alts
}
