import type { Database } from 'better-sqlite3'
import type { Findings } from '../../../shared/contract/findings.ts'
import type { ImageId } from '../../../shared/domain/ids.ts'
import type { PackRef } from '../../../shared/domain/pack.ts'
import { prepare } from '../statements.ts'
import { nextChange } from './change-counter.ts'
import { getState } from './image-change.ts'
import { findPicture, type StoredPicture } from './media.ts'
import { startsWith } from './text-pattern.ts'

export type FindingTask = 'detect' | 'ocr'

type FoundBox = NonNullable<Findings['detect']>['boxes'][number]
type FoundLine = NonNullable<Findings['ocr']>['lines'][number]

/** What a pack found in one picture; nothing is a result too. */
export type NewResult =
  | { readonly task: 'detect'; readonly hash: string; readonly boxes: readonly FoundBox[] }
  | { readonly task: 'ocr'; readonly hash: string; readonly lines: readonly FoundLine[] }

/** Of these images the readable ones, and whether the pack has looked at what they show. */
export function listFindingWork(
  db: Database,
  args: { readonly ids: readonly ImageId[]; readonly task: FindingTask; readonly pack: PackRef },
): { readonly picture: StoredPicture; readonly isDone: boolean }[] {
  const { task, pack } = args
  const known = prepare(
    db,
    `SELECT 1 FROM machine_result
     WHERE image_hash = ? AND task = ? AND pack_id = ? AND pack_revision = ?`,
  ).pluck()
  return args.ids.flatMap((id) => {
    const picture = findPicture(db, { id })
    if (picture?.path == null || picture.hash === '' || picture.problem !== null) return []
    return [{ picture, isDone: known.get(picture.hash, task, pack.id, pack.revision) === 1 }]
  })
}

/** Keeps what a pack found, in place of what the same revision found in the same pictures before. */
export function storeFindings(
  db: Database,
  args: { readonly pack: PackRef; readonly results: readonly NewResult[]; readonly now: number },
): void {
  const { pack, now } = args
  // Listings of queries like det:dog are made anew: they cannot tell which images these results are of.
  nextChange(db)
  for (const result of args.results) {
    const key = [result.hash, result.task, pack.id, pack.revision]
    prepare(
      db,
      'DELETE FROM machine_result WHERE image_hash = ? AND task = ? AND pack_id = ? AND pack_revision = ?',
    ).run(...key)
    const text = result.task === 'ocr' ? result.lines.map((line) => line.text).join('\n') : ''
    const { lastInsertRowid } = prepare(
      db,
      `INSERT INTO machine_result (image_hash, task, pack_id, pack_revision, text, created_at)
       VALUES (?, ?, ?, ?, ?, ?)`,
    ).run(...key, text, now)
    if (result.task === 'detect') insertBoxes(db, Number(lastInsertRowid), result.boxes)
    else insertLines(db, Number(lastInsertRowid), result.lines)
  }
}

/** What was found last of each kind; null where no pack has looked at what the image shows now. */
export function getFindings(db: Database, args: { readonly imageId: ImageId }): Findings {
  getState(db, args.imageId)
  const detect = newestResult(db, args.imageId, 'detect')
  const ocr = newestResult(db, args.imageId, 'ocr')
  return {
    detect: detect === undefined ? null : { pack: toPack(detect), boxes: readBoxes(db, detect.id) },
    ocr: ocr === undefined ? null : { pack: toPack(ocr), lines: readLines(db, ocr.id) },
  }
}

/** Words to complete a query with: names of things that were found, or words that were read, most pictures first. */
export function listFoundWords(
  db: Database,
  args: { readonly task: FindingTask; readonly prefix: string; readonly limit: number },
): string[] {
  const { task, limit } = args
  const prefix = args.prefix.toWellFormed()
  if (task === 'detect') {
    const condition = startsWith('label', prefix)
    return prepare(
      db,
      `SELECT label FROM box WHERE ${condition.sql} GROUP BY label COLLATE NOCASE ORDER BY count(*) DESC, label LIMIT ?`,
    )
      .pluck()
      .all(...condition.params, limit) as string[]
  }
  // The index has words in lower case; nothing starts with a prefix and the last character that there is.
  const from = prefix.toLowerCase()
  return prepare(
    db,
    'SELECT term FROM ocr_word WHERE term >= ? AND term < ? ORDER BY doc DESC, term LIMIT ?',
  )
    .pluck()
    .all(from, `${from}\u{10ffff}`, limit) as string[]
}

interface ResultRow {
  readonly id: number
  readonly pack_id: string
  readonly pack_revision: string
}

function newestResult(db: Database, imageId: ImageId, task: FindingTask): ResultRow | undefined {
  return prepare(
    db,
    `SELECT r.id, r.pack_id, r.pack_revision
     FROM image i JOIN machine_result r ON r.image_hash = i.content_hash AND r.task = ?
     WHERE i.id = ? ORDER BY r.id DESC LIMIT 1`,
  ).get(task, imageId) as ResultRow | undefined
}

function toPack(row: ResultRow): PackRef {
  return { id: row.pack_id, revision: row.pack_revision }
}

function insertBoxes(db: Database, resultId: number, boxes: readonly FoundBox[]): void {
  const insert = prepare(
    db,
    `INSERT INTO box (result_id, position, label, score, x, y, width, height)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  for (const [position, { label, score, region }] of boxes.entries()) {
    insert.run(resultId, position, label, score, region.x, region.y, region.width, region.height)
  }
}

function insertLines(db: Database, resultId: number, lines: readonly FoundLine[]): void {
  const insert = prepare(
    db,
    'INSERT INTO ocr_line (result_id, position, text, score, quad) VALUES (?, ?, ?, ?, ?)',
  )
  for (const [position, { text, score, quad }] of lines.entries()) {
    insert.run(resultId, position, text, score, JSON.stringify(quad.map(({ x, y }) => [x, y])))
  }
}

function readBoxes(db: Database, resultId: number): FoundBox[] {
  const rows = prepare(
    db,
    'SELECT label, score, x, y, width, height FROM box WHERE result_id = ? ORDER BY position',
  ).all(resultId) as (Omit<FoundBox, 'region'> & FoundBox['region'])[]
  return rows.map(({ label, score, ...region }) => ({ label, score, region }))
}

function readLines(db: Database, resultId: number): FoundLine[] {
  const rows = prepare(
    db,
    'SELECT text, score, quad FROM ocr_line WHERE result_id = ? ORDER BY position',
  ).all(resultId) as { text: string; score: number; quad: string }[]
  return rows.map(({ text, score, quad }) => ({
    text,
    score,
    quad: (JSON.parse(quad) as [number, number][]).map(([x, y]) => ({ x, y })),
  }))
}
