import type { Database } from 'better-sqlite3'
import type { RoundOptions } from '../../../shared/contract/rounds.ts'
import { AppError } from '../../../shared/errors.ts'
import { prepare } from '../statements.ts'

export interface StoredRound {
  readonly number: number
  readonly name: string
  readonly options: RoundOptions
  readonly createdAt: number
}

/** `image_state.joined_from` is the round that an image came from times this plus the status it had there. */
export const STATUS_PLACES = 8

interface RoundRow {
  readonly number: number
  readonly name: string
  readonly created_at: number
  readonly needs_other_person: number
  readonly sample_share: number
  readonly sample_seed: number
  readonly stop_below_edit: number | null
}

/** What a round has that nobody chose options for: all images, anybody, no stop. */
export const DEFAULT_OPTIONS: RoundOptions = {
  needsOtherPerson: false,
  sampleShare: 1,
  sampleSeed: 0,
  stopBelowEdit: null,
}

/** All rounds but the anchor, oldest first. */
export function listRoundRows(db: Database): StoredRound[] {
  const rows = prepare(
    db,
    'SELECT * FROM round WHERE number > 0 ORDER BY number',
  ).all() as RoundRow[]
  return rows.map((row) => ({
    number: row.number,
    name: row.name,
    options: {
      needsOtherPerson: row.needs_other_person === 1,
      sampleShare: row.sample_share,
      sampleSeed: row.sample_seed,
      stopBelowEdit: row.stop_below_edit,
    },
    createdAt: row.created_at,
  }))
}

export function getRound(db: Database, number: number): StoredRound {
  const round = listRoundRows(db).find((row) => row.number === number)
  if (round !== undefined) return round
  throw new AppError(
    'ROUND_NOT_FOUND',
    `This project has no round ${number}. Reload the list of rounds.`,
    { data: { round: number } },
  )
}

/** Adds the round, or does nothing where there is one of that number. Answers whether it is new. */
export function insertRound(db: Database, round: StoredRound): boolean {
  const { options } = round
  const made = prepare(
    db,
    `INSERT INTO round (number, name, created_at, needs_other_person, sample_share, sample_seed, stop_below_edit)
     VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (number) DO NOTHING`,
  ).run(
    round.number,
    round.name,
    round.createdAt,
    Number(options.needsOtherPerson),
    options.sampleShare,
    options.sampleSeed,
    options.stopBelowEdit,
  )
  return made.changes > 0
}
