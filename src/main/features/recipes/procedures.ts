import { recipeContent, type RecipeContent } from '../../../shared/contract/recipes.ts'
import type { JobId } from '../../../shared/domain/ids.ts'
import type { Asking } from '../../base/asking.ts'
import { getWriter } from '../../formats/registry.ts'
import type { FeatureContext } from '../open-project.ts'
import { os } from '../router.ts'
import { diffContents } from './recipe-words.ts'

/** Starts an export, with all checks of its target. */
interface Exporter {
  start(
    asking: Asking,
    request: RecipeContent & {
      readonly out: string
      readonly recipe: {
        readonly versionId: number
        readonly name: string
        readonly version: number
      }
    },
  ): Promise<{ jobId: JobId }>
}

/** Saved exports; each change tells every window. */
export function createRecipeProcedures(features: FeatureContext, exporter: Exporter) {
  const tell = (): void => {
    features.publish({ topic: 'recipes' })
  }
  return {
    list: os.recipes.list.handler(({ context }) => features.project(context).db.read.listRecipes()),
    create: os.recipes.create.handler(async ({ context, input }) => {
      const { db, personId } = features.project(context)
      getWriter(input.content.format)
      const made = await db.write.createRecipe({ ...input, personId, now: Date.now() })
      tell()
      return made
    }),
    change: os.recipes.change.handler(async ({ context, input }) => {
      const { db, personId } = features.project(context)
      getWriter(input.content.format)
      const { recipe } = await db.read.findRecipeVersion({ id: input.id, version: null })
      if (recipe.version === input.version && isSame(recipe.content, input.content)) return recipe
      const changed = await db.write.changeRecipe({ ...input, personId, now: Date.now() })
      tell()
      return changed
    }),
    rename: os.recipes.rename.handler(async ({ context, input }) => {
      const renamed = await features.project(context).db.write.renameRecipe(input)
      tell()
      return renamed
    }),
    remove: os.recipes.remove.handler(async ({ context, input }) => {
      await features.project(context).db.write.removeRecipe({ ...input, now: Date.now() })
      tell()
      return {}
    }),
    restore: os.recipes.restore.handler(async ({ context, input }) => {
      const restored = await features.project(context).db.write.restoreRecipe(input)
      tell()
      return restored
    }),
    versions: os.recipes.versions.handler(({ context, input }) =>
      features.project(context).db.read.listRecipeVersions(input),
    ),
    diff: os.recipes.diff.handler(({ input }) => diffContents(input.before, input.after)),
    runs: os.recipes.runs.handler(({ context, input }) =>
      features.project(context).db.read.listExportRuns({ recipeId: input.id, limit: input.limit }),
    ),
    run: os.recipes.run.handler(async ({ context, input }) => {
      const { id, version = null, out } = input
      const found = await features.project(context).db.read.findRecipeVersion({ id, version })
      const { recipe, versionId } = found
      return exporter.start(context, {
        ...recipeContent.parse(recipe.content),
        out,
        recipe: { versionId, name: recipe.name, version: recipe.version },
      })
    }),
  }
}

/** What was stored before an option existed has its default; the contract gives it to whatever is answered. */
function isSame(stored: RecipeContent, content: RecipeContent): boolean {
  return JSON.stringify(recipeContent.parse(stored)) === JSON.stringify(content)
}
