import type { FeatureContext } from '../open-project.ts'
import { os } from '../router.ts'
import type { RankedListing } from './ranked-listing.ts'
import type { LibraryService } from './service.ts'

export function createLibraryProcedures(
  features: FeatureContext,
  library: LibraryService,
  ranked: RankedListing,
) {
  return {
    page: os.library.page.handler(({ context, input }) => {
      if (ranked.meaningOf(input.query) !== null) return ranked.page(context, input)
      const { db, personId } = features.project(context)
      return db.read.libraryPage({ ...input, personId })
    }),
    around: os.library.around.handler(({ context, input }) => {
      if (ranked.meaningOf(input.query) !== null) return ranked.around(context, input)
      const { db, personId } = features.project(context)
      return db.read.libraryAround({ ...input, personId })
    }),
    facets: os.library.facets.handler(({ context, input }) => {
      const { db, personId } = features.project(context)
      // A model's order leaves no image out, so the counts are those of the rest of the query.
      const query = ranked.meaningOf(input.query)?.rest ?? input.query
      return db.read.facets({ query, personId })
    }),
    tagNames: os.library.tagNames.handler(({ input }) =>
      features.openProject().db.read.tagNames(input),
    ),
    setStatus: os.library.setStatus.handler(async ({ context, input }) => {
      const selection = await ranked.name(context, input.selection)
      return library.applyToSelection(context, selection, { kind: 'status', status: input.status })
    }),
    setTag: os.library.setTag.handler(async ({ context, input: { tag, on, ...input } }) => {
      const selection = await ranked.name(context, input.selection)
      return library.applyToSelection(context, selection, { kind: 'tag', tag, on })
    }),
  }
}
