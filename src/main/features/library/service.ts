import type { ImageId } from '../../../shared/domain/ids.ts'
import type { Selection } from '../../../shared/contract/library.ts'
import type { Asking } from '../../base/asking.ts'
import type { BatchChange } from '../../db/queries/batch.ts'
import type { FeatureContext, OpenProject } from '../open-project.ts'

/** Images per transaction of a batch: short enough that an autosave never waits long behind one. */
const BATCH_SIZE = 500
const MAX_NAMED_IMAGES = 200

export interface LibraryService {
  applyToSelection(
    asking: Asking,
    selection: Selection,
    change: BatchChange,
  ): Promise<{ batchId: number; changed: number }>
}

export function createLibrary(context: FeatureContext): LibraryService {
  return {
    async applyToSelection(asking, selection, change) {
      const { db, personId } = context.project(asking)
      const batchId = await db.write.startBatch({ change, personId })
      const changed: ImageId[] = []
      let count = 0
      for await (const imageIds of pages(db, selection)) {
        const ids = await db.write.applyBatch({ batchId, change, personId, imageIds })
        count += ids.length
        if (changed.length <= MAX_NAMED_IMAGES) changed.push(...ids)
      }
      if (count > 0) {
        context.publish({
          topic: 'images',
          imageIds: count > MAX_NAMED_IMAGES ? null : changed,
          isStructural: true,
        })
      }
      return { batchId, changed: count }
    },
  }

  async function* pages(
    db: OpenProject['db'],
    selection: Selection,
  ): AsyncGenerator<readonly ImageId[]> {
    if (selection.kind === 'ids') {
      for (let index = 0; index < selection.ids.length; index += BATCH_SIZE) {
        yield selection.ids.slice(index, index + BATCH_SIZE)
      }
      return
    }
    // All first, then the changes: a change may move an image out of the very query that selects it.
    const except = new Set(selection.except)
    const all: ImageId[] = []
    let after: ImageId | null = null
    for (;;) {
      const page: readonly ImageId[] = await db.read.selectImageIds({
        query: selection.query,
        after,
        limit: 20_000,
      })
      for (const id of page) if (!except.has(id)) all.push(id)
      const last = page.at(-1)
      if (last === undefined) break
      after = last
    }
    for (let index = 0; index < all.length; index += BATCH_SIZE) {
      yield all.slice(index, index + BATCH_SIZE)
    }
  }
}
