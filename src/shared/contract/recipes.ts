import { z } from 'zod'
import { jobId, procedure, queryText, recipeId } from './base.ts'
import { exportOptions } from './exports.ts'
import { subset, subsetCounts } from './subset.ts'

/** All that decides what an export writes, but the data. */
export const recipeContent = z.object({
  format: z.string().min(1).max(100),
  where: queryText.default(''),
  subset: subset.prefault({}),
  options: exportOptions.prefault({}),
})
export type RecipeContent = z.infer<typeof recipeContent>

const version = z.int().min(1)

const recipe = z.object({
  id: recipeId,
  name: z.string(),
  /** From 1, one more at each change of the content. */
  version,
  content: recipeContent,
  /** Who made this version, and when. */
  author: z.string(),
  changedAt: z.number(),
  /** When any version of it was run last; null for never. */
  lastRunAt: z.number().nullable(),
})
export type Recipe = z.infer<typeof recipe>

const recipeVersion = recipe.pick({ version: true, content: true, author: true, changedAt: true })
export type RecipeVersion = z.infer<typeof recipeVersion>

const exportRun = z.object({
  id: z.number(),
  /** The recipe as it is called now; null for an export of none. */
  recipe: z.object({ id: recipeId, name: z.string(), version }).nullable(),
  jobId,
  folder: z.string(),
  content: recipeContent,
  appVersion: z.string(),
  counts: subsetCounts,
  /** Images that were written, left out by the options, and could not be written. */
  done: z.number(),
  skipped: z.number(),
  failed: z.number(),
  files: z.number(),
  bytes: z.number(),
  /** Over the names and SHA-256 of all files; equal for two runs that wrote the same. */
  sha256: z.string(),
  startedAt: z.number(),
  endedAt: z.number(),
})
export type ExportRun = z.infer<typeof exportRun>

/** One field that differs, in plain words. */
const recipeChange = z.object({ field: z.string(), before: z.string(), after: z.string() })
export type RecipeChange = z.infer<typeof recipeChange>

const name = z.string().trim().min(1).max(100)
/** A recipe that somebody has looked at; RECIPE_CONFLICT when it was changed since, RECIPE_NOT_FOUND when it is gone. */
const seen = z.object({ id: recipeId, version })

export const recipes = {
  /** By name, each with its newest version. */
  list: procedure.output(z.array(recipe)),
  /** NAME_TAKEN, whatever the case of the letters; QUERY_INVALID where a query cannot be read. */
  create: procedure.input(z.object({ name, content: recipeContent })).output(recipe),
  /** Adds a version, unless the content is the same. */
  change: procedure.input(seen.extend({ content: recipeContent })).output(recipe),
  rename: procedure.input(z.object({ id: recipeId, name })).output(recipe),
  remove: procedure.input(seen).output(z.object({})),
  /** Takes a removal back; NAME_TAKEN where another one has its name by now. */
  restore: procedure.input(z.object({ id: recipeId })).output(recipe),
  /** The newest first. */
  versions: procedure.input(z.object({ id: recipeId })).output(z.array(recipeVersion)),
  /** What differs between two contents, field by field. */
  diff: procedure
    .input(z.object({ before: recipeContent, after: recipeContent }))
    .output(z.array(recipeChange)),
  /** Past exports, the newest first; of one recipe, or with null all of them. */
  runs: procedure
    .input(z.object({ id: recipeId.nullable(), limit: z.int().min(1).max(200).default(20) }))
    .output(z.array(exportRun)),
  /** Exports by a version of a recipe, the newest where none is named. */
  run: procedure
    .input(z.object({ id: recipeId, version: version.optional(), out: z.string().min(1) }))
    .output(z.object({ jobId })),
}
