import type { Relation, SceneGraph } from '../graph.ts'
import type { Random } from '../random.ts'
import type { Draft } from './alt-forms.ts'
import { fileNameForm, keywordForm, phraseForm, sentenceForm } from './alt-forms.ts'
import type { Fault, FaultKind, Piece, WrittenText } from './document.ts'
import { capitalised, decapitalised, titled, upperCased, write } from './document.ts'
import { closer, misspell, opener, shopTail } from './noise.ts'
import type { Mention } from './phrases.ts'
import { nounPhrase, truthOf } from './phrases.ts'

/** Where a web page would have had it; the words of the app. */
export type AltOrigin = 'alt' | 'title' | 'file-name' | 'web-caption'

export interface NoisyAlt extends WrittenText {
  readonly origin: AltOrigin
}

const FAULT_WEIGHTS: readonly (readonly [FaultKind, number])[] = [
  ['object', 15],
  ['colour', 14],
  ['count', 13],
  ['relation', 14],
  ['inserted', 8],
  ['size', 16],
  ['sign-text', 40],
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
