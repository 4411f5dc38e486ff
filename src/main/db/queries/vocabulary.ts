import type { Database } from 'better-sqlite3'
import type { InsightTexts } from '../../../shared/contract/insights.ts'
import { prepare } from '../statements.ts'

export interface CountedWord {
  /** As the full-text index has it: in lower case, without accents. */
  readonly word: string
  readonly texts: number
  readonly uses: number
}

const TABLES: Readonly<
  Record<InsightTexts, { readonly texts: string; readonly index: string; readonly words: string }>
> = {
  captions: { texts: 'caption', index: 'caption_index', words: 'caption_vocabulary' },
  'alt-texts': { texts: 'alt_text', index: 'alt_text_index', words: 'alt_text_vocabulary' },
}

interface OfTexts {
  readonly texts: InsightTexts
}

/** Words after one of them, in the order of their letters, with how often they are used: a slice of the full-text index. */
export function listWords(
  db: Database,
  args: OfTexts & { readonly after: string; readonly limit: number },
): CountedWord[] {
  return prepare(
    db,
    `SELECT term AS word, doc AS texts, cnt AS uses FROM ${TABLES[args.texts].words}
     WHERE term > ? ORDER BY term LIMIT ?`,
  ).all(args.after, args.limit) as CountedWord[]
}

export function countTexts(db: Database, { texts }: OfTexts): number {
  return prepare(db, `SELECT count(*) FROM ${TABLES[texts].texts}`).pluck().get() as number
}

/** How many images say one of the words. */
export function countSaying(
  db: Database,
  args: OfTexts & { readonly words: readonly string[] },
): number {
  const { index } = TABLES[args.texts]
  const match = args.words.map(quoted).join(' OR ')
  const sql =
    args.texts === 'captions'
      ? `SELECT count(*) FROM ${index} WHERE ${index} MATCH ?`
      : `SELECT count(DISTINCT a.image_id) FROM ${index} f CROSS JOIN alt_text a ON a.id = f.rowid
         WHERE f.${index} MATCH ?`
  return prepare(db, sql).pluck().get(match) as number
}

/** Longer texts say no more of how a word is used. */
const MOST_READ = 1_000

/** Of each word some texts that say it, from the first and the last that do; at most as many as wanted from either end. */
export function listUses(
  db: Database,
  args: OfTexts & { readonly words: readonly string[]; readonly limit: number },
): string[][] {
  const { texts, index } = TABLES[args.texts]
  const id = args.texts === 'captions' ? 'image_id' : 'id'
  const select = (order: string) =>
    prepare(
      db,
      `SELECT substr(t.text, 1, ${MOST_READ}) FROM (
         SELECT rowid AS found FROM ${index} WHERE ${index} MATCH ? ORDER BY rowid ${order} LIMIT ?
       ) CROSS JOIN ${texts} t ON t.${id} = found`,
    ).pluck()
  const ends = [select('ASC'), select('DESC')]
  return args.words.map((word) => {
    const found = ends.flatMap((end) => end.all(quoted(word), args.limit) as string[])
    return [...new Set(found)]
  })
}

function quoted(word: string): string {
  return `"${word.replaceAll('"', '""')}"`
}

/** Texts spread evenly over all, in their order; at most as many as wanted. */
export function sampleTexts(db: Database, args: OfTexts & { readonly limit: number }): string[] {
  const { texts: table } = TABLES[args.texts]
  const id = args.texts === 'captions' ? 'image_id' : 'id'
  const stride = Math.max(1, Math.ceil(countTexts(db, args) / args.limit))
  return prepare(
    db,
    stride === 1
      ? `SELECT text FROM ${table} WHERE ? = 1 ORDER BY ${id}`
      : `SELECT text FROM ${table} WHERE ${id} % ? = 0 ORDER BY ${id}`,
  )
    .pluck()
    .all(stride) as string[]
}
