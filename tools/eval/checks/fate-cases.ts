import type { Fate } from '../../../src/shared/domain/fate.ts'
import type { TextSpan } from '../../../src/shared/domain/text-unit.ts'
import type { Scene } from '../../scenes/compose.ts'
import { KINDS } from '../../scenes/concepts/concept.ts'
import { conceptById } from '../../scenes/concepts/table.ts'
import type { SceneGroup } from '../../scenes/graph.ts'
import { createRandom } from '../../scenes/random.ts'
import type { NoisyAlt } from '../../scenes/text/alt.ts'
import { articleFor, type Unit, type WrittenText } from '../../scenes/text/document.ts'
import { thinOut } from '../checks-details-thin.ts'
import { plantFaults } from './planted-caption.ts'

/** What a stretch of an alt-text says. Relations, actions and settings are said in too many ways to be labelled. */
const STATED = ['object', 'colour', 'size', 'count', 'sign-text'] as const
type Stated = (typeof STATED)[number] | 'inserted' | 'name' | 'boilerplate'

/** A stretch of an alt-text whose fate the scene and the way the caption was made decide. */
export interface FateLabel extends TextSpan {
  readonly kind: Stated
  /** The first is what it is called in tables; where another stands behind it, that is as right. */
  readonly fates: readonly [Fate, ...Fate[]]
  /** Whether the picture shows what was dropped, or what words were changed to; null where nobody can tell from it. */
  readonly seen: 'shown' | 'not-shown' | null
}

/** How the caption was made of the truth. */
export const REWRITES = ['edited', 'spoiled', 'full', 'vaguer', 'closer', 'thinned'] as const
type Rewrite = (typeof REWRITES)[number]

export interface FateCase {
  readonly rewrite: Rewrite
  readonly altText: string
  readonly caption: string
  readonly labels: readonly FateLabel[]
}

/** What an alt-text says of a group, true or not. */
interface Statement extends TextSpan {
  readonly kind: Stated
  readonly group: string | null
  readonly isTrue: boolean
}

/** What the caption says of a group by kind: the truth, or the kind of the thing; absent where nothing. */
type Said = ReadonlyMap<string, 'truth' | 'vaguer'>

interface Draft {
  readonly scene: Scene
  readonly altText: string
  readonly statements: readonly Statement[]
}

/**
 * The scene's first alt-text beside a caption that somebody could have made of it, with the fate of each stretch. Edits:
 * every fault set right in its place, the same with one new fault. Captions that were written anew: the true one, with one
 * noun made vaguer, with one that is closer than the alt-text's, with things left out. Null where it does not fit.
 */
export function makeFateCase(scene: Scene, rewrite: Rewrite): FateCase | null {
  const [alt] = scene.alts
  if (alt === undefined || alt.origin === 'file-name') return null
  const draft = { scene, altText: alt.text, statements: readStatements(scene, alt) }
  switch (rewrite) {
    case 'full':
      return finish(rewrite, draft, { caption: scene.caption.text, said: saidBy(scene) })
    case 'vaguer':
      return makeVaguer(draft)
    case 'closer':
      return makeCloser(draft)
    case 'edited':
      return makeEdited(draft, alt)
    case 'spoiled':
      return makeSpoiled(draft, alt)
    case 'thinned':
      return makeThin(draft)
  }
}

function readStatements({ graph }: Scene, { units, faults }: NoisyAlt): readonly Statement[] {
  const typos = faults.filter(({ kind }) => kind === 'typo')
  const misnamed = new Set(faults.flatMap(({ kind, group }) => (kind === 'object' ? group : [])))
  const isClear = (one: Statement): boolean =>
    // A misspelled word and what is said of a thing that is called by a wrong name may be taken in several ways.
    !typos.some(({ start, end }) => start < one.end && one.start < end) &&
    (one.kind === 'object' || one.group === null || !misnamed.has(one.group)) &&
    (one.group === null || isAlone(one.group, graph.groups))
  return [
    ...units.flatMap(({ kind, group, start, end }): Statement[] =>
      isStated(kind) && group !== null ? [{ kind, group, start, end, isTrue: true }] : [],
    ),
    ...faults.flatMap(({ kind, group, start, end, said }): Statement[] => {
      // Who took a picture is no more of a description than where it is sold.
      const isCredit = kind === 'name' && said.startsWith(', ')
      if (kind === 'shop-tail' || isCredit)
        return [{ kind: 'boilerplate', group, start, end, isTrue: false }]
      const isLabelled =
        isStated(kind) || kind === 'inserted' || kind === 'name' || kind === 'boilerplate'
      return isLabelled ? [{ kind, group, start, end, isTrue: false }] : []
    }),
  ].filter(isClear)
}

