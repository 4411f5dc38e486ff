import type { Database } from 'better-sqlite3'
import type { RoundSummary } from '../../../shared/contract/rounds.ts'
import { prepare } from '../statements.ts'
import { CHECKED_NOW } from './checks.ts'

/** Captions that changed less and have no unsupported unit are settled. */
const SETTLED_BELOW_EDIT = 0.05

/** What checks say of the captions of a round that stand now, by what was last checked as it stands. */
export function sumRoundChecks(db: Database, round: number): RoundSummary['checks'] {
  return prepare(
    db,
    `SELECT count(*) AS checked,
       CAST(sum(c.supported) AS REAL) / nullif(sum(c.supported + c.unsure + c.unsupported), 0) AS support,
       avg(CASE WHEN m.edit IS NOT NULL THEN c.unsupported = 0 AND m.edit < ${SETTLED_BELOW_EDIT} END) AS settled
     FROM (SELECT c.* ${CHECKED_NOW} AND t.round = ? AND t.head_revision_id IS NOT NULL) c
     LEFT JOIN revision_metric m ON m.revision_id = c.head_revision_id`,
  ).get(round) as RoundSummary['checks']
}
