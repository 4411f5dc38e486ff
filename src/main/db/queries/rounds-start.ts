import type { Database } from 'better-sqlite3'
import type { RoundOptions } from '../../../shared/contract/rounds.ts'
import type { PersonId } from '../../../shared/domain/ids.ts'
import { codeOfStatus } from '../../../shared/domain/status.ts'
import { AppError } from '../../../shared/errors.ts'
import { prepare } from '../statements.ts'
import { nextChange } from './change-counter.ts'
import { allOf } from './condition.ts'
import { copyGuideline } from './guidelines.ts'
import { entryConditions, nextRoundNumber } from './round-entry.ts'
import { insertRound, STATUS_PLACES, type StoredRound } from './round-rows.ts'
import { EARLIER_ANCESTOR } from './start-text.ts'

/**
 * Starts the next round: every image that takes part is to do again and begins with the text it has. One statement
 * over image_state moves them all. Throws ROUND_EMPTY where none would take part. The journal row is the caller's.
 */
export function beginRound(
  db: Database,
  args: { readonly name: string; readonly options: RoundOptions; readonly personId: PersonId },
): StoredRound {
  const number = nextRoundNumber(db)
  const round: StoredRound = {
    number,
    name: args.name,
    options: args.options,
    createdAt: Date.now(),
  }
  enterRound(db, { round, personId: args.personId })
  return round
}

/** The same round once more, after its start was taken back. */
export function beginRoundAgain(
  db: Database,
  args: { readonly round: StoredRound; readonly personId: PersonId },
): number {
  if (args.round.number !== nextRoundNumber(db)) {
    throw new AppError(
      'ROUND_IN_USE',
      `Round ${args.round.number} was started otherwise meanwhile. Start the next round instead.`,
      { data: { round: args.round.number } },
    )
  }
  return enterRound(db, args)
}

function enterRound(
  db: Database,
  { round, personId }: { readonly round: StoredRound; readonly personId: PersonId },
): number {
  const { number } = round
  const { isDone, isInSample, isUnsettled } = entryConditions(db, number, round.options)
  const takesPart = allOf([isDone, isInSample, isUnsettled])
  insertRound(db, round)
  copyGuideline(db, { round: number, personId })
  // The order by last change is left alone: nobody has changed these texts.
  const moved = prepare(
    db,
    `UPDATE image_state AS s SET joined_from = s.work_round * ${STATUS_PLACES} + s.status, work_round = ?,
       start_revision_id = s.head_revision_id, status = ?
     WHERE ${takesPart.sql}`,
  ).run(number, codeOfStatus('todo'), ...takesPart.params)
  if (moved.changes === 0) {
    throw new AppError(
      'ROUND_EMPTY',
      `Round ${number} would have no image: it takes those that are accepted in an earlier round, and none of them fits its options. Accept captions first, or let more of them take part.`,
    )
  }
  prepare(
    db,
    `INSERT INTO round_departure (next_round, round, status, images)
     SELECT work_round, joined_from / ${STATUS_PLACES}, joined_from % ${STATUS_PLACES}, count(*)
     FROM image_state WHERE work_round = ? GROUP BY joined_from`,
  ).run(number)
  nextChange(db)
  return moved.changes
}

/**
 * Takes a start back: all images are again where they came from. Throws ROUND_IN_USE once somebody worked in the
 * round, wrote its guideline, or a later one began. Answers how many images moved.
 */
export function takeRoundBack(db: Database, number: number): number {
  if (number + 1 !== nextRoundNumber(db) || isInUse(db, number)) {
    throw new AppError(
      'ROUND_IN_USE',
      `Round ${number} cannot be taken back any more, because somebody has worked in it or a later round has begun.`,
      { data: { round: number } },
    )
  }
  const origin = `joined_from / ${STATUS_PLACES}`
  const startText = EARLIER_ANCESTOR.replaceAll('@head', 'image_state.head_revision_id').replaceAll(
    '@round',
    `image_state.joined_from / ${STATUS_PLACES}`,
  )
  const moved = prepare(
    db,
    `UPDATE image_state SET status = joined_from % ${STATUS_PLACES}, work_round = ${origin},
       start_revision_id = CASE WHEN ${origin} > 1 THEN (${startText}) END, joined_from = NULL
     WHERE work_round = ?`,
  ).run(number)
  prepare(db, 'DELETE FROM round_departure WHERE next_round = ?').run(number)
  prepare(db, 'DELETE FROM round WHERE number = ?').run(number)
  prepare(db, 'DELETE FROM guideline WHERE round = ?').run(number)
  nextChange(db)
  return moved.changes
}

function isInUse(db: Database, number: number): boolean {
  const found = prepare(
    db,
    `SELECT EXISTS (SELECT 1 FROM round_author WHERE round = ?)
       OR EXISTS (SELECT 1 FROM guideline WHERE round = ? AND version > 1)
       OR EXISTS (SELECT 1 FROM image_state WHERE work_round = ? AND (status <> ? OR joined_from IS NULL))`,
  )
    .pluck()
    .get(number, number, number, codeOfStatus('todo'))
  return found === 1
}
