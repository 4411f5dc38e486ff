import type { Database } from 'better-sqlite3'
import type { RoundOptions, RoundSummary } from '../../../shared/contract/rounds.ts'
import type { PersonId } from '../../../shared/domain/ids.ts'
import { STATUSES } from '../../../shared/domain/status.ts'
import { AppError } from '../../../shared/errors.ts'
import { prepare } from '../statements.ts'
import { sumRoundChecks } from './round-checks.ts'
import { nextChange } from './change-counter.ts'
import { findGuideline } from './guidelines.ts'
import { recordRoundStart } from './journal-record.ts'
import { getRound, listRoundRows, type StoredRound } from './round-rows.ts'
import { beginRound } from './rounds-start.ts'
import { countWork } from './state-column.ts'

interface AuthorRow {
  readonly round: number
  readonly author_name: string
  readonly images: number
  readonly revisions: number
  readonly last_at: number
}

/** All rounds but the anchor, oldest first, with who did what. Kept counts and one pass over the column of states. */
export function listRounds(db: Database): RoundSummary[] {
  const rounds = listRoundRows(db)
  const work = countWork(db)
  const newest = rounds.at(-1)?.number
  return rounds.map((round) => {
    const byStatus = statusCounts(db, round.number, work)
    return {
      ...round,
      isCurrent: round.number === newest,
      guideline: findGuideline(db, { round: round.number }),
      images: Object.values(byStatus).reduce((total, count) => total + count, 0),
      byStatus,
      people: listAuthors(db, round.number),
      metrics: meanMetrics(db, round.number),
      checks: sumRoundChecks(db, round.number),
    }
  })
}

/** Where the images of a round stand; those that went on to a later round stand as they left. */
function statusCounts(
  db: Database,
  round: number,
  work: ReturnType<typeof countWork>,
): RoundSummary['byStatus'] {
  const left = prepare(
    db,
    'SELECT status, sum(images) AS images FROM round_departure WHERE round = ? GROUP BY status',
  ).all(round) as { status: number; images: number }[]
  const counts = STATUSES.map(
    (name, status) =>
      [
        name,
        (work.get(round)?.[status] ?? 0) + (left.find((row) => row.status === status)?.images ?? 0),
      ] as const,
  )
  return Object.fromEntries(counts.filter(([, count]) => count > 0))
}

function listAuthors(db: Database, round: number): RoundSummary['people'] {
  const rows = prepare(
    db,
    'SELECT * FROM round_author WHERE round = ? ORDER BY images DESC, revisions DESC, author_name',
  ).all(round) as AuthorRow[]
  return rows.map((row) => ({
    name: row.author_name,
    images: row.images,
    revisions: row.revisions,
    lastAt: row.last_at,
  }))
}

function meanMetrics(db: Database, round: number): RoundSummary['metrics'] {
  const row = prepare(
    db,
    `SELECT measured, entity_recall_sum / nullif(entity_recall_count, 0) AS entityRecall,
       specificity_loss_sum / nullif(specificity_loss_count, 0) AS specificityLoss,
       copy_rate_sum / nullif(copy_rate_count, 0) AS copyRate, edit_sum / nullif(edit_count, 0) AS edit
     FROM round_metric WHERE round = ?`,
  ).get(round) as RoundSummary['metrics'] | undefined
  return (
    row ?? { measured: 0, entityRecall: null, specificityLoss: null, copyRate: null, edit: null }
  )
}

/** Starts the next round as one change of the journal, which undo takes back while nobody has worked in it. */
export function startRound(
  db: Database,
  args: { readonly name: string; readonly options: RoundOptions; readonly personId: PersonId },
): StoredRound {
  const round = beginRound(db, args)
  recordRoundStart(db, { round, personId: args.personId })
  return round
}

/** Renames a round and says whom it is for. Throws ROUND_SETTLED for options that decided who took part. */
export function updateRound(
  db: Database,
  args: { readonly number: number; readonly name: string; readonly options: RoundOptions },
): void {
  const { options } = getRound(db, args.number)
  const isSettled =
    options.sampleShare !== args.options.sampleShare ||
    options.sampleSeed !== args.options.sampleSeed ||
    options.stopBelowEdit !== args.options.stopBelowEdit
  if (isSettled) {
    throw new AppError(
      'ROUND_SETTLED',
      `Sample and stop rule decided who takes part when round ${args.number} began and cannot be changed now. Undo the start while nobody has worked in it, or choose them for the next round.`,
      { data: { round: args.number } },
    )
  }
  prepare(db, 'UPDATE round SET name = ?, needs_other_person = ? WHERE number = ?').run(
    args.name,
    Number(args.options.needsOtherPerson),
    args.number,
  )
  // Listings of one's own work follow from the option.
  nextChange(db)
}
