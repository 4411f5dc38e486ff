import type { Database } from 'better-sqlite3'
import type { RoundSummary } from '../../../shared/contract/rounds.ts'
import { prepare } from '../statements.ts'
import { CHECKED_NOW } from './checks.ts'
import { SHUFFLED_BELOW, shuffled } from './shuffled.ts'

/** Captions that changed less, and in which nothing is wrong or missing, are settled. */
const SETTLED_BELOW_EDIT = 0.05
/** Of about so many captions it is looked up whether they are: more would make the share hardly more certain. */
const SETTLED_SAMPLE = 2_000

const OF_ROUND = `(SELECT c.* ${CHECKED_NOW} AND t.round = ? AND t.head_revision_id IS NOT NULL) c`
/** Something that the picture shows, the caption does not say, and nobody has put in or dismissed. */
const HAS_OPEN_DETAIL = `EXISTS (
  SELECT 1 FROM judgement j JOIN detail d ON d.judgement_id = j.id
  WHERE j.image_hash = c.image_hash AND j.text_hash = c.text_hash AND j.pack_revision = c.pack_revision
    AND j.calibration_id = c.calibration_id AND j.algorithm_version = c.algorithm_version
    AND NOT EXISTS (
      SELECT 1 FROM override o WHERE o.image_id = c.image_id AND o.kind = 'detail' AND o.words = d.phrase
        AND o.answer IS NOT NULL
        AND o.id = (SELECT max(n.id) FROM override n WHERE n.image_id = o.image_id AND n.subject = o.subject)))`

/** What checks say of the captions of a round that stand now, by what was last checked as it stands. */
export function sumRoundChecks(db: Database, round: number): RoundSummary['checks'] {
  const sums = prepare(
    db,
    `SELECT count(*) AS checked,
       CAST(sum(c.supported) AS REAL) / nullif(sum(c.supported + c.unsure + c.unsupported), 0) AS support
     FROM ${OF_ROUND}`,
  ).get(round) as Pick<RoundSummary['checks'], 'checked' | 'support'>
  const below = (SETTLED_SAMPLE / Math.max(1, sums.checked)) * SHUFFLED_BELOW
  const settled = prepare(
    db,
    `SELECT avg(CASE WHEN m.edit IS NULL THEN NULL WHEN c.unsupported > 0 OR m.edit >= ${SETTLED_BELOW_EDIT} THEN 0
       ELSE NOT ${HAS_OPEN_DETAIL} END)
     FROM ${OF_ROUND} LEFT JOIN revision_metric m ON m.revision_id = c.head_revision_id WHERE ${shuffled('c.image_id')} < ?`,
  )
    .pluck()
    .get(round, below) as number | null
  return { ...sums, settled }
}