function isStated(kind: string): kind is (typeof STATED)[number] {
  return STATED.some((one) => one === kind)
}

/** Whether nobody could mean another group by its words. */
function isAlone(id: string, groups: readonly SceneGroup[]): boolean {
  const own = groups.find((group) => group.id === id)
  return groups.every((other) => other === own || other.kind !== own?.kind)
}

function saidBy({ caption }: Scene): Said {
  return new Map(
    caption.units.flatMap(({ kind, group }) =>
      isStated(kind) && group !== null ? [[`${kind} ${group}`, 'truth'] as const] : [],
    ),
  )
}

/** One thing that the alt-text calls by its name, in the caption by that of its kind. */
function makeVaguer(draft: Draft): FateCase | null {
  const { scene, statements } = draft
  const unit = pick(draft, 'vaguer', (one) =>
    statements.some(
      ({ kind, group, isTrue }) => kind === 'object' && isTrue && group === one.group,
    ),
  )
  const words = unit && kindWords(unit, scene)
  if (unit === null || words === null) return null
  const caption = putIn(scene.caption.text, unit, words).text
  return finish('vaguer', draft, {
    caption,
    said: new Map([...saidBy(scene), [`object ${unit.group ?? ''}`, 'vaguer']]),
  })
}

/** One thing that the caption calls by its name, in the alt-text by that of its kind. */
function makeCloser(draft: Draft): FateCase | null {
  const { scene, statements, altText } = draft
  const unit = pick(draft, 'closer', () => true)
  const stated = statements.find(
    ({ kind, group, isTrue }) => kind === 'object' && isTrue && group === unit?.group,
  )
  const own = stated && { ...stated, text: altText.slice(stated.start, stated.end) }
  const words = own && kindWords(own, scene)
  if (stated === undefined || !words) return null
  const { text, start, shift } = putIn(altText, stated, words)
  const moved = statements.map((one) => {
    if (one === stated) return { ...one, start, end: start + words.length }
    return one.start < stated.start
      ? one
      : { ...one, start: one.start + shift, end: one.end + shift }
  })
  const made = finish(
    'closer',
    { ...draft, altText: text, statements: moved },
    { caption: scene.caption.text, said: saidBy(scene) },
  )
  return {
    ...made,
    labels: made.labels.map((label) =>
      label.start === start ? { ...label, fates: ['specialised'] } : label,
    ),
  }
}

/** Sets every fault right where it stands, and leaves out what is no description. */
function makeEdited(draft: Draft, alt: NoisyAlt): FateCase {
  const { text } = setRight(alt)
  return finishEdited('edited', draft, { caption: text, spoiled: null })
}

const SPOILT_KINDS = ['object, random', 'colour', 'size', 'count'] as const

/** The same with one thing said wrongly that the alt-text says rightly. */
function makeSpoiled(draft: Draft, alt: NoisyAlt): FateCase | null {
  const { scene, statements } = draft
  const shift = scene.graph.index % SPOILT_KINDS.length
  const kinds = [...SPOILT_KINDS.slice(shift), ...SPOILT_KINDS.slice(0, shift)]
  const right = { ...scene, caption: setRight(alt) }
  for (const { text, marks } of plantFaults(right, { kinds, popular: [] }).slice(1)) {
    const mark = marks.find(({ isTrue }) => isTrue === false)
    const spoiled = statements.find(
      ({ kind, group, isTrue }) => isTrue && kind === mark?.kind && group === mark.group,
    )
    if (spoiled !== undefined) return finishEdited('spoiled', draft, { caption: text, spoiled })
  }
  return null
}

function finishEdited(
  rewrite: Rewrite,
  { altText, statements }: Draft,
  of: { readonly caption: string; readonly spoiled: Statement | null },
): FateCase {
  const { caption, spoiled } = of
  const labels = statements.flatMap((one): FateLabel[] => {
    const { kind, group, isTrue, start, end } = one
    const place = { kind, start, end }
    // What is said of a thing under a wrong name may count as said of either.
    const isOfSpoiled = spoiled?.kind === 'object' && one !== spoiled && group === spoiled.group
    if (isOfSpoiled) return []
    if (one === spoiled) return [{ ...place, fates: ['changed'], seen: 'not-shown' }]
    if (kind === 'boilerplate') return [{ ...place, fates: ['boilerplate-removed'], seen: null }]
    if (kind === 'name' || kind === 'inserted' || isTrue)
      return [{ ...place, fates: ['kept'], seen: null }]
    return [{ ...place, fates: ['corrected'], seen: null }]
  })
  return { rewrite, altText, caption, labels }
}

