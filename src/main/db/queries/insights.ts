import type { Database } from 'better-sqlite3'
import { FATES } from '../../../shared/domain/fate.ts'
import type { NumberField } from '../../../shared/domain/query/fields.ts'
import { prepare } from '../statements.ts'
import { currentChange } from './change-counter.ts'
import { IMAGES_IN_GROUPS, findDuplicateRun } from './duplicates.ts'
import { qualityChange } from './image-quality.ts'
import { getNumbers, lastNotAbove } from './number-columns.ts'
import { NUMBER_SOURCES } from './number-sources.ts'
import { listRoundRows } from './round-rows.ts'

/** Changes with everything that insights are made of. */
export function insightsStamp(db: Database): string {
  return `${currentChange(db)}.${qualityChange(db)}`
}

export interface FieldCounts {
  readonly known: number
  /** From each edge to the next one; the last has no end. Numbers below the first edge are counted with it. */
  readonly counts: readonly number[]
}

/** How the known numbers of a field spread over edges, which ascend. */
export function countField(
  db: Database,
  args: { readonly field: NumberField; readonly edges: readonly number[] },
): FieldCounts {
  const { steps } = NUMBER_SOURCES[args.field]
  const borders = Float64Array.from(args.edges, (edge) => edge * steps)
  const counts = args.edges.map(() => 0)
  let known = 0
  for (const value of getNumbers(db, args.field)) {
    if (Number.isNaN(value)) continue
    known += 1
    const bar = Math.max(0, lastNotAbove(borders, value))
    counts[bar] = (counts[bar] ?? 0) + 1
  }
  return { known, counts: args.edges.length === 0 ? [] : counts }
}

/** The smallest and the largest known number of a field; null where none is known. */
export function findExtent(
  db: Database,
  args: { readonly field: NumberField },
): { readonly from: number; readonly to: number } | null {
  const { steps } = NUMBER_SOURCES[args.field]
  let from = Number.POSITIVE_INFINITY
  let to = Number.NEGATIVE_INFINITY
  for (const value of getNumbers(db, args.field)) {
    if (value < from) from = value
    if (value > to) to = value
  }
  return from > to ? null : { from: from / steps, to: to / steps }
}

export interface EditedRound {
  readonly round: number
  readonly name: string
  readonly mean: number
  /** Captions by tenths of their words that changed; the last tenth holds its end. */
  readonly counts: readonly number[]
}

/** How much the captions that stand now changed in their rounds. */
export function countEdits(db: Database): EditedRound[] {
  const shares = getNumbers(db, 'edit')
  const rounds = getNumbers(db, 'round')
  const found = new Map<number, { sum: number; counts: number[] }>()
  for (const [id, share] of shares.entries()) {
    if (Number.isNaN(share)) continue
    const round = rounds[id] ?? 0
    const sums = found.get(round) ?? { sum: 0, counts: new Array<number>(10).fill(0) }
    const tenth = Math.min(9, Math.floor(share / 10))
    sums.counts[tenth] = (sums.counts[tenth] ?? 0) + 1
    sums.sum += share
    found.set(round, sums)
  }
  return listRoundRows(db).flatMap(({ number, name }) => {
    const sums = found.get(number)
    if (sums === undefined) return []
    const captions = sums.counts.reduce((total, count) => total + count, 0)
    return [{ round: number, name, mean: sums.sum / captions / 100, counts: sums.counts }]
  })
}

export interface CountedFates {
  readonly captions: number
  readonly waiting: number
  readonly fates: readonly {
    readonly fate: (typeof FATES)[number]
    readonly units: number
    readonly images: number
  }[]
}

/** What became of alt-texts in the captions that stand now, as far as they were measured. */
export function countFates(db: Database): CountedFates {
  const rows = prepare(
    db,
    `SELECT f.fate, sum(f.units) AS units, count(*) AS images
     FROM image_state s JOIN revision_fate f ON f.revision_id = s.head_revision_id GROUP BY f.fate`,
  ).all() as { fate: number; units: number; images: number }[]
  const captions = prepare(
    db,
    `SELECT count(*) FROM image_state s WHERE s.head_revision_id IS NOT NULL
       AND EXISTS (SELECT 1 FROM revision_fate f WHERE f.revision_id = s.head_revision_id)`,
  )
    .pluck()
    .get() as number
  const waiting = prepare(db, 'SELECT count(*) FROM revision_unmeasured').pluck().get() as number
  return {
    captions,
    waiting,
    fates: FATES.map((fate, code) => {
      const row = rows.find((each) => each.fate === code)
      return { fate, units: row?.units ?? 0, images: row?.images ?? 0 }
    }),
  }
}

export interface CountedDuplicates {
  readonly endedAt: number | null
  readonly nearImages: number
  readonly exactImages: number
  readonly sizes: readonly { readonly size: number; readonly groups: number }[]
}

const LARGEST_SIZE = 8

/** Groups of the last look by their size, and images that lie at several places. */
export function countDuplicates(db: Database): CountedDuplicates {
  const run = findDuplicateRun(db)
  const count = (sql: string): number => prepare(db, sql).pluck().get() as number
  return {
    endedAt: run?.endedAt ?? null,
    nearImages: count(`SELECT count(*) FROM (SELECT DISTINCT image_id FROM (${IMAGES_IN_GROUPS}))`),
    exactImages: count(
      'SELECT count(*) FROM (SELECT 1 FROM image_location GROUP BY image_id HAVING count(*) > 1)',
    ),
    sizes: prepare(
      db,
      `SELECT min(images, ${LARGEST_SIZE}) AS size, count(*) AS groups FROM (
         SELECT count(*) AS images FROM duplicate_member WHERE run_id = ? GROUP BY group_number
       ) GROUP BY 1 ORDER BY 1`,
    ).all(run?.id ?? 0) as CountedDuplicates['sizes'],
  }
}
