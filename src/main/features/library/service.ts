import type { ImageId } from '../../../shared/domain/ids.ts'
import type { Selection } from '../../../shared/contract/library.ts'
import type { Asking } from '../../base/asking.ts'
import type { BatchChange } from '../../db/queries/batch.ts'
import type { FeatureContext } from '../open-project.ts'
import { selectedPages } from '../selected-images.ts'

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
      for await (const imageIds of selectedPages(db, {
        ...{ selection, personId, pageSize: BATCH_SIZE },
      })) {
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
}