/** From the last fault to the first, so that places before it stay what they are. */
function setRight({ text, units, faults }: NoisyAlt): WrittenText {
  const wrong = faults
    .filter(({ kind, start, end }) => start < end && kind !== 'inserted')
    .toSorted((one, other) => other.start - one.start)
  return wrong.reduce<WrittenText>(
    (written, fault) => {
      const isCredit = fault.kind === 'name' && fault.said.startsWith(', ')
      if (fault.kind === 'name' && !isCredit) return written
      const put = putIn(written.text, fault, inStyle(fault.said, fault.truth ?? ''))
      return {
        ...written,
        text: put.text,
        units: written.units.map((unit) =>
          unit.start < fault.start
            ? unit
            : { ...unit, start: unit.start + put.shift, end: unit.end + put.shift },
        ),
      }
    },
    { text, units, faults: [] },
  )
}

function inStyle(said: string, truth: string): string {
  if (said.length > 1 && said === said.toUpperCase()) return truth.toUpperCase()
  return /^\p{Lu}/u.test(said) ? truth.slice(0, 1).toUpperCase() + truth.slice(1) : truth
}

function makeThin(draft: Draft): FateCase {
  const { thin, named } = thinOut(draft.scene)
  const ids = new Set(named.map(({ id }) => id))
  const { colours, counts } = thin.dropped
  const lacks = new Set([
    ...colours.map(({ id }) => `colour ${id}`),
    ...counts.map(({ id }) => `count ${id}`),
  ])
  const said = [...saidBy(draft.scene)].filter(
    ([key]) => ids.has(key.split(' ')[1] ?? '') && !lacks.has(key),
  )
  return finish('thinned', draft, { caption: thin.text, said: new Map(said) })
}

function finish(
  rewrite: Rewrite,
  { altText, statements }: Draft,
  { caption, said }: { readonly caption: string; readonly said: Said },
): FateCase {
  const labels = statements.map(({ kind, group, isTrue, start, end }): FateLabel => {
    const place = { kind, start, end }
    if (kind === 'boilerplate') return { ...place, fates: ['boilerplate-removed'], seen: null }
    if (kind === 'name') return { ...place, fates: ['dropped'], seen: null }
    const now = said.get(`${kind} ${group ?? ''}`)
    if (now === undefined) {
      return { ...place, fates: ['dropped'], seen: isTrue ? 'shown' : 'not-shown' }
    }
    // In a text that was written anew no word need stand in the place of a wrong one.
    if (!isTrue) return { ...place, fates: ['corrected', 'dropped'], seen: null }
    return { ...place, fates: [now === 'vaguer' ? 'generalised' : 'kept'], seen: null }
  })
  return { rewrite, altText, caption, labels }
}

/** A noun of the caption, by chance, of a group that can be told from the others and meets the condition. */
function pick({ scene }: Draft, why: string, isWanted: (unit: Unit) => boolean): Unit | null {
  const { graph, caption } = scene
  const random = createRandom(`fates ${why} ${String(graph.seed)} ${String(graph.index)}`)
  const fitting = caption.units.filter(
    (unit) => unit.kind === 'object' && kindWords(unit, scene) !== null && isWanted(unit),
  )
  // Another mention would still call it by its own name.
  const once = fitting.filter(
    ({ group }) =>
      caption.units.filter((unit) => unit.kind === 'object' && unit.group === group).length === 1,
  )
  return once.length === 0 ? null : random.pick(once)
}

/** The name of its kind in the same number; null for signs and for things that are called by it. */
function kindWords(
  { group: id, text }: Pick<Unit, 'group' | 'text'>,
  { graph }: Scene,
): string | null {
  const group = graph.groups.find((one) => one.id === id)
  if (group === undefined || group.kind === 'sign' || !isAlone(group.id, graph.groups)) return null
  const kind = KINDS[group.kind]
  // "A household item" and the like are words of this world alone.
  if (kind.noun.includes(' ') || conceptById(group.concept).generic) return null
  if (group.noun.includes(kind.noun)) return null
  const words = text.toLowerCase() === group.plural.toLowerCase() ? kind.plural : kind.noun
  return /^\p{Lu}/u.test(text) ? words.slice(0, 1).toUpperCase() + words.slice(1) : words
}

function putIn(
  text: string,
  { start, end }: TextSpan,
  words: string,
): { readonly text: string; readonly start: number; readonly shift: number } {
  const article = /\b(an?) $/i.exec(text.slice(0, start))?.[1]
  const from = article === undefined ? start : start - article.length - 1
  const right = article === undefined ? '' : `${articleFor(words)} `
  const lead = article?.startsWith('A') === true ? right.replace('a', 'A') : right
  const at = from + lead.length
  return {
    text: text.slice(0, from) + lead + words + text.slice(end),
    start: at,
    shift: at + words.length - end,
  }
}
