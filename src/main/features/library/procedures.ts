import type { FeatureContext } from '../open-project.ts'
import { os } from '../router.ts'
import type { LibraryService } from './service.ts'

export function createLibraryProcedures(context: FeatureContext, library: LibraryService) {
  return {
    page: os.library.page.handler(({ input }) => {
      const { db, personId } = context.project()
      return db.read.libraryPage({ ...input, personId })
    }),
    around: os.library.around.handler(({ input }) => {
      const { db, personId } = context.project()
      return db.read.libraryAround({ ...input, personId })
    }),
    facets: os.library.facets.handler(({ input }) => context.project().db.read.facets(input)),
    tagNames: os.library.tagNames.handler(({ input }) => context.project().db.read.tagNames(input)),
    setStatus: os.library.setStatus.handler(({ input }) =>
      library.applyToSelection(input.selection, { kind: 'status', status: input.status }),
    ),
    setTag: os.library.setTag.handler(({ input }) =>
      library.applyToSelection(input.selection, { kind: 'tag', tag: input.tag, on: input.on }),
    ),
  }
}
