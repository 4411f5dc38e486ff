import type { Database } from 'better-sqlite3'
import type { Override, Verdict } from '../../../shared/contract/judgements.ts'
import type { ImageId, RevisionId } from '../../../shared/domain/ids.ts'
import { occurrenceAt } from '../../../shared/domain/text-occurrence.ts'
import { prepare } from '../statements.ts'
import { nextChange } from './change-counter.ts'
import { listPlacedAnswers } from './placed-answers.ts'
import { findBaseText } from './start-text.ts'

export type VerdictAnswer = Extract<Override, { kind: 'verdict' }>['answer']
type SummedVerdict = Pick<Verdict, 'start' | 'end' | 'status' | 'probability'>

/** What the units of a text came to, for lists and queries. */
export interface CheckSums {
  readonly supported: number
  readonly unsure: number
  readonly unsupported: number
  /** Units that somebody or the checks decided on, as a share of all; null without units. */
  readonly coverage: number | null
  /** How much the text deserves a look, from 0: its wrong units by how sure that is, then how little was decided. */
  readonly risk: number
}

/** How much a unit that could not be decided counts against one that is surely wrong. */
const UNDECIDED_RISK = 0.5

/**
 * Counts the verdicts of a text. A person's answer wins: what is there counts as supported, and words that nobody can
 * tell or that are wanted all the same as neither, so that lists of what is left to do get shorter with each answer.
 */
export function sumVerdicts(
  text: string,
  verdicts: readonly SummedVerdict[],
  answerOf: (text: string, verdict: SummedVerdict) => VerdictAnswer | null,
): CheckSums {
  const rows = verdicts.map((verdict) => {
    const answer = answerOf(text, verdict)
    return { ...verdict, isAnswered: answer !== null, status: statusWith(verdict.status, answer) }
  })
  const count = (status: Verdict['status']): number =>
    rows.filter((row) => row.status === status).length
  const decided = count('supported') + count('unsupported')
  const wrong = rows.filter(({ status }) => status === 'unsupported')
  const open = rows.filter(({ status, isAnswered }) => status === 'unsure' && !isAnswered)
  const weight = wrong.reduce((sum, { probability }) => sum + 1 - (probability ?? 0), 0)
  return {
    supported: count('supported'),
    unsure: count('unsure'),
    unsupported: wrong.length,
    coverage: rows.length === 0 ? null : decided / rows.length,
    risk: weight + (UNDECIDED_RISK * open.length) / Math.max(1, rows.length),
  }
}

/** A person's answer goes before what checks say. */
export function statusWith(
  status: Verdict['status'],
  answer: VerdictAnswer | null,
): Verdict['status'] {
  switch (answer) {
    case 'is-there':
      return 'supported'
    case 'cannot-tell':
    case 'keep':
      return 'unsure'
    // What was said to be wrong stays wrong as long as its words stand.
    case 'deleted':
    case 'took-rival':
    case null:
      return status
  }
}

/** Looks up what people answered to the marks of an image's texts. */
export function readAnswers(
  db: Database,
  imageId: ImageId,
): (text: string, verdict: Pick<Verdict, 'start' | 'end'>) => VerdictAnswer | null {
  const byText = new Map<string, ReadonlyMap<string, VerdictAnswer>>()
  const answersIn = (text: string): ReadonlyMap<string, VerdictAnswer> => {
    const known = byText.get(text)
    if (known !== undefined) return known
    const answers = new Map(
      listPlacedAnswers(db, { imageId, caption: text }).flatMap((one) =>
        one.kind === 'verdict' ? [[keyOf(one.words, one.occurrence), one.answer] as const] : [],
      ),
    )
    byText.set(text, answers)
    return answers
  }
  return (text, verdict) => {
    const answers = answersIn(text)
    if (answers.size === 0) return null
    return (
      answers.get(keyOf(text.slice(verdict.start, verdict.end), occurrenceAt(text, verdict))) ??
      null
    )
  }
}

function keyOf(words: string, occurrence: number): string {
  return `${occurrence} ${words}`
}

/** Counts anew what the check of the text that stands came to, after somebody answered to it; else does nothing. */
export function recountAnswered(db: Database, imageId: ImageId): void {
  const row = prepare(
    db,
    `SELECT j.id, s.head_revision_id AS headRevisionId FROM check_summary c
     JOIN image_state s ON s.image_id = c.image_id AND s.risk >= 0
     JOIN judgement j ON j.image_hash = c.image_hash AND j.text_hash = c.text_hash
       AND j.pack_revision = c.pack_revision AND j.calibration_id = c.calibration_id
       AND j.algorithm_version = c.algorithm_version
     WHERE c.image_id = ? AND c.head_revision_id IS s.head_revision_id`,
  ).get(imageId) as { id: number; headRevisionId: RevisionId | null } | undefined
  if (row === undefined) return
  const verdicts = prepare(
    db,
    'SELECT start_offset AS start, end_offset AS "end", status, probability FROM verdict WHERE judgement_id = ?',
  ).all(row.id) as SummedVerdict[]
  const text = findBaseText(db, { imageId, baseRevisionId: row.headRevisionId })
  const sums = sumVerdicts(text, verdicts, readAnswers(db, imageId))
  prepare(
    db,
    'UPDATE check_summary SET supported = ?, unsure = ?, unsupported = ?, coverage = ? WHERE image_id = ?',
  ).run(sums.supported, sums.unsure, sums.unsupported, sums.coverage, imageId)
  prepare(db, 'UPDATE image_state SET risk = ? WHERE image_id = ?').run(sums.risk, imageId)
  // Listings of queries over sums, and of the order by risk, are made anew.
  nextChange(db)
}
