import type { Database } from 'better-sqlite3'
import type { Detail, Override, Region } from '../../../shared/contract/judgements.ts'
import { findOccurrence } from '../../../shared/domain/text-occurrence.ts'
import { prepare } from '../statements.ts'

/** The details of one judgement, best first. */
export function readDetails(db: Database, judgementId: number): Detail[] {
  const rows = prepare(
    db,
    `SELECT uid AS id, kind, phrase, probability, region, source, instead FROM detail
     WHERE judgement_id = ? ORDER BY position`,
  ).all(judgementId) as (Omit<Detail, 'region' | 'instead'> & {
    region: string | null
    instead: string | null
  })[]
  return rows.map(({ region, instead, ...row }) => ({
    ...row,
    region: region === null ? null : (JSON.parse(region) as Region),
    instead: instead === null ? null : (JSON.parse(instead) as Detail['instead']),
  }))
}

/** Puts them in place of those that the judgement had. */
export function replaceDetails(
  db: Database,
  judgementId: number,
  details: readonly Detail[],
): void {
  prepare(db, 'DELETE FROM detail WHERE judgement_id = ?').run(judgementId)
  const insert = prepare(
    db,
    `INSERT INTO detail (judgement_id, position, uid, kind, phrase, probability, region, source, instead)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  for (const [position, detail] of details.entries()) {
    const { id, kind, phrase, probability, region, source, instead } = detail
    const [place, words] = [region, instead].map((each) =>
      each === null ? null : JSON.stringify(each),
    )
    insert.run(judgementId, position, id, kind, phrase, probability, place, source, words)
  }
}

/**
 * Whether a detail of an image is still worth offering: not where it was dismissed there, where the caption says it by now,
 * or where the words are gone that it would be told of.
 */
export function isOpenDetail(
  { phrase, instead }: Detail,
  of: { readonly caption: string; readonly overrides: readonly Override[] },
): boolean {
  const isDismissed = of.overrides.some(
    (override) =>
      override.kind === 'detail' && override.phrase === phrase && override.answer === 'dismissed',
  )
  const has = (words: string, occurrence = 0): boolean =>
    findOccurrence(of.caption, words, occurrence) !== null
  if (isDismissed || has(phrase)) return false
  return instead === null || (has(instead.words, instead.occurrence) && !has(instead.insert))
}
