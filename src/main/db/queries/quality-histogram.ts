import type { Database } from 'better-sqlite3'
import type { QualityExample, QualityHistogram } from '../../../shared/contract/quality.ts'
import type { ImageId, PersonId } from '../../../shared/domain/ids.ts'
import {
  ISSUE_RULES,
  QUALITY_ISSUES,
  type QualityIssue,
} from '../../../shared/domain/image-quality.ts'
import { prepare } from '../statements.ts'
import { getQualityLimits } from './image-quality.ts'
import { getImages, type AskedQuery } from './listing.ts'
import { getNumbers, lastNotAbove } from './number-columns.ts'
import { NUMBER_SOURCES } from './number-sources.ts'
import { readQuery } from './query-sql.ts'

interface IssueArgs {
  readonly issue: QualityIssue
  /** Text of the query language; '' is every image. A mistake in it throws QUERY_INVALID. */
  readonly where: string
  readonly personId: PersonId | null
}

/** How many images of a query lie from each edge of the issue's rule to the next. */
export function countQuality(db: Database, args: IssueArgs): QualityHistogram {
  const { field, edges } = ISSUE_RULES[args.issue]
  const values = getNumbers(db, field)
  const borders = toStored(args.issue, edges)
  const counts = edges.map(() => 0)
  const ids = getImages(db, askedQuery(args))
  let known = 0
  for (const id of ids) {
    const value = values[id] ?? Number.NaN
    if (Number.isNaN(value)) continue
    known += 1
    const bar = Math.max(0, lastNotAbove(borders, value))
    counts[bar] = (counts[bar] ?? 0) + 1
  }
  return { counts, known, total: ids.length }
}

function toStored(issue: QualityIssue, edges: readonly number[]): Float64Array<ArrayBuffer> {
  const { steps } = NUMBER_SOURCES[ISSUE_RULES[issue].field]
  return Float64Array.from(edges, (edge) => (steps === 1 ? edge : Math.round(edge * steps)))
}

/** Images of a query on each side of a limit, those nearest to it first. */
export function listQualityExamples(
  db: Database,
  args: IssueArgs & { readonly limit: number; readonly count: number },
): { readonly falling: QualityExample[]; readonly kept: QualityExample[] } {
  const { field, falls } = ISSUE_RULES[args.issue]
  const values = getNumbers(db, field)
  const [limit = 0] = toStored(args.issue, [args.limit])
  const below = new Nearest(args.count)
  const above = new Nearest(args.count)
  for (const id of getImages(db, askedQuery(args))) {
    const value = values[id] ?? Number.NaN
    if (value < limit) below.offer(id, limit - value)
    else if (value >= limit) above.offer(id, value - limit)
  }
  const show = (nearest: Nearest): QualityExample[] =>
    nearest.ids().flatMap((id) => {
      const value = (values[id] ?? 0) / NUMBER_SOURCES[field].steps
      const row = findShown(db, id)
      return row === null ? [] : [{ ...row, value }]
    })
  return falls === 'below'
    ? { falling: show(below), kept: show(above) }
    : { falling: show(above), kept: show(below) }
}

/** Keeps the few that were offered with the smallest distance. */
class Nearest {
  readonly #count: number
  #kept: { readonly id: number; readonly distance: number }[] = []

  constructor(count: number) {
    this.#count = count
  }

  offer(id: number, distance: number): void {
    const last = this.#kept[this.#count - 1]
    if (last !== undefined && last.distance <= distance) return
    const at = this.#kept.findIndex((other) => other.distance > distance)
    this.#kept.splice(at < 0 ? this.#kept.length : at, 0, { id, distance })
    this.#kept.length = Math.min(this.#kept.length, this.#count)
  }

  ids(): readonly number[] {
    return this.#kept.map(({ id }) => id)
  }
}

function findShown(db: Database, id: number): Omit<QualityExample, 'value'> | null {
  const row = prepare(
    db,
    `SELECT s.image_id AS id, s.name, coalesce(i.content_hash, '') AS hash
     FROM image_state s JOIN image i ON i.id = s.image_id WHERE s.image_id = ?`,
  ).get(id) as { id: ImageId; name: string; hash: string } | undefined
  return row ?? null
}

/** How many images of the project fall out by each limit. */
export function countIssues(
  db: Database,
): readonly { readonly issue: QualityIssue; readonly images: number }[] {
  const limits = getQualityLimits(db)
  return QUALITY_ISSUES.map((issue) => {
    const { field, falls } = ISSUE_RULES[issue]
    const [limit = 0] = toStored(issue, [limits[issue]])
    let images = 0
    for (const value of getNumbers(db, field)) {
      if (falls === 'below' ? value < limit : value >= limit) images += 1
    }
    return { issue, images }
  })
}

function askedQuery({ where, personId }: IssueArgs): AskedQuery {
  return { ast: readQuery(where), personId }
}
