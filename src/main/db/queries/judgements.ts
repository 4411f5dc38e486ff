import type { Database } from 'better-sqlite3'
import { createHash } from 'node:crypto'
import type {
  Detail,
  Judgements,
  Override,
  Region,
  Verdict,
} from '../../../shared/contract/judgements.ts'
import type { CheckSignal } from '../../../shared/domain/check-signal.ts'
import type { ImageId, PersonId } from '../../../shared/domain/ids.ts'
import { editShare } from '../../../shared/domain/edit-share.ts'
import { AppError } from '../../../shared/errors.ts'
import { prepare } from '../statements.ts'
import { fromTextColumns, toTextColumns } from '../text-column.ts'
import { carryVerdicts } from './carry-verdicts.ts'
import { recountAnswered } from './check-sums.ts'
import { isOpenDetail, readDetails, replaceDetails } from './detail-rows.ts'
import { getState } from './image-change.ts'
import { findAnswerBefore, recordPart } from './journal-record.ts'
import {
  answerOf,
  isSameAnswer,
  subjectOf,
  toAnswerColumns,
  writeAnswer,
} from './judgements-answers.ts'
import { findStandingAnswer, listPlacedAnswers } from './placed-answers.ts'

/** All that a judgement follows from: a change of any of them makes another row. */
export interface JudgementKey {
  /** Content hash of the picture. */
  readonly imageHash: string
  readonly text: string
  readonly packRevision: string
  readonly calibrationId: string
  readonly algorithmVersion: number
}

/** A verdict with what the signals said, as far as whoever judged tells. */
export type StoredVerdict = Verdict & {
  readonly signals?: Readonly<Partial<Record<CheckSignal, number>>>
}

const MAX_DETAILS = 5
const MAX_COMPARED = 6

interface JudgedText {
  readonly id: number
  readonly text: string
  readonly text_utf16: Buffer | null
}

/**
 * What the checks and people said of an image and a text. Where nobody judged this very text, the marks of the text
 * judged last are taken over to those words that still stand.
 */
export function getJudgements(
  db: Database,
  args: { readonly imageId: ImageId; readonly caption: string },
): Judgements {
  getState(db, args.imageId)
  const hash = prepare(db, 'SELECT content_hash FROM image WHERE id = ?')
    .pluck()
    .get(args.imageId) as string | null
  const overrides = listPlacedAnswers(db, args)
  return {
    verdicts: hash === null ? [] : findVerdicts(db, { hash, caption: args.caption }).verdicts,
    details: hash === null ? [] : findDetails(db, { hash, caption: args.caption, overrides }),
    overrides,
  }
}

/** The marks of a text, with the judgement that they are of; that is null where nobody judged a text of this picture. */
export function findVerdicts(
  db: Database,
  args: { readonly hash: string; readonly caption: string },
): { readonly judgementId: number | null; readonly verdicts: Verdict[] } {
  const judged = findJudged(db, { ...args, column: 'verdicts_at' })
  if (judged === undefined) return { judgementId: null, verdicts: [] }
  const from = fromTextColumns(judged.text, judged.text_utf16)
  const verdicts = carryVerdicts(readVerdicts(db, judged.id), { from, to: args.caption })
  return { judgementId: judged.id, verdicts }
}

/** In the order of the text that was judged. */
export function readVerdicts(db: Database, judgementId: number): Verdict[] {
  const rows = prepare(
    db,
    `SELECT kind, start_offset AS start, end_offset AS "end", status, probability, rival, reason, region
     FROM verdict WHERE judgement_id = ? ORDER BY start_offset, position`,
  ).all(judgementId) as (Omit<Verdict, 'region'> & { readonly region: string | null })[]
  return rows.map((row) => ({ ...row, region: toRegion(row.region) }))
}

/** What was dismissed stays away; what was inserted comes back once its words are gone again. */
function findDetails(
  db: Database,
  args: {
    readonly hash: string
    readonly caption: string
    readonly overrides: readonly Override[]
  },
): Detail[] {
  const judged = findJudged(db, { ...args, column: 'details_at' })
  if (judged === undefined) return []
  return readDetails(db, judged.id)
    .filter((detail) => isOpenDetail(detail, args))
    .slice(0, MAX_DETAILS)
}

function findJudged(
  db: Database,
  args: {
    readonly hash: string
    readonly caption: string
    readonly column: 'verdicts_at' | 'details_at'
  },
): JudgedText | undefined {
  const select = `SELECT id, text, text_utf16 FROM judgement WHERE image_hash = ? AND ${args.column} IS NOT NULL`
  const exact = prepare(
    db,
    `${select} AND text_hash = ? ORDER BY ${args.column} DESC, id DESC LIMIT 1`,
  ).get(args.hash, hashOf(args.caption))
  if (exact !== undefined) return exact as JudgedText
  const recent = prepare(
    db,
    `${select} ORDER BY ${args.column} DESC, id DESC LIMIT ${MAX_COMPARED}`,
  ).all(args.hash) as JudgedText[]
  return nearestTo(args.caption, recent)
}

