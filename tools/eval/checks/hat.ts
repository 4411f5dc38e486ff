import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { packageRoot } from '../../../src/main/base/app-paths.ts'
import { planCheck } from '../../../src/main/text/foils/plan-check.ts'
import { shareOf } from './measures.ts'
import type { CheckRow } from './measure-set.ts'

/** Beside the repository, and no part of it: captions of COCO images with a label a word (ALOHa's HAT). */
const FILE = join(packageRoot(), '..', 'shared', 'data', 'text', 'hat-trainval.json')

interface HatCaption {
  readonly caption: string
  /** Each word, and whether people found it hallucinated. */
  readonly grounding: readonly (readonly [string, boolean])[]
}

interface LabelledWord {
  readonly start: number
  readonly end: number
  readonly isHallucinated: boolean
}

/** Words that no unit has to cover: what they bind is covered instead. */
const SMALL_WORDS = new Set(
  'a an the and or of to in on at by with for from as is are was were be been being it its there that this while'.split(
    ' ',
  ),
)

/** How many of the words that people labelled lie in a unit that can be checked. Null where the data are absent. */
export async function measureHat(): Promise<readonly CheckRow[] | null> {
  const text = await readFile(FILE, 'utf8').catch(() => null)
  if (text === null) return null
  const captions = JSON.parse(text) as readonly HatCaption[]
  const read = captions.map(({ caption, grounding }) => {
    const { units } = planCheck(caption, [])
    const words = findWords(caption, grounding)
    const isCovered = (word: LabelledWord): boolean =>
      units.some((unit) => unit.start < word.end && word.start < unit.end)
    return { caption, words, isCovered }
  })
  const row = (measure: string, hits: readonly boolean[]): CheckRow => ({
    ...{ set: 'HAT', method: 'text units', measure },
    ...{ value: shareOf(hits, (hit) => hit), n: hits.length },
  })
  const wordsOf = (isWanted: (word: LabelledWord, caption: string) => boolean): boolean[] =>
    read.flatMap(({ caption, words, isCovered }) =>
      words.filter((word) => isWanted(word, caption)).map(isCovered),
    )
  return [
    row(
      'hallucinated words in a unit',
      wordsOf((word) => word.isHallucinated),
    ),
    row(
      'hallucinated content words in a unit',
      wordsOf((word, caption) => word.isHallucinated && isContent(word, caption)),
    ),
    row('content words in a unit', wordsOf(isContent)),
    row(
      'hallucinated stretches touched by a unit',
      read.flatMap(({ words, isCovered }) =>
        stretchesOf(words).map((words) => words.some(isCovered)),
      ),
    ),
  ]
}

function findWords(caption: string, grounding: HatCaption['grounding']): readonly LabelledWord[] {
  let from = 0
  return grounding.flatMap(([word, isHallucinated]) => {
    const start = caption.indexOf(word, from)
    if (start === -1) return []
    from = start + word.length
    return [{ start, end: from, isHallucinated }]
  })
}

function isContent({ start, end }: LabelledWord, caption: string): boolean {
  const word = caption
    .slice(start, end)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
  return word !== '' && !SMALL_WORDS.has(word)
}

/** Labelled words that follow each other. */
function stretchesOf(words: readonly LabelledWord[]): readonly (readonly LabelledWord[])[] {
  const stretches: LabelledWord[][] = []
  for (const [index, word] of words.entries()) {
    if (!word.isHallucinated) continue
    const last = stretches.at(-1)
    if (last !== undefined && words[index - 1]?.isHallucinated === true) last.push(word)
    else stretches.push([word])
  }
  return stretches
}
