import type { Database } from 'better-sqlite3'
import type { PersonId } from '../../../shared/domain/ids.ts'
import { codeOfStatus } from '../../../shared/domain/status.ts'
import { AppError } from '../../../shared/errors.ts'
import { prepare } from '../statements.ts'
import type { StateRow } from './image-snapshot.ts'

/** The revision `r` is by the person `p`. Revisions that came from another project know a name only. */
export const BY_PERSON = `(r.person_id = p.id
  OR (r.person_id IS NULL AND r.author_kind = 'human' AND r.author_name = p.name))`

const FOR_OTHERS = `s.start_revision_id IS NOT NULL
  AND s.work_round IN (SELECT number FROM round WHERE needs_other_person = 1)
  AND EXISTS (SELECT 1 FROM revision r WHERE r.id = s.start_revision_id AND ${BY_PERSON})`

/** Statuses in which an image waits for its writer. */
export const OPEN_STATUSES = `s.status IN (${(['todo', 'draft', 'returned'] as const).map(codeOfStatus).join()})`

/**
 * The image `s`, whose status is one of the open ones, waits for the person `p`: they may write its round and no other
 * person's open text is in it, or their caption (or one that no person wrote) was returned.
 */
export const WAITS_FOR_PERSON = `CASE WHEN s.status = ${codeOfStatus('returned')}
  THEN EXISTS (SELECT 1 FROM revision r WHERE r.id = s.head_revision_id
    AND (r.author_kind <> 'human' OR ${BY_PERSON}))
  ELSE NOT (${FOR_OTHERS}) AND (s.draft_count = 0
    OR EXISTS (SELECT 1 FROM autosave a WHERE a.image_id = s.image_id AND a.person_id = p.id)) END`

interface Turn {
  readonly state: Pick<StateRow, 'work_round' | 'start_revision_id'>
  readonly personId: PersonId
}

/** Whether the image's round asks for another person than this one, who wrote the text that it began with. */
export function isTurnOfOthers(db: Database, { state, personId }: Turn): boolean {
  if (state.start_revision_id === null) return false
  const found = prepare(
    db,
    `SELECT 1 FROM round o, revision r, person p
     WHERE o.number = ? AND o.needs_other_person = 1 AND r.id = ? AND p.id = ? AND ${BY_PERSON}`,
  ).get(state.work_round, state.start_revision_id, personId)
  return found !== undefined
}

/** Throws ROUND_NEEDS_OTHER_PERSON where it is not this person's turn. */
export function refuseSamePerson(db: Database, turn: Turn): void {
  if (!isTurnOfOthers(db, turn)) return
  const round = turn.state.work_round
  throw new AppError(
    'ROUND_NEEDS_OTHER_PERSON',
    `Round ${round} wants another person than the one who wrote the text it begins with, and that was you. Your text stays a draft: leave this image to somebody else, or turn the option off in the settings of round ${round}.`,
    { data: { round } },
  )
}
