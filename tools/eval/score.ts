import { nounLemma } from '../../src/main/text/units/noun-phrases.ts'
import type { Attribute, SceneGraph } from './scene-graph.ts'

/** Counts over many captions. */
export interface Tally {
  readonly found: number
  readonly said: number
  readonly wanted: number
}

export interface Scores {
  readonly objects: Tally
  /** The word of an attribute, whatever it is said of. */
  readonly attributeWords: Tally
  /** The word together with the object that it is said of. */
  readonly attributes: Tally
}

const NOTHING: Tally = { found: 0, said: 0, wanted: 0 }
export const NO_SCORES: Scores = { objects: NOTHING, attributeWords: NOTHING, attributes: NOTHING }

/** Compares what was found in one caption with its scene graph. */
export function score(said: SceneGraph, wanted: SceneGraph): Scores {
  return {
    objects: match(said.objects, wanted.objects, isSameObject),
    attributeWords: match(said.attributes, wanted.attributes, (one, other) =>
      isSameValue(one.value, other.value),
    ),
    attributes: match(said.attributes, wanted.attributes, isSameAttribute),
  }
}

export function addScores(one: Scores, other: Scores): Scores {
  return {
    objects: add(one.objects, other.objects),
    attributeWords: add(one.attributeWords, other.attributeWords),
    attributes: add(one.attributes, other.attributes),
  }
}

export function precision({ found, said }: Tally): number {
  return said === 0 ? 0 : found / said
}

export function recall({ found, wanted }: Tally): number {
  return wanted === 0 ? 0 : found / wanted
}

function add(one: Tally, other: Tally): Tally {
  return {
    found: one.found + other.found,
    said: one.said + other.said,
    wanted: one.wanted + other.wanted,
  }
}

/** Each thing said takes at most one that is wanted. Repeats of the same thing count once. */
function match<Item>(
  said: readonly Item[],
  wanted: readonly Item[],
  isSame: (one: Item, other: Item) => boolean,
): Tally {
  const once = (items: readonly Item[]) =>
    items.filter((item, at) => !items.slice(0, at).some((before) => isSame(before, item)))
  const distinct = once(said)
  const open = once(wanted)
  const wantedCount = open.length
  let found = 0
  for (const item of distinct) {
    const at = open.findIndex((each) => isSame(item, each))
    if (at < 0) continue
    open.splice(at, 1)
    found += 1
  }
  return { found, said: distinct.length, wanted: wantedCount }
}

/**
 * Objects are the same when the base forms of their last words are ("traffic signs" and "sign"), or when they are
 * once the spaces are gone ("cell phone" and "cellphone"). WordNet's base forms are used for both sides.
 */
export function isSameObject(one: string, other: string): boolean {
  return headOf(one) === headOf(other) || joined(one) === joined(other)
}

/** Values are the same when their last words are, or their letters without spaces and hyphens. */
export function isSameValue(one: string, other: string): boolean {
  return lastWord(one) === lastWord(other) || squeeze(one) === squeeze(other)
}

function isSameAttribute(one: Attribute, other: Attribute): boolean {
  return isSameValue(one.value, other.value) && isSameObject(one.object, other.object)
}

function headOf(object: string): string {
  return nounLemma(lastWord(object))
}

function joined(object: string): string {
  return nounLemma(squeeze(object))
}

function lastWord(phrase: string): string {
  return phrase.slice(phrase.lastIndexOf(' ') + 1)
}

function squeeze(phrase: string): string {
  return phrase.replaceAll(/[\s-]/g, '')
}
