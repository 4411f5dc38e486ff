import type { Selection } from '../../shared/contract/library.ts'
import type { ImageId, PersonId } from '../../shared/domain/ids.ts'
import type { Db } from '../db/client.ts'

const QUERY_PAGE = 20_000

interface Selected {
  readonly selection: Selection
  /** Who "me" is in the selection's query. */
  readonly personId: PersonId
}

/**
 * The images of a selection, a page at a time. All that a query matches are found before the first page is handed out,
 * because what is done to them may move an image out of the very query that selects it.
 */
export async function* selectedPages(
  db: Db,
  args: Selected & { readonly pageSize: number },
): AsyncGenerator<readonly ImageId[]> {
  const { selection, personId, pageSize } = args
  const imageIds = selection.kind === 'ids' ? selection.ids : await findAll(db, selection, personId)
  for (let index = 0; index < imageIds.length; index += pageSize) {
    yield imageIds.slice(index, index + pageSize)
  }
}

/** How many images a selection has; those that it leaves out are of the query that it names. */
export async function countSelected(db: Db, { selection, personId }: Selected): Promise<number> {
  if (selection.kind === 'ids') return selection.ids.length
  const count = await db.read.countImages({ query: selection.query, personId })
  return Math.max(0, count - selection.except.length)
}

async function findAll(
  db: Db,
  selection: Extract<Selection, { kind: 'query' }>,
  personId: PersonId,
): Promise<ImageId[]> {
  const except = new Set(selection.except)
  const all: ImageId[] = []
  let after: ImageId | null = null
  for (;;) {
    const page: readonly ImageId[] = await db.read.selectImageIds({
      query: selection.query,
      personId,
      after,
      limit: QUERY_PAGE,
    })
    for (const id of page) if (!except.has(id)) all.push(id)
    const last = page.at(-1)
    if (last === undefined) return all
    after = last
  }
}
