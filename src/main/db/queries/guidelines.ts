import type { Database } from 'better-sqlite3'
import type { Guideline } from '../../../shared/contract/rounds.ts'
import type { PersonId } from '../../../shared/domain/ids.ts'
import { AppError } from '../../../shared/errors.ts'
import { prepare } from '../statements.ts'
import { getRound } from './round-rows.ts'

interface GuidelineRow {
  readonly round: number
  readonly version: number
  readonly markdown: string
  readonly author_name: string
  readonly created_at: number
}

const SELECT = 'SELECT round, version, markdown, author_name, created_at FROM guideline'

function toGuideline(row: GuidelineRow): Guideline {
  return {
    round: row.round,
    version: row.version,
    markdown: row.markdown,
    author: row.author_name,
    createdAt: row.created_at,
  }
}

/** The newest version of a round's guideline; null where nobody wrote one. Throws ROUND_NOT_FOUND. */
export function findGuideline(db: Database, args: { readonly round: number }): Guideline | null {
  getRound(db, args.round)
  const row = prepare(db, `${SELECT} WHERE round = ? ORDER BY version DESC LIMIT 1`).get(
    args.round,
  ) as GuidelineRow | undefined
  return row === undefined ? null : toGuideline(row)
}

/** Oldest first. */
export function listGuidelineVersions(db: Database, args: { readonly round: number }): Guideline[] {
  getRound(db, args.round)
  const rows = prepare(db, `${SELECT} WHERE round = ? ORDER BY version`).all(
    args.round,
  ) as GuidelineRow[]
  return rows.map(toGuideline)
}

/** Adds a version. Throws GUIDELINE_CONFLICT with the newer text when somebody added one since `baseVersion`. */
export function saveGuideline(
  db: Database,
  args: {
    readonly round: number
    readonly baseVersion: number
    readonly markdown: string
    readonly personId: PersonId
  },
): Guideline {
  const newest = findGuideline(db, args)
  if ((newest?.version ?? 0) !== args.baseVersion) {
    throw new AppError(
      'GUIDELINE_CONFLICT',
      newest === null
        ? `The guideline of round ${args.round} has no version ${args.baseVersion}. Reload it.`
        : `${newest.author} has saved version ${newest.version} of this guideline since. Your text is not lost: compare both and save again.`,
      { data: { version: newest?.version ?? 0, markdown: newest?.markdown ?? '' } },
    )
  }
  if (newest?.markdown === args.markdown) return newest
  insertGuideline(db, { ...args, version: args.baseVersion + 1 })
  return findGuideline(db, args) as Guideline
}

/** A round begins with what the round before went by, as its own version 1. */
export function copyGuideline(
  db: Database,
  args: { readonly round: number; readonly personId: PersonId },
): void {
  const last = prepare(
    db,
    `${SELECT} WHERE round < ? ORDER BY round DESC, version DESC LIMIT 1`,
  ).get(args.round) as GuidelineRow | undefined
  if (last === undefined) return
  insertGuideline(db, { ...args, version: 1, markdown: last.markdown, author: last.author_name })
}

export function insertGuideline(
  db: Database,
  args: {
    readonly round: number
    readonly version: number
    readonly markdown: string
    readonly personId: PersonId | null
    /** Left out, it is the person's name. */
    readonly author?: string
    readonly createdAt?: number
  },
): void {
  prepare(
    db,
    `INSERT INTO guideline (round, version, markdown, author_name, person_id, created_at)
     VALUES (?, ?, ?, coalesce(?, (SELECT name FROM person WHERE id = ?)), ?, ?)`,
  ).run(
    args.round,
    args.version,
    args.markdown.toWellFormed(),
    args.author ?? null,
    args.personId,
    args.personId,
    args.createdAt ?? Date.now(),
  )
}
