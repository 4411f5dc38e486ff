import type { Database } from 'better-sqlite3'
import type { Verdict } from '../../../shared/contract/judgements.ts'
import type { ImageId, RevisionId } from '../../../shared/domain/ids.ts'
import { prepare } from '../statements.ts'
import { nextChange } from './change-counter.ts'
import { readAnswers, sumVerdicts } from './check-sums.ts'
import { findBaseText } from './start-text.ts'

/** What the check of a text found, with all that it followed from. */
export interface CheckedText {
  readonly imageId: ImageId
  readonly text: string
  readonly textHash: string
  readonly imageHash: string
  readonly packRevision: string
  readonly calibrationId: string
  readonly algorithmVersion: number
  readonly verdicts: readonly Pick<Verdict, 'start' | 'end' | 'status' | 'probability'>[]
  readonly score: number | null
  readonly now: number
}

/** The setting that has the key of the check whose sums were stored last, as JSON. */
export const LAST_KEY = 'checks.key'

/**
 * Keeps what a check came to for lists and queries where its text stands now; else the sums of the text that does stand
 * stay as they are, and it is remembered for when this one is submitted.
 */
export function storeSummary(db: Database, checked: CheckedText): void {
  remember(db, checked)
  // Listings of queries over sums, and of the order by risk, are made anew.
  if (writeSummary(db, checked)) nextChange(db)
}

/**
 * Keeps the sums of a text that was checked before it came to stand, such as one that was just submitted: the marks that
 * its author saw count in lists at once. For writes that give the image a number of the change counter by themselves.
 */
export function recallSummary(db: Database, imageId: ImageId): void {
  const { byText, newest } = memoryOf(db)
  const ofImage = byText.get(imageId)
  if (ofImage === undefined || newest === null) return
  const risk = prepare(db, 'SELECT risk FROM image_state WHERE image_id = ?').pluck().get(imageId)
  // A new text or picture puts it below 0; else what is known still holds.
  if (risk !== UNKNOWN_RISK) return
  for (const checked of ofImage.values()) {
    // What other models or tables said by then is not to be mixed in.
    if (keyOf(checked) === newest && writeSummary(db, checked)) return
  }
}

interface Memory {
  /** Of the images checked last, the texts checked last. */
  readonly byText: Map<ImageId, Map<string, CheckedText>>
  newest: string | null
}

const UNKNOWN_RISK = -1
const MOST_IMAGES = 100
const MOST_TEXTS = 8
const memories = new WeakMap<Database, Memory>()

function memoryOf(db: Database): Memory {
  const known = memories.get(db)
  if (known !== undefined) return known
  const memory: Memory = { byText: new Map(), newest: null }
  memories.set(db, memory)
  return memory
}

function remember(db: Database, checked: CheckedText): void {
  const memory = memoryOf(db)
  const ofImage = memory.byText.get(checked.imageId) ?? new Map<string, CheckedText>()
  memory.newest = keyOf(checked)
  putNewest(ofImage, { key: checked.text, value: checked, most: MOST_TEXTS })
  putNewest(memory.byText, { key: checked.imageId, value: ofImage, most: MOST_IMAGES })
}

function putNewest<Key, Value>(
  map: Map<Key, Value>,
  { key, value, most }: { readonly key: Key; readonly value: Value; readonly most: number },
): void {
  map.delete(key)
  map.set(key, value)
  for (const oldest of map.keys()) {
    if (map.size <= most) return
    map.delete(oldest)
  }
}

function keyOf({ packRevision, calibrationId, algorithmVersion }: CheckedText): string {
  return JSON.stringify([packRevision, calibrationId, algorithmVersion])
}

interface StandingRow {
  readonly headRevisionId: RevisionId | null
  readonly altCount: number
  readonly hash: string | null
}

/** Answers whether the text stands, of the picture that was looked at: it may have been replaced meanwhile. */
function writeSummary(db: Database, checked: CheckedText): boolean {
  const { imageId, text } = checked
  const standing = prepare(
    db,
    `SELECT s.head_revision_id AS headRevisionId, s.alt_count AS altCount, i.content_hash AS hash
     FROM image_state s JOIN image i ON i.id = s.image_id WHERE s.image_id = ?`,
  ).get(imageId) as StandingRow | undefined
  if (standing?.hash !== checked.imageHash) return false
  const { headRevisionId, altCount } = standing
  if (findBaseText(db, { imageId, baseRevisionId: headRevisionId }) !== text) return false
  rememberKey(db, keyOf(checked))
  const sums = sumVerdicts(text, checked.verdicts, readAnswers(db, imageId))
  prepare(
    db,
    `INSERT OR REPLACE INTO check_summary (image_id, image_hash, head_revision_id, alt_count, text_hash, pack_revision,
       calibration_id, algorithm_version, supported, unsure, unsupported, coverage, score, checked_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    imageId,
    checked.imageHash,
    headRevisionId,
    altCount,
    checked.textHash,
    checked.packRevision,
    checked.calibrationId,
    checked.algorithmVersion,
    sums.supported,
    sums.unsure,
    sums.unsupported,
    sums.coverage,
    checked.score,
    checked.now,
  )
  prepare(db, 'UPDATE image_state SET risk = ? WHERE image_id = ?').run(sums.risk, imageId)
  return true
}

function rememberKey(db: Database, value: string): void {
  const known = prepare(db, 'SELECT value FROM setting WHERE key = ?').pluck().get(LAST_KEY)
  if (known === value) return
  prepare(db, 'INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)').run(LAST_KEY, value)
}
