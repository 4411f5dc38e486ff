import type { Database } from 'better-sqlite3'
import type { ImageId, RevisionId } from '../../../shared/domain/ids.ts'
import { prepare } from '../statements.ts'
import { fromTextColumns, toTextColumns } from '../text-column.ts'
import { IN_LIST, rowsByImage, selectAround } from './image-rows.ts'
import type { ProposalState } from './proposals-state.ts'

/** A proposal with all that was decided about it, oldest first, as exports carry it. */
export interface StoredProposal {
  readonly uid: string
  readonly text: string
  readonly authorKind: 'human' | 'model' | 'import'
  readonly author: string
  readonly note: string
  readonly createdAt: number
  readonly decisions: readonly {
    readonly state: ProposalState
    readonly author: string
    readonly createdAt: number
  }[]
}

interface ProposalRow {
  readonly image_id: ImageId
  readonly id: number
  readonly uid: string
  readonly text: string
  readonly text_utf16: Buffer | null
  readonly author_kind: StoredProposal['authorKind']
  readonly author_name: string
  readonly note: string
  readonly created_at: number
}

/** Those of each image, oldest first. */
export function loadProposals(
  db: Database,
  imageIds: readonly ImageId[],
): ReadonlyMap<ImageId, readonly StoredProposal[]> {
  const proposals = rowsByImage<ProposalRow>(db, {
    sql: `SELECT image_id, id, uid, text, text_utf16, author_kind, author_name, note, created_at FROM proposal
     WHERE image_id ${IN_LIST} ORDER BY image_id, id`,
    imageIds,
  })
  if (proposals.size === 0) return new Map()
  const decisions = loadDecisions(db, [...proposals.keys()])
  return new Map(
    Array.from(proposals, ([imageId, rows]) => [
      imageId,
      rows.map((row) => ({
        uid: row.uid,
        text: fromTextColumns(row.text, row.text_utf16),
        authorKind: row.author_kind,
        author: row.author_name,
        note: row.note,
        createdAt: row.created_at,
        decisions: decisions.get(row.id) ?? [],
      })),
    ]),
  )
}

/** Those about each proposal of some images, oldest first. */
function loadDecisions(
  db: Database,
  imageIds: readonly ImageId[],
): ReadonlyMap<number, StoredProposal['decisions']> {
  const rows = selectAround(db, {
    sql: `SELECT d.proposal_id, d.state, d.author_name, d.created_at FROM proposal p
     CROSS JOIN proposal_decision d ON d.proposal_id = p.id WHERE p.image_id ${IN_LIST} ORDER BY d.id`,
    imageIds,
  }) as {
    proposal_id: number
    state: ProposalState
    author_name: string
    created_at: number
  }[]
  const found = new Map<number, StoredProposal['decisions'][number][]>()
  for (const { proposal_id: id, state, author_name: author, created_at: createdAt } of rows) {
    const decision = { state, author, createdAt }
    const known = found.get(id)
    if (known === undefined) found.set(id, [decision])
    else known.push(decision)
  }
  return found
}

/** Uids of the proposals that each revision of some images took from. */
export function loadTakenUids(
  db: Database,
  imageIds: readonly ImageId[],
): ReadonlyMap<RevisionId, readonly string[]> {
  const rows = selectAround(db, {
    sql: `SELECT l.revision_id, p.uid FROM proposal p CROSS JOIN revision_proposal l ON l.proposal_id = p.id
     WHERE p.image_id ${IN_LIST} ORDER BY l.revision_id, p.id`,
    imageIds,
  }) as { revision_id: RevisionId; uid: string }[]
  const found = new Map<RevisionId, string[]>()
  for (const { revision_id: id, uid } of rows) {
    const known = found.get(id)
    if (known === undefined) found.set(id, [uid])
    else known.push(uid)
  }
  return found
}

/**
 * Brings proposals in from the exchange form. They are known by uid; what was decided here about a known one stands.
 * Answers how many were added.
 */
export function importProposals(
  db: Database,
  args: {
    readonly imageId: ImageId
    readonly proposals: readonly StoredProposal[]
    readonly revisions: readonly { readonly uid: string; readonly proposals: readonly string[] }[]
  },
): number {
  let added = 0
  for (const proposal of args.proposals) added += importProposal(db, args.imageId, proposal)
  const link = prepare(
    db,
    `INSERT OR IGNORE INTO revision_proposal (revision_id, proposal_id)
     SELECT r.id, p.id FROM revision r JOIN proposal p ON p.uid = ? AND p.image_id = r.image_id WHERE r.uid = ?`,
  )
  for (const revision of args.revisions) {
    for (const uid of revision.proposals) link.run(uid, revision.uid)
  }
  return added
}

function importProposal(db: Database, imageId: ImageId, proposal: StoredProposal): number {
  const columns = toTextColumns(proposal.text)
  const made = prepare(
    db,
    `INSERT INTO proposal (uid, image_id, text, text_utf16, author_kind, author_name, note, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (uid) DO NOTHING`,
  ).run(
    proposal.uid,
    imageId,
    columns.text,
    columns.utf16,
    proposal.authorKind,
    proposal.author,
    proposal.note,
    proposal.createdAt,
  )
  if (made.changes === 0) return 0
  const decide = prepare(
    db,
    'INSERT INTO proposal_decision (proposal_id, state, author_name, created_at) VALUES (?, ?, ?, ?)',
  )
  for (const { state, author, createdAt } of proposal.decisions) {
    decide.run(made.lastInsertRowid, state, author, createdAt)
  }
  return 1
}
