import type { Database } from 'better-sqlite3'
import type { RoundOptions, RoundPreview } from '../../../shared/contract/rounds.ts'
import { codeOfStatus, type Status } from '../../../shared/domain/status.ts'
import { registerFunctions, SAMPLE_PLACE } from '../functions.ts'
import { prepare } from '../statements.ts'
import { allOf, isOneOf, type Condition } from './condition.ts'

/** Who takes part in a round, as conditions on the row `s` of image_state. See decision 013. */
interface Entry {
  /** Done in an earlier round: accepted, or submitted where nobody reviews. */
  readonly isDone: Condition
  readonly isInSample: Condition
  readonly isUnsettled: Condition
}

const TRUE: Condition = { sql: 'TRUE', params: [] }

/** Nobody reviews while no decision about a caption was ever made: then what is submitted is as good as accepted. */
function doSubmittedCount(db: Database): boolean {
  return prepare(db, 'SELECT NOT EXISTS (SELECT 1 FROM review)').pluck().get() === 1
}

export function entryConditions(db: Database, number: number, options: RoundOptions): Entry {
  registerFunctions(db)
  const done: readonly Status[] = doSubmittedCount(db) ? ['accepted', 'submitted'] : ['accepted']
  return {
    isDone: allOf([
      isOneOf('s.status', done.map(codeOfStatus)),
      { sql: 's.work_round < ?', params: [number] },
    ]),
    isInSample:
      options.sampleShare >= 1
        ? TRUE
        : {
            sql: `(${SAMPLE_PLACE}((SELECT uid FROM image i WHERE i.id = s.image_id), ?) < ?)`,
            params: [options.sampleSeed, options.sampleShare],
          },
    isUnsettled: options.stopBelowEdit === null ? TRUE : changedAtLeast(options.stopBelowEdit),
  }
}

/** A round in which nobody wrote has changed nothing; where the share was never measured, the image goes on. */
function changedAtLeast(share: number): Condition {
  return {
    sql: `(coalesce(
      (SELECT coalesce(r.edit_share, 1) FROM revision r WHERE r.id = s.head_revision_id AND r.round = s.work_round), 0) >= ?)`,
    params: [share],
  }
}

/** How many images would take part in the next round, and why the others would not. */
export function previewRound(db: Database, args: { readonly options: RoundOptions }): RoundPreview {
  const number = nextRoundNumber(db)
  const entry = entryConditions(db, number, args.options)
  const { isDone, isInSample, isUnsettled } = entry
  // One CASE, so that the stop rule looks only at what is in the sample, and nothing is asked twice.
  const places = prepare(
    db,
    `SELECT CASE WHEN NOT ${isInSample.sql} THEN 'outside' WHEN NOT ${isUnsettled.sql} THEN 'settled' ELSE 'in' END
       AS place, count(*) AS images
     FROM image_state s WHERE ${isDone.sql} GROUP BY place`,
  ).all(...isInSample.params, ...isUnsettled.params, ...isDone.params) as {
    place: 'outside' | 'settled' | 'in'
    images: number
  }[]
  const count = (place: 'outside' | 'settled' | 'in'): number =>
    places.find((row) => row.place === place)?.images ?? 0
  const done = count('outside') + count('settled') + count('in')
  const total = prepare(db, 'SELECT count(*) FROM image_state').pluck().get() as number
  return {
    images: count('in'),
    notDone: total - done,
    outsideSample: count('outside'),
    settled: count('settled'),
    submittedCount: doSubmittedCount(db),
  }
}

export function nextRoundNumber(db: Database): number {
  return (prepare(db, 'SELECT max(number) FROM round').pluck().get() as number) + 1
}
