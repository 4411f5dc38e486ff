import type { Database } from 'better-sqlite3'
import type { CheckedImage } from '../../../shared/contract/checks.ts'
import type { Verdict } from '../../../shared/contract/judgements.ts'
import type { ImageId, RevisionId } from '../../../shared/domain/ids.ts'
import { prepare } from '../statements.ts'
import { LAST_KEY, storeSummary } from './check-summary.ts'
import { readAnswers } from './check-sums.ts'
import { readDetails } from './detail-rows.ts'
import {
  hashOf,
  storeVerdicts,
  toRegion,
  type JudgementKey,
  type StoredVerdict,
} from './judgements.ts'
import { findPicture, type StoredPicture } from './media.ts'
import { findBaseText } from './start-text.ts'

/** What checks go by, besides the picture and the text. */
export type CheckKey = Pick<JudgementKey, 'packRevision' | 'calibrationId' | 'algorithmVersion'>

export interface CheckWork {
  readonly imageId: ImageId
  readonly picture: StoredPicture
  /** The caption, or without one the alt-text that it would start from; may be empty. */
  readonly text: string
  readonly isDone: boolean
}

const OFF_KEY = 'checks.off'

/** Names of the signals that this project has switched off. */
export function listSwitchedOffSignals(db: Database): string[] {
  const stored = prepare(db, 'SELECT value FROM setting WHERE key = ?').pluck().get(OFF_KEY)
  return stored === undefined ? [] : (JSON.parse(stored as string) as string[])
}

export function switchSignal(
  db: Database,
  args: { readonly name: string; readonly isOn: boolean },
): void {
  const others = listSwitchedOffSignals(db).filter((name) => name !== args.name)
  const off = args.isOn ? others : [...others, args.name].sort()
  prepare(db, 'INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)').run(
    OFF_KEY,
    JSON.stringify(off),
  )
}

interface StateNow {
  readonly head_revision_id: RevisionId | null
  readonly alt_count: number
  readonly content_hash: string | null
}

function stateNow(db: Database, imageId: ImageId): StateNow | undefined {
  return prepare(
    db,
    `SELECT s.head_revision_id, s.alt_count, i.content_hash FROM image_state s JOIN image i ON i.id = s.image_id
     WHERE s.image_id = ?`,
  ).get(imageId) as StateNow | undefined
}

/** Of these images the readable ones, with the text that stands now and whether it was checked so. */
export function listCheckWork(
  db: Database,
  args: { readonly ids: readonly ImageId[]; readonly key: CheckKey },
): CheckWork[] {
  const { packRevision, calibrationId, algorithmVersion } = args.key
  const known = prepare(
    db,
    `SELECT 1 FROM check_summary c JOIN image_state s ON s.image_id = c.image_id
     JOIN image i ON i.id = c.image_id
     WHERE c.image_id = ? AND ${stillHolds('s')} AND ${HAD_ALL_LINES} AND pack_revision = ? AND calibration_id = ?
       AND algorithm_version = ?`,
  ).pluck()
  return args.ids.flatMap((imageId) => {
    const picture = findPicture(db, { id: imageId })
    const state = stateNow(db, imageId)
    if (picture?.path == null || picture.hash === '' || picture.problem !== null) return []
    if (state === undefined) return []
    const text = findBaseText(db, { imageId, baseRevisionId: state.head_revision_id })
    const isDone = known.get(imageId, packRevision, calibrationId, algorithmVersion) === 1
    return [{ imageId, picture, text, isDone }]
  })
}

/** Whether a detector, and a reader of text, have looked at any picture. */
export function findLookedAt(db: Database): {
  readonly hasBoxes: boolean
  readonly hasLines: boolean
} {
  const any = prepare(db, 'SELECT EXISTS (SELECT 1 FROM machine_result WHERE task = ?)').pluck()
  return { hasBoxes: any.get('detect') === 1, hasLines: any.get('ocr') === 1 }
}

/** Whether the row `c` is about what the image `i` with this row of state shows and says now. */
function stillHolds(state: string): string {
  return `c.image_hash = i.content_hash AND c.head_revision_id IS ${state}.head_revision_id
    AND (c.head_revision_id IS NOT NULL OR c.alt_count = ${state}.alt_count)`
}

/**
 * Nothing was read in the picture of the row `c` since it was checked: verdicts on signs and names go by that. Boxes are
 * drawn by the check itself where a text needs them.
 */
const HAD_ALL_LINES = `NOT EXISTS (SELECT 1 FROM machine_result m
  WHERE m.image_hash = c.image_hash AND m.task = 'ocr' AND m.created_at > c.checked_at)`

function isOfLastKey(column: string, place: number): string {
  const last = `(SELECT json_extract(value, '$[${place}]') FROM setting WHERE key = '${LAST_KEY}')`
  return `c.${column} = ifnull(${last}, c.${column})`
}

/**
 * Rows `c` of what checks came to, of texts as they stand now, with the models and tables that the last check went by:
 * numbers of others cannot be compared with them. Projects that an older Realign checked do not tell which these were.
 */
