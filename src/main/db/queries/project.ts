import type { Database } from 'better-sqlite3'
import { v7 as uuid } from 'uuid'
import type { PersonId } from '../../../shared/domain/ids.ts'
import { STATUSES } from '../../../shared/domain/status.ts'
import type { ProjectStats } from '../../../shared/contract/projects.ts'
import { prepare } from '../statements.ts'
import { adoptRounds, describeRounds, type DescribedRound } from './rounds-exchange.ts'

export interface StoredProject {
  readonly uid: string
  readonly name: string
  readonly isSample: boolean
}

export function getProject(db: Database): StoredProject {
  const row = prepare(db, 'SELECT uid, name, is_sample FROM project WHERE id = 1').get() as {
    uid: string
    name: string
    is_sample: number
  }
  return { uid: row.uid, name: row.name, isSample: row.is_sample === 1 }
}

/** What the exchange form says of the whole project; who wrote in it takes a look at all revisions. */
export function describeForExchange(
  db: Database,
  args: { readonly withPeople: boolean },
): {
  readonly uid: string
  readonly name: string
  readonly people: readonly string[]
  readonly rounds: readonly DescribedRound[]
} {
  const { uid, name } = getProject(db)
  return {
    uid,
    name,
    people: args.withPeople
      ? (prepare(db, 'SELECT DISTINCT author_name FROM revision ORDER BY author_name')
          .pluck()
          .all() as string[])
      : [],
    rounds: describeRounds(db),
  }
}

/** Takes over what an exchange file says of its project, as far as this project has nothing of its own yet. */
export function adoptProject(
  db: Database,
  args: {
    readonly uid: string
    readonly name: string
    readonly rounds: readonly DescribedRound[]
  },
): void {
  const images = prepare(db, 'SELECT EXISTS (SELECT 1 FROM image)').pluck().get()
  if (images === 0) describeProject(db, { uid: args.uid, name: args.name })
  adoptRounds(db, { rounds: args.rounds, isNewProject: images === 0 })
}

export function describeProject(
  db: Database,
  args: { readonly name?: string; readonly uid?: string; readonly isSample?: boolean },
): void {
  const current = getProject(db)
  prepare(db, 'UPDATE project SET name = ?, uid = ?, is_sample = ? WHERE id = 1').run(
    args.name ?? current.name,
    args.uid ?? current.uid,
    Number(args.isSample ?? current.isSample),
  )
}

export function countStats(db: Database): ProjectStats {
  const count = (sql: string): number => prepare(db, sql).pluck().get() as number
  const rows = prepare(
    db,
    'SELECT status, count(*) AS n FROM image_state GROUP BY status',
  ).all() as {
    status: number
    n: number
  }[]
  const byStatus: Record<string, number> = {}
  for (const [index, name] of STATUSES.entries()) {
    byStatus[name] = rows.find((row) => row.status === index)?.n ?? 0
  }
  return {
    images: count('SELECT count(*) FROM image_state'),
    missing: count('SELECT count(*) FROM image_state WHERE problem > 0 AND problem = 1'),
    broken: count('SELECT count(*) FROM image_state WHERE problem > 0 AND problem = 2'),
    altTexts: count('SELECT count(*) FROM alt_text'),
    captions: count('SELECT count(*) FROM caption'),
    revisions: count('SELECT count(*) FROM revision'),
    byStatus,
  }
}

/**
 * The row of a person by name, made when there is none. Who had another name before is renamed and stays the same
 * person, because drafts belong to the person; `formerNames` come newest first.
 */
export function ensurePerson(
  db: Database,
  args: { readonly name: string; readonly formerNames: readonly string[] },
): PersonId {
  const find = prepare(db, 'SELECT id FROM person WHERE name = ?').pluck()
  const found = find.get(args.name)
  if (typeof found === 'number') return found as PersonId
  for (const formerName of args.formerNames) {
    const former = find.get(formerName)
    if (typeof former !== 'number') continue
    prepare(db, 'UPDATE person SET name = ? WHERE id = ?').run(args.name, former)
    return former as PersonId
  }
  const made = prepare(db, 'INSERT INTO person (uid, name, created_at) VALUES (?, ?, ?)').run(
    uuid(),
    args.name,
    Date.now(),
  )
  return Number(made.lastInsertRowid) as PersonId
}
