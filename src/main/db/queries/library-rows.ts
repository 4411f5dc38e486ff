import type { Database } from 'better-sqlite3'
import type { LibraryRow } from '../../../shared/contract/library.ts'
import type { ImageId, PersonId } from '../../../shared/domain/ids.ts'
import { prepare } from '../statements.ts'
import { statusAt } from './image-snapshot.ts'

/** Characters of a tile's text; counted in code points, so that the cut never splits a surrogate pair. */
const TEXT_LENGTH = 240

interface StoredRow {
  readonly image_id: ImageId
  readonly name: string
  readonly status: number
  readonly round: number
  readonly alt_count: number
  readonly revision_count: number
  readonly draft_count: number
  readonly updated_at: number
  readonly content_hash: string | null
  readonly width: number | null
  readonly height: number | null
  readonly problem_code: string | null
  readonly problem_message: string | null
  readonly draft: string | null
  readonly caption: string | null
  readonly alt: string | null
  readonly tags: string
}

/** The alt-text is the one that `findAnchor` finds: the lowest id, file names last. */
const SELECT = `
SELECT s.image_id, s.name, s.status, s.round, s.alt_count, s.revision_count, s.draft_count, s.updated_at,
  i.content_hash, i.width, i.height, i.problem_code, i.problem_message,
  substr(d.text, 1, ${TEXT_LENGTH}) AS draft, substr(c.text, 1, ${TEXT_LENGTH}) AS caption,
  (SELECT substr(a.text, 1, ${TEXT_LENGTH}) FROM alt_text a WHERE a.image_id = s.image_id
    ORDER BY a.origin = 'file-name', a.id LIMIT 1) AS alt,
  (SELECT json_group_array(name) FROM (
    SELECT t.name FROM image_tag it JOIN tag t ON t.id = it.tag_id WHERE it.image_id = s.image_id ORDER BY t.name
  )) AS tags
FROM json_each(?) j
CROSS JOIN image_state s ON s.image_id = j.value
JOIN image i ON i.id = s.image_id
LEFT JOIN autosave d ON d.image_id = s.image_id AND d.person_id = ?
LEFT JOIN caption c ON c.image_id = s.image_id
ORDER BY j.key`

/** Loads the rows of a page in the given order. */
export function loadRows(
  db: Database,
  args: { readonly ids: Iterable<number>; readonly personId: PersonId },
): LibraryRow[] {
  const rows = prepare(db, SELECT).all(JSON.stringify([...args.ids]), args.personId) as StoredRow[]
  return rows.map(toRow)
}

function toRow(row: StoredRow): LibraryRow {
  return {
    id: row.image_id,
    name: row.name,
    hash: row.content_hash ?? '',
    width: row.width,
    height: row.height,
    status: statusAt(row.status),
    round: row.round,
    altCount: row.alt_count,
    revisionCount: row.revision_count,
    hasDraft: row.draft_count > 0,
    ...shownText(row),
    problem:
      row.problem_code === null
        ? null
        : { code: row.problem_code, message: row.problem_message ?? '' },
    tags: JSON.parse(row.tags) as string[],
    updatedAt: row.updated_at,
  }
}

function shownText(row: StoredRow): Pick<LibraryRow, 'text' | 'textKind'> {
  if (row.draft !== null) return { text: row.draft, textKind: 'draft' }
  if (row.caption !== null) return { text: row.caption, textKind: 'caption' }
  if (row.alt !== null) return { text: row.alt, textKind: 'alt' }
  return { text: '', textKind: 'none' }
}
