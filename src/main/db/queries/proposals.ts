import type { Database } from 'better-sqlite3'
import type { Proposal } from '../../../shared/contract/proposals.ts'
import type { ImageId, PersonId, RevisionId } from '../../../shared/domain/ids.ts'
import { AppError } from '../../../shared/errors.ts'
import { prepare } from '../statements.ts'
import { fromTextColumns, toTextColumns } from '../text-column.ts'
import { createUid } from '../uids.ts'
import { getState, getStateAtBase } from './image-change.ts'
import { recordPart } from './journal-record.ts'
import { markOf, writeMark, type ProposalState } from './proposals-state.ts'

interface ProposalRow {
  readonly id: number
  readonly text: string
  readonly text_utf16: Buffer | null
  readonly author_kind: Proposal['author']['kind']
  readonly author_name: string
  readonly note: string
  readonly created_at: number
  readonly state: ProposalState | null
}

const SELECT = `SELECT p.id, p.text, p.text_utf16, p.author_kind, p.author_name, p.note, p.created_at,
  (SELECT d.state FROM proposal_decision d WHERE d.proposal_id = p.id ORDER BY d.id DESC LIMIT 1) AS state
  FROM proposal p WHERE p.image_id = ?`

/** Newest first. */
export function listProposals(db: Database, args: { readonly imageId: ImageId }): Proposal[] {
  const rows = prepare(db, `${SELECT} ORDER BY p.id DESC`).all(args.imageId) as ProposalRow[]
  return rows.map(toProposal)
}

function getProposal(db: Database, imageId: ImageId, proposalId: number): Proposal {
  const row = prepare(db, `${SELECT} AND p.id = ?`).get(imageId, proposalId) as
    ProposalRow | undefined
  if (row === undefined) {
    throw new AppError(
      'NOT_FOUND',
      `This image has no proposal ${proposalId}. Reload the image and choose one of those listed.`,
    )
  }
  return toProposal(row)
}

function toProposal(row: ProposalRow): Proposal {
  return {
    id: row.id,
    text: fromTextColumns(row.text, row.text_utf16),
    author: { kind: row.author_kind, name: row.author_name },
    note: row.note,
    createdAt: row.created_at,
    state: row.state ?? 'open',
  }
}

/** A text that a person puts beside the caption; the caption stays as it is. */
export function addProposal(
  db: Database,
  args: {
    readonly imageId: ImageId
    readonly text: string
    readonly note: string
    readonly personId: PersonId
  },
): Proposal {
  getState(db, args.imageId)
  const columns = toTextColumns(args.text)
  const made = prepare(
    db,
    `INSERT INTO proposal (uid, image_id, text, text_utf16, author_kind, author_name, person_id, note, created_at)
     SELECT ?, ?, ?, ?, 'human', name, id, ?, ? FROM person WHERE id = ?`,
  ).run(
    createUid(),
    args.imageId,
    columns.text,
    columns.utf16,
    args.note,
    Date.now(),
    args.personId,
  )
  return getProposal(db, args.imageId, Number(made.lastInsertRowid))
}

/** Records what a person did with a proposal; what was taken over waits to be named by their next submit. */
export function decideProposal(
  db: Database,
  args: {
    readonly imageId: ImageId
    readonly proposalId: number
    readonly baseRevisionId: RevisionId | null
    readonly state: ProposalState
    readonly personId: PersonId
  },
): Proposal {
  getStateAtBase(db, args)
  getProposal(db, args.imageId, args.proposalId)
  const before = markOf(db, args)
  const isTaken = args.state === 'accepted' || args.state === 'partly-accepted'
  const after = { proposalId: args.proposalId, state: args.state, isTaken }
  if (before.state !== after.state || before.isTaken !== after.isTaken) {
    writeMark(db, { ...args, mark: after })
    recordPart(db, { ...args, kind: 'proposal.decide', label: LABELS[args.state], before, after })
  }
  return getProposal(db, args.imageId, args.proposalId)
}

const LABELS: Readonly<Record<ProposalState, string>> = {
  open: 'Reopen proposal',
  accepted: 'Accept proposal',
  'partly-accepted': 'Accept part of a proposal',
  rejected: 'Reject proposal',
}
