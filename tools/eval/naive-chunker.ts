import { tagWords } from '../../src/main/text/units/tagger.ts'
import { NUMBERS } from '../../src/main/text/lexicon/word-lists.ts'
import type { Attribute, SceneGraph } from './scene-graph.ts'

/** The baseline: the last of each run of nouns is an object, adjectives and numbers before it are its attributes. */
export function chunkNaively(caption: string): SceneGraph {
  const objects: string[] = []
  const attributes: Attribute[] = []
  let before: string[] = []
  const tokens = tagWords(caption, 0)
  tokens.forEach(({ tag, lower }, at) => {
    if (tag === 'NOUN' || tag === 'PROPN') {
      const next = tokens[at + 1]?.tag
      if (next === 'NOUN' || next === 'PROPN') return
      objects.push(lower)
      attributes.push(...before.map((value) => ({ object: lower, value })))
      before = []
    } else if (tag === 'ADJ') before.push(lower)
    else if (tag === 'NUM') before.push(String(NUMBERS.get(lower) ?? lower))
    else before = []
  })
  return { objects, attributes }
}