export const CHECKED_NOW = `FROM check_summary c
  JOIN image_state t ON t.image_id = c.image_id JOIN image i ON i.id = c.image_id
  WHERE ${stillHolds('t')} AND ${isOfLastKey('calibration_id', 1)} AND ${isOfLastKey('pack_revision', 0)}
    AND ${isOfLastKey('algorithm_version', 2)}`

/** How many images have a text, and of how many it was checked as it stands now. */
export function countChecked(
  db: Database,
  args: { readonly key: CheckKey | null },
): { readonly checked: number; readonly total: number } {
  const total = prepare(
    db,
    'SELECT count(*) FROM image_state WHERE problem = 0 AND (head_revision_id IS NOT NULL OR alt_count > 0)',
  )
    .pluck()
    .get() as number
  if (args.key === null) return { checked: 0, total }
  const { packRevision, calibrationId, algorithmVersion } = args.key
  const checked = prepare(
    db,
    `SELECT count(*) FROM check_summary c JOIN image_state s ON s.image_id = c.image_id
     JOIN image i ON i.id = c.image_id
     WHERE ${stillHolds('s')} AND ${HAD_ALL_LINES} AND pack_revision = ? AND calibration_id = ? AND algorithm_version = ?`,
  )
    .pluck()
    .get(packRevision, calibrationId, algorithmVersion) as number
  return { checked, total }
}

/**
 * Stores what a check found of a text. Where that text stands now, its sums are kept for lists and queries; else the
 * sums of the text that does stand stay as they are.
 */
export function storeCheck(
  db: Database,
  args: {
    readonly imageId: ImageId
    readonly key: JudgementKey
    readonly verdicts: readonly StoredVerdict[]
    /** Mean fit of the sentences; null where there was none. */
    readonly score: number | null
    readonly now: number
  },
): void {
  const { imageId, key, verdicts, score, now } = args
  storeVerdicts(db, { key, verdicts })
  storeSummary(db, { ...key, imageId, textHash: hashOf(key.text), verdicts, score, now })
}

/** What the check of these images' present texts found; `verdicts` is null where they were not checked so. */
export function reportChecks(
  db: Database,
  args: { readonly ids: readonly ImageId[]; readonly key: CheckKey | null },
): Omit<CheckedImage, 'coverage' | 'fit'>[] {
  return args.ids.flatMap((imageId) => {
    const state = stateNow(db, imageId)
    if (state === undefined) return []
    const text = findBaseText(db, { imageId, baseRevisionId: state.head_revision_id })
    const name = prepare(db, 'SELECT name FROM image_state WHERE image_id = ?')
      .pluck()
      .get(imageId) as string
    const { content_hash: hash } = state
    const found =
      args.key === null || hash === null ? null : findJudged(db, { ...args.key, hash, text })
    const answerOf = readAnswers(db, imageId)
    const verdicts = found?.verdicts?.map((one) => ({ ...one, answer: answerOf(text, one) }))
    return [{ imageId, name, text, verdicts: verdicts ?? null, details: found?.details ?? [] }]
  })
}

type ReadVerdict = Omit<NonNullable<CheckedImage['verdicts']>[number], 'answer'>

function findJudged(
  db: Database,
  of: CheckKey & { readonly hash: string; readonly text: string },
): { readonly verdicts: ReadVerdict[] | null; readonly details: CheckedImage['details'] } | null {
  const judged = prepare(
    db,
    `SELECT id, verdicts_at FROM judgement WHERE image_hash = ? AND text_hash = ? AND pack_revision = ?
       AND calibration_id = ? AND algorithm_version = ?`,
  ).get(of.hash, hashOf(of.text), of.packRevision, of.calibrationId, of.algorithmVersion) as
    { id: number; verdicts_at: number | null } | undefined
  if (judged === undefined) return null
  return {
    verdicts: judged.verdicts_at === null ? null : readVerdicts(db, judged.id),
    details: readDetails(db, judged.id),
  }
}

/** What the check of a text with these very models and tables found; null where it was not checked so. */
export function listVerdicts(
  db: Database,
  of: CheckKey & { readonly hash: string; readonly text: string },
): readonly Verdict[] | null {
  return findJudged(db, of)?.verdicts ?? null
}

function readVerdicts(db: Database, judgementId: number): ReadVerdict[] {
  const rows = prepare(
    db,
    `SELECT kind, start_offset, end_offset, status, probability, rival, reason, region, signals
     FROM verdict WHERE judgement_id = ? ORDER BY position`,
  ).all(judgementId) as (Omit<Verdict, 'start' | 'end' | 'region'> & {
    start_offset: number
    end_offset: number
    region: string | null
    signals: string
  })[]
  return rows.map(({ start_offset, end_offset, region, signals, ...rest }) => ({
    start: start_offset,
    end: end_offset,
    ...rest,
    region: toRegion(region),
    signals: JSON.parse(signals) as ReadVerdict['signals'],
  }))
}
