import type { TextUnit } from '../../shared/domain/text-unit.ts'
import { compareUnits } from './fates/compare-units.ts'
import { wordsOf } from './fates/words.ts'
import { findUnits } from './units/find-units.ts'

/** From a kind of it upwards; a word for any thing at all, like "item", says nothing. */
const SAID_WORTH = 0.8
/** "Snow" is said by "snowy", "grass" by "grassy". */
const STEM_LENGTH = 4
const ENDING_LENGTH = 2

/**
 * Tells which things a caption says already: by their own words, a synonym, a narrower word ("sheepdog" says dog), or a
 * wider one, because a chip adds a thing and cannot make a word more exact.
 */
export function createMentionTest(caption: string): (noun: string) => boolean {
  const things = findUnits(caption).filter(
    ({ kind }) => kind === 'entity' || kind === 'name' || kind === 'quoted-text',
  )
  const words = wordsOf(caption)
  const text = ` ${words.join(' ')} `
  return (noun) => {
    const lemma = wordsOf(noun).join(' ')
    if (lemma === '' || text.includes(` ${lemma} `)) return true
    if (isStemOf(lemma, words)) return true
    const unit: TextUnit = { ...NO_PLACE, kind: 'entity', lemma }
    return things.some((thing) => compareUnits(unit, thing).worth >= SAID_WORTH)
  }
}

const NO_PLACE = { start: 0, end: 0, about: null, toward: null, sentence: 0 } as const

function isStemOf(lemma: string, words: readonly string[]): boolean {
  if (lemma.length < STEM_LENGTH || lemma.includes(' ')) return false
  return words.some((word) => word.startsWith(lemma) && word.length - lemma.length <= ENDING_LENGTH)
}
