import type { FeatureContext } from '../open-project.ts'
import { os } from '../router.ts'
import type { LibraryService } from './service.ts'

export function createLibraryProcedures(features: FeatureContext, library: LibraryService) {
  return {
    page: os.library.page.handler(({ context, input }) => {
      const { db, personId } = features.project(context)
      return db.read.libraryPage({ ...input, personId })
    }),
    around: os.library.around.handler(({ context, input }) => {
      const { db, personId } = features.project(context)
      return db.read.libraryAround({ ...input, personId })
    }),
    facets: os.library.facets.handler(({ context, input }) => {
      const { db, personId } = features.project(context)
      return db.read.facets({ ...input, personId })
    }),
    tagNames: os.library.tagNames.handler(({ input }) =>
      features.openProject().db.read.tagNames(input),
    ),
    setStatus: os.library.setStatus.handler(({ context, input }) =>
      library.applyToSelection(context, input.selection, { kind: 'status', status: input.status }),
    ),
    setTag: os.library.setTag.handler(({ context, input }) =>
      library.applyToSelection(context, input.selection, {
        kind: 'tag',
        tag: input.tag,
        on: input.on,
      }),
    ),
  }
}