/** Of the texts judged last the one that differs least: an image's alt-texts may have been judged beside its caption. */
function nearestTo(caption: string, judged: readonly JudgedText[]): JudgedText | undefined {
  const [first, ...others] = judged
  if (first === undefined || others.length === 0) return first
  const distance = ({ text, text_utf16 }: JudgedText) =>
    editShare(fromTextColumns(text, text_utf16), caption)
  return others.reduce(
    (best, candidate) => {
      const candidateDistance = distance(candidate)
      return candidateDistance < best.distance
        ? { judged: candidate, distance: candidateDistance }
        : best
    },
    { judged: first, distance: distance(first) },
  ).judged
}

/** Stores what a check found of the units of a text, in place of what the same check found before. */
export function storeVerdicts(
  db: Database,
  args: { readonly key: JudgementKey; readonly verdicts: readonly StoredVerdict[] },
): void {
  const id = ensureJudgement(db, args.key, 'verdicts_at')
  prepare(db, 'DELETE FROM verdict WHERE judgement_id = ?').run(id)
  const insert = prepare(
    db,
    `INSERT INTO verdict (judgement_id, position, kind, start_offset, end_offset, status, probability, rival, reason,
       region, signals) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  for (const [position, verdict] of args.verdicts.entries()) {
    insert.run(
      id,
      position,
      verdict.kind,
      verdict.start,
      verdict.end,
      verdict.status,
      verdict.probability,
      verdict.rival,
      verdict.reason,
      verdict.region === null ? null : JSON.stringify(verdict.region),
      JSON.stringify(verdict.signals ?? {}),
    )
  }
}

/** Stores what a check found that a text does not say, best first, in place of what it found before. */
export function storeDetails(
  db: Database,
  args: { readonly key: JudgementKey; readonly details: readonly Detail[] },
): void {
  replaceDetails(db, ensureJudgement(db, args.key, 'details_at'), args.details)
}

function ensureJudgement(
  db: Database,
  key: JudgementKey,
  column: 'verdicts_at' | 'details_at',
): number {
  const columns = toTextColumns(key.text)
  return prepare(
    db,
    `INSERT INTO judgement (image_hash, text_hash, pack_revision, calibration_id, algorithm_version, text, text_utf16,
       ${column}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (image_hash, text_hash, pack_revision, calibration_id, algorithm_version)
       DO UPDATE SET ${column} = excluded.${column} RETURNING id`,
  )
    .pluck()
    .get(
      key.imageHash,
      hashOf(key.text),
      key.packRevision,
      key.calibrationId,
      key.algorithmVersion,
      columns.text,
      columns.utf16,
      Date.now(),
    ) as number
}

interface AnswerArgs {
  readonly imageId: ImageId
  readonly personId: PersonId
  readonly override: Override
}

/** Stores a person's answer; the next revision of the image carries it. */
export function answerJudgement(db: Database, args: AnswerArgs): void {
  changeAnswer(db, { ...args, isWithdrawn: false })
}

/**
 * Takes an answer back, whoever gave it; where it is one's own, what stood before it stands again. Does nothing where
 * none stands.
 */
export function withdrawAnswer(db: Database, args: AnswerArgs): void {
  const standing = answerOf(db, args.imageId, subjectOf(toAnswerColumns(args.override)))
  const earlier = findAnswerBefore(db, { ...args, standing })?.override ?? null
  if (earlier === null) changeAnswer(db, { ...args, isWithdrawn: true })
  else changeAnswer(db, { ...args, override: earlier, isWithdrawn: false })
}

function changeAnswer(db: Database, args: AnswerArgs & { readonly isWithdrawn: boolean }): void {
  getState(db, args.imageId)
  const columns = toAnswerColumns(args.override)
  checkAltText(db, args.imageId, columns.altTextId)
  const subject = subjectOf(columns)
  const before = { subject, override: findStandingAnswer(db, { ...args, columns }) }
  const after = { subject, override: args.isWithdrawn ? null : args.override }
  if (isSameAnswer(before.override, after.override)) return
  writeAnswer(db, args)
  const label = args.isWithdrawn ? 'Take back the answer about' : 'Answer about'
  recordPart(db, {
    ...args,
    kind: 'judgement.answer',
    label: `${label} “${columns.words.slice(0, 60)}”`,
    before,
    after,
  })
  if (columns.kind === 'verdict') recountAnswered(db, args.imageId)
}

function checkAltText(db: Database, imageId: ImageId, altTextId: number | null): void {
  if (altTextId === null) return
  const owner = prepare(db, 'SELECT image_id FROM alt_text WHERE id = ?').pluck().get(altTextId)
  if (owner === imageId) return
  throw new AppError(
    'INPUT_INVALID',
    `Expected an alt-text of this image, but ${altTextId} is none. Reload the image.`,
  )
}

export function toRegion(json: string | null): Region | null {
  return json === null ? null : (JSON.parse(json) as Region)
}

/** Of the UTF-16 code units, so that texts with half a character differ too. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text, 'utf16le').digest('hex')
}
