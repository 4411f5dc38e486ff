import type { Database } from 'better-sqlite3'
import type { ImageId, PersonId } from '../../../shared/domain/ids.ts'
import { AppError } from '../../../shared/errors.ts'
import { prepare } from '../statements.ts'

/** Changes beside the text and status of an image, which stay as they are when another change is taken back. */
const APART = `('batch.tag', 'proposal.decide', 'judgement.answer', 'align.type')`

const STANDS = `coalesce((SELECT r.kind FROM journal r WHERE r.concerns = j.id ORDER BY r.id DESC LIMIT 1), 'redo') = 'redo'`

const NEWEST = `
  SELECT p.name, j.label FROM (
    SELECT id, kind, label, person_id, concerns FROM journal WHERE image_id = $imageId AND id > $since
    UNION ALL
    SELECT id, kind, label, person_id, concerns FROM journal b
    WHERE b.batch_id IS NOT NULL AND b.id > $since
      AND EXISTS (SELECT 1 FROM batch_item i WHERE i.batch_id = b.batch_id AND i.image_id = $imageId)
  ) j JOIN person p ON p.id = j.person_id
  WHERE j.person_id <> $personId AND j.concerns IS NULL AND j.kind NOT IN ${APART} AND ${STANDS}
  ORDER BY j.id DESC LIMIT 1`

/**
 * Undo is for one's own changes: putting back the state before one would silently take away what others did since.
 * Throws CHANGED_BY_OTHERS with the name of who changed the image last.
 */
export function refuseOverOthers(
  db: Database,
  args: {
    readonly row: { readonly id: number; readonly label: string; readonly person_id: PersonId }
    readonly imageId: ImageId
  },
): void {
  const { row, imageId } = args
  const since = prepare(db, 'SELECT coalesce(max(id), ?) FROM journal WHERE concerns = ?')
    .pluck()
    .get(row.id, row.id)
  const newest = prepare(db, NEWEST).get({ imageId, since, personId: row.person_id }) as
    { name: string; label: string } | undefined
  if (newest === undefined) return
  throw new AppError(
    'CHANGED_BY_OTHERS',
    `“${row.label}” cannot be taken back or done again, because ${newest.name} changed this image since (“${newest.label}”). Restore the wanted revision from the timeline instead, which takes nothing away.`,
    { data: { imageId, authorName: newest.name } },
  )
}
