import type { Database } from 'better-sqlite3'
import type { Proposal } from '../../../shared/contract/proposals.ts'
import type { ImageId, PersonId, RevisionId } from '../../../shared/domain/ids.ts'
import { prepare } from '../statements.ts'

export type ProposalState = Proposal['state']

/** What a person did with a proposal, as the journal keeps it to take it back. */
export interface ProposalMark {
  readonly proposalId: number
  readonly state: ProposalState
  /** Whether the person's next submit will say that it took from the proposal. */
  readonly isTaken: boolean
}

interface Owner {
  readonly imageId: ImageId
  readonly personId: PersonId
}

/** Nobody has decided about a proposal that has no decision row. */
function stateOf(db: Database, proposalId: number): ProposalState {
  const state = prepare(
    db,
    'SELECT state FROM proposal_decision WHERE proposal_id = ? ORDER BY id DESC LIMIT 1',
  )
    .pluck()
    .get(proposalId) as ProposalState | undefined
  return state ?? 'open'
}

export function markOf(db: Database, args: Owner & { readonly proposalId: number }): ProposalMark {
  const isTaken = listTaken(db, args).includes(args.proposalId)
  return { proposalId: args.proposalId, state: stateOf(db, args.proposalId), isTaken }
}

/** Appends the decision; earlier ones stay. */
export function writeMark(db: Database, args: Owner & { readonly mark: ProposalMark }): void {
  const { proposalId, state, isTaken } = args.mark
  if (state !== stateOf(db, proposalId)) {
    prepare(
      db,
      `INSERT INTO proposal_decision (proposal_id, state, person_id, author_name, created_at)
       SELECT ?, ?, id, name, ? FROM person WHERE id = ?`,
    ).run(proposalId, state, Date.now(), args.personId)
  }
  const sql = isTaken
    ? 'INSERT OR IGNORE INTO draft_proposal (image_id, person_id, proposal_id) VALUES (?, ?, ?)'
    : 'DELETE FROM draft_proposal WHERE image_id = ? AND person_id = ? AND proposal_id = ?'
  prepare(db, sql).run(args.imageId, args.personId, proposalId)
}

/** The proposals that a person's open text took from, and that the next submit will name. */
export function listTaken(db: Database, owner: Owner): number[] {
  return prepare(
    db,
    'SELECT proposal_id FROM draft_proposal WHERE image_id = ? AND person_id = ? ORDER BY proposal_id',
  )
    .pluck()
    .all(owner.imageId, owner.personId) as number[]
}

export function writeTaken(db: Database, owner: Owner, proposalIds: readonly number[]): void {
  prepare(db, 'DELETE FROM draft_proposal WHERE image_id = ? AND person_id = ?').run(
    owner.imageId,
    owner.personId,
  )
  const insert = prepare(
    db,
    'INSERT INTO draft_proposal (image_id, person_id, proposal_id) VALUES (?, ?, ?)',
  )
  for (const proposalId of proposalIds) insert.run(owner.imageId, owner.personId, proposalId)
}

/** Records on a new revision which proposals its text took from; the open text that did is done. */
export function linkTaken(db: Database, args: Owner & { readonly revisionId: RevisionId }): void {
  prepare(
    db,
    `INSERT INTO revision_proposal (revision_id, proposal_id)
     SELECT ?, proposal_id FROM draft_proposal WHERE image_id = ? AND person_id = ?`,
  ).run(args.revisionId, args.imageId, args.personId)
  writeTaken(db, args, [])
}

/** Which proposals each revision of an image took from; revisions that took from none are not in it. */
export function proposalsByRevision(
  db: Database,
  imageId: ImageId,
): ReadonlyMap<RevisionId, readonly number[]> {
  const rows = prepare(
    db,
    `SELECT l.revision_id, l.proposal_id FROM proposal p JOIN revision_proposal l ON l.proposal_id = p.id
     WHERE p.image_id = ? ORDER BY l.proposal_id`,
  ).all(imageId) as { revision_id: RevisionId; proposal_id: number }[]
  const found = new Map<RevisionId, number[]>()
  for (const row of rows) {
    found.set(row.revision_id, [...(found.get(row.revision_id) ?? []), row.proposal_id])
  }
  return found
}
