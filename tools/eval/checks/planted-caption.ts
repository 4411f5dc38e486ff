import type { Scene } from '../../scenes/compose.ts'
import type { Concept } from '../../scenes/concepts/concept.ts'
import { CONCEPTS } from '../../scenes/concepts/table.ts'
import type { RelationWord, SceneGraph, SceneGroup } from '../../scenes/graph.ts'
import { createRandom, type Random } from '../../scenes/random.ts'
import { articleFor, type Unit, type UnitKind } from '../../scenes/text/document.ts'
import {
  changeColour,
  changeSize,
  changeWords,
  falseRelation,
  isPictured,
  swapObject,
} from '../../scenes/text/faults.ts'
import { numberWord, relationPhrase, truthOf } from '../../scenes/text/phrases.ts'

/** What was planted; objects by how hard they are: of the same kind, often drawn, or any at all. */
export const FAULT_KINDS = [
  'object, adversarial',
  'object, popular',
  'object, random',
  'colour',
  'size',
  'count',
  'relation',
  'sign-text',
] as const
export type FaultKind = (typeof FAULT_KINDS)[number]

/** A span of the caption that the scene decides. */
export interface Mark {
  readonly start: number
  readonly end: number
  readonly kind: UnitKind
  /** Null where the scene does not tell: what is said of a thing that is called by a wrong name. */
  readonly isTrue: boolean | null
  readonly group: string | null
  /** The second thing of a relation. */
  readonly other: string | null
}

export interface PlantedCaption {
  readonly text: string
  readonly marks: readonly Mark[]
  /** Null in the true caption. */
  readonly fault: FaultKind | null
}

/** The true caption of a scene, and the same with one fault of each of these kinds, where it can be planted. */
export function plantFaults(
  { graph, caption }: Scene,
  options: { readonly kinds: readonly FaultKind[]; readonly popular: readonly string[] },
): readonly PlantedCaption[] {
  const marks = caption.units.map((unit) => toMark(unit))
  const planted = options.kinds.flatMap((kind) => {
    const random = createRandom(`planted ${kind} ${String(graph.seed)} ${String(graph.index)}`)
    for (const unit of random.shuffle(caption.units)) {
      const group = graph.groups.find(({ id }) => id === unit.group)
      const words = group && wrongWords({ kind, unit, group, graph, random, ...options })
      if (group && words) return [replace({ text: caption.text, marks, unit, words, kind })]
    }
    return []
  })
  return [{ text: caption.text, marks, fault: null }, ...planted]
}

/** Concepts by how often they are drawn, the most frequent tenth. */
export function popularConcepts(scenes: readonly Scene[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const { concept } of scenes.flatMap(({ graph }) => graph.groups)) {
    if (concept !== 'sign') counts.set(concept, (counts.get(concept) ?? 0) + 1)
  }
  const ranked = [...counts.entries()].sort(([a, many], [b, few]) => few - many || (a < b ? -1 : 1))
  return ranked.slice(0, CONCEPTS.length / 10).map(([concept]) => concept)
}

interface Place {
  readonly kind: FaultKind
  readonly unit: Unit
  readonly group: SceneGroup
  readonly graph: SceneGraph
  readonly random: Random
  readonly popular: readonly string[]
}

/** What to write in the place of a unit to make it false; null where this fault does not fit it. */
function wrongWords(place: Place): string | null {
  const { kind, unit, group, graph, random } = place
  const truth = truthOf(group)
  switch (kind) {
    case 'object, adversarial':
    case 'object, popular':
    case 'object, random': {
      if (unit.kind !== 'object' || group.category === 'sign') return null
      if (kind === 'object, adversarial') {
        const wrong = swapObject(truth, graph, random)
        return wrong && (group.count > 1 ? wrong.plural : wrong.noun)
      }
      const wrong = absent(place, kind === 'object, popular' ? place.popular : null)
      return wrong && (group.count > 1 ? wrong.plural : wrong.id)
    }
    case 'colour':
      return unit.kind === 'colour' ? (changeColour(truth, graph, random)?.colour ?? null) : null
    case 'size':
      return unit.kind === 'size' ? (changeSize(truth, graph, random)?.size ?? null) : null
    case 'count': {
      // A wrong number for one thing would turn the whole sentence into the plural.
      if (unit.kind !== 'count' || group.count < 2) return null
      const near = [group.count - 1, group.count + 1, group.count + 2]
      return numberWord(random.pick(near.filter((count) => count >= 2 && count <= 6)))
    }
    case 'relation': {
      if (unit.kind !== 'relation' || unit.other === null) return null
      const request = { graph, subject: group.id, object: unit.other, random }
      const wrong = falseRelation({ ...request, truth: unit.value as RelationWord })
      // "next to" has itself for its opposite.
      return wrong === unit.value ? null : relationPhrase(wrong, random)
    }
    case 'sign-text':
      return unit.kind === 'sign-text' ? (changeWords(truth, graph, random)?.words ?? null) : null
  }
}

function absent({ graph, random }: Place, among: readonly string[] | null): Concept | null {
  const scenery = graph.background.elements.join(' ')
  const fitting = CONCEPTS.filter(
    (concept) =>
      (among === null || among.includes(concept.id)) &&
      !concept.generic &&
      !isPictured(concept, graph) &&
      !concept.id.split(' ').some((word) => scenery.includes(word)),
  )
  return fitting.length === 0 ? null : random.pick(fitting)
}

function toMark({ start, end, kind, group, other }: Unit): Mark {
  return { start, end, kind, group, other, isTrue: true }
}

function replace(change: {
  readonly text: string
  readonly marks: readonly Mark[]
  readonly unit: Unit
  readonly words: string
  readonly kind: FaultKind
}): PlantedCaption {
  const { text, marks, unit, words, kind } = change
  const isCapital = /^\p{Lu}/u.test(text.slice(unit.start)) && unit.kind !== 'sign-text'
  const said = isCapital ? words.slice(0, 1).toUpperCase() + words.slice(1) : words
  const article = /\b(a|an) $/i.exec(text.slice(0, unit.start))?.[1] ?? null
  const from = article === null ? unit.start : unit.start - article.length - 1
  const lead = article === null ? '' : `${articleLike(article, words)} `
  const start = from + lead.length
  const shift = start + said.length - unit.end
  const isMisnamed = unit.kind === 'object'
  return {
    text: text.slice(0, from) + lead + said + text.slice(unit.end),
    fault: kind,
    marks: marks.map((mark) => {
      if (mark.start === unit.start)
        return { ...mark, start, end: start + said.length, isTrue: false }
      const moved =
        mark.start < unit.start
          ? mark
          : { ...mark, start: mark.start + shift, end: mark.end + shift }
      const isOfMisnamed =
        isMisnamed &&
        mark.kind !== 'object' &&
        (mark.group === unit.group || mark.other === unit.group)
      return isOfMisnamed ? { ...moved, isTrue: null } : moved
    }),
  }
}

function articleLike(article: string, next: string): string {
  const right = articleFor(next)
  return article.startsWith('A') ? right.replace('a', 'A') : right
}
