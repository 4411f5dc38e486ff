import type { Database } from 'better-sqlite3'
import type { ImageId, RevisionId } from '../../../shared/domain/ids.ts'
import { codeOfStatus, type Status } from '../../../shared/domain/status.ts'
import { prepare } from '../statements.ts'
import { insertGuideline, listGuidelineVersions } from './guidelines.ts'
import { statusAt } from './image-snapshot.ts'
import {
  DEFAULT_OPTIONS,
  insertRound,
  listRoundRows,
  STATUS_PLACES,
  type StoredRound,
} from './round-rows.ts'
import { findStartRevision } from './start-text.ts'

/** A round with all versions of its guideline, as the exchange form has it. */
export interface DescribedRound extends Omit<StoredRound, 'createdAt'> {
  readonly createdAt: number | null
  readonly guidelines: readonly {
    readonly version: number
    readonly markdown: string
    readonly author: string
    readonly createdAt: number
  }[]
}

export function describeRounds(db: Database): DescribedRound[] {
  return listRoundRows(db).map((round) => ({
    ...round,
    guidelines: listGuidelineVersions(db, { round: round.number }).map(
      ({ version, markdown, author, createdAt }) => ({ version, markdown, author, createdAt }),
    ),
  }))
}

/** Takes rounds over. One that is here keeps its name and options unless the project is new, and its guideline. */
export function adoptRounds(
  db: Database,
  args: { readonly rounds: readonly DescribedRound[]; readonly isNewProject: boolean },
): void {
  for (const { guidelines, ...round } of args.rounds) {
    const stored = { ...round, createdAt: round.createdAt ?? Date.now() }
    const isNew = insertRound(db, stored)
    if (!isNew && args.isNewProject) replaceRound(db, stored)
    if (listGuidelineVersions(db, { round: round.number }).length > 0) continue
    for (const guideline of guidelines) {
      insertGuideline(db, { ...guideline, round: round.number, personId: null })
    }
  }
}

function replaceRound(db: Database, round: StoredRound): void {
  const { options } = round
  prepare(
    db,
    `UPDATE round SET name = ?, created_at = ?, needs_other_person = ?, sample_share = ?, sample_seed = ?,
       stop_below_edit = ? WHERE number = ?`,
  ).run(
    round.name,
    round.createdAt,
    Number(options.needsOtherPerson),
    options.sampleShare,
    options.sampleSeed,
    options.stopBelowEdit,
    round.number,
  )
}

/** Where an image stood before its round began. */
export interface StoredOrigin {
  readonly round: number
  readonly status: Status
}

export function toOrigin(joinedFrom: number | null): StoredOrigin | null {
  if (joinedFrom === null) return null
  return {
    round: Math.floor(joinedFrom / STATUS_PLACES),
    status: statusAt(joinedFrom % STATUS_PLACES),
  }
}

/**
 * Puts an image that came with its history into the round it was worked on in. Its head goes through the last
 * captions of its rounds, so that each round counts its own. Comes before the head and status are written.
 */
export function importPlace(
  db: Database,
  args: {
    readonly imageId: ImageId
    readonly history: {
      readonly round: number
      readonly workRound: number | null
      readonly cameFrom: StoredOrigin | null
    }
    readonly headRevisionId: RevisionId | null
  },
): void {
  const { imageId, history, headRevisionId } = args
  const workRound = history.workRound ?? Math.max(1, history.round)
  const origin = history.cameFrom
  insertRound(db, plainRound(workRound))
  const heads: RevisionId[] = []
  for (let round = workRound; round > 0; round -= 1) {
    const last = findStartRevision(db, { headRevisionId, round })
    if (last !== null && last !== heads[0]) heads.unshift(last)
  }
  const move = prepare(db, 'UPDATE image_state SET head_revision_id = ? WHERE image_id = ?')
  for (const head of heads) move.run(head, imageId)
  prepare(
    db,
    'UPDATE image_state SET work_round = ?, start_revision_id = ?, joined_from = ? WHERE image_id = ?',
  ).run(
    workRound,
    workRound > 1 ? findStartRevision(db, { headRevisionId, round: workRound }) : null,
    origin === null ? null : origin.round * STATUS_PLACES + codeOfStatus(origin.status),
    imageId,
  )
  if (origin === null) return
  prepare(
    db,
    `INSERT INTO round_departure (next_round, round, status, images) VALUES (?, ?, ?, 1)
     ON CONFLICT DO UPDATE SET images = images + 1`,
  ).run(workRound, origin.round, codeOfStatus(origin.status))
}

/** A round that only its number is known of. */
function plainRound(number: number): StoredRound {
  return {
    number,
    name: `Round ${number}`,
    options: DEFAULT_OPTIONS,
    createdAt: Date.now(),
  }
}
