import type { Database } from 'better-sqlite3'
import type { Recipe, RecipeContent, RecipeVersion } from '../../../shared/contract/recipes.ts'
import type { PersonId, RecipeId } from '../../../shared/domain/ids.ts'
import { AppError } from '../../../shared/errors.ts'
import { prepare } from '../statements.ts'
import { readQuery } from './query-sql.ts'

interface VersionRow {
  readonly version_id: number
  readonly id: RecipeId
  readonly name: string
  readonly number: number
  readonly content: string
  readonly author_name: string
  readonly created_at: number
  readonly last_run_at: number | null
}

/** A recipe as somebody last saw it. */
interface SeenRecipe {
  readonly id: RecipeId
  readonly version: number
}

const SELECT = `SELECT v.id AS version_id, r.id, r.name, v.number, v.content, v.author_name, v.created_at,
    (SELECT max(e.ended_at) FROM export_run e JOIN recipe_version x ON x.id = e.recipe_version_id
     WHERE x.recipe_id = r.id) AS last_run_at
  FROM recipe r JOIN recipe_version v ON v.recipe_id = r.id`
const NEWEST = 'v.number = (SELECT max(number) FROM recipe_version WHERE recipe_id = r.id)'

/** The newest versions of all recipes, by name. */
export function listRecipes(db: Database): Recipe[] {
  const sql = `${SELECT} WHERE r.removed_at IS NULL AND ${NEWEST} ORDER BY r.name`
  return (prepare(db, sql).all() as VersionRow[]).map(toRecipe)
}

/** All versions of a recipe, the newest first. Throws RECIPE_NOT_FOUND. */
export function listRecipeVersions(db: Database, args: { readonly id: RecipeId }): RecipeVersion[] {
  const sql = `${SELECT} WHERE r.removed_at IS NULL AND r.id = ? ORDER BY v.number DESC`
  const rows = prepare(db, sql).all(args.id) as VersionRow[]
  if (rows.length === 0) throw notFound(args.id)
  return rows.map((row) => {
    const { version, content, author, changedAt } = toRecipe(row)
    return { version, content, author, changedAt }
  })
}

/** One version of a recipe, with the row that runs point at. Throws RECIPE_NOT_FOUND. */
export function findRecipeVersion(
  db: Database,
  args: { readonly id: RecipeId; readonly version: number | null },
): { readonly versionId: number; readonly recipe: Recipe } {
  const sql = `${SELECT} WHERE r.removed_at IS NULL AND r.id = ? AND ${args.version === null ? NEWEST : 'v.number = ?'}`
  const row = prepare(db, sql).get(
    ...(args.version === null ? [args.id] : [args.id, args.version]),
  ) as VersionRow | undefined
  if (row === undefined) throw notFound(args.id)
  return { versionId: row.version_id, recipe: toRecipe(row) }
}

/** Throws NAME_TAKEN, or QUERY_INVALID: a recipe that cannot be run would be of use to nobody. */
export function createRecipe(
  db: Database,
  args: {
    readonly name: string
    readonly content: RecipeContent
    readonly personId: PersonId
    readonly now: number
  },
): Recipe {
  checkName(db, args.name, null)
  const made = prepare(db, 'INSERT INTO recipe (name, created_at) VALUES (?, ?)').run(
    args.name,
    args.now,
  )
  const id = Number(made.lastInsertRowid) as RecipeId
  return addVersion(db, { ...args, id, number: 1 })
}

/** Adds a version. Throws RECIPE_NOT_FOUND, RECIPE_CONFLICT when somebody added one since, or QUERY_INVALID. */
export function changeRecipe(
  db: Database,
  args: SeenRecipe & {
    readonly content: RecipeContent
    readonly personId: PersonId
    readonly now: number
  },
): Recipe {
  checkSeen(db, args)
  return addVersion(db, { ...args, number: args.version + 1 })
}

/** Throws RECIPE_NOT_FOUND or NAME_TAKEN. */
export function renameRecipe(
  db: Database,
  args: { readonly id: RecipeId; readonly name: string },
): Recipe {
  findRecipeVersion(db, { id: args.id, version: null })
  checkName(db, args.name, args.id)
  prepare(db, 'UPDATE recipe SET name = ? WHERE id = ?').run(args.name, args.id)
  return findRecipeVersion(db, { id: args.id, version: null }).recipe
}

/** Its versions stay, because runs point at them. Throws RECIPE_NOT_FOUND or RECIPE_CONFLICT. */
export function removeRecipe(db: Database, args: SeenRecipe & { readonly now: number }): void {
  checkSeen(db, args)
  prepare(db, 'UPDATE recipe SET removed_at = ? WHERE id = ?').run(args.now, args.id)
}

/** Takes the removal back. Throws RECIPE_NOT_FOUND, or NAME_TAKEN by a recipe that was made since. */
export function restoreRecipe(db: Database, args: { readonly id: RecipeId }): Recipe {
  const name = prepare(db, 'SELECT name FROM recipe WHERE id = ?').pluck().get(args.id) as
    string | undefined
  if (name === undefined) throw notFound(args.id)
  checkName(db, name, args.id)
  prepare(db, 'UPDATE recipe SET removed_at = NULL WHERE id = ?').run(args.id)
  return findRecipeVersion(db, { id: args.id, version: null }).recipe
}

function addVersion(
  db: Database,
  args: {
    readonly id: RecipeId
    readonly number: number
    readonly content: RecipeContent
    readonly personId: PersonId
    readonly now: number
  },
): Recipe {
  checkQueries(args.content)
  prepare(
    db,
    `INSERT INTO recipe_version (recipe_id, number, content, author_name, created_at)
     VALUES (?, ?, ?, (SELECT name FROM person WHERE id = ?), ?)`,
  ).run(args.id, args.number, JSON.stringify(args.content), args.personId, args.now)
  return findRecipeVersion(db, { id: args.id, version: null }).recipe
}

function checkQueries({ where, subset }: RecipeContent): void {
  readQuery(where)
  for (const query of subset.strata?.queries ?? []) readQuery(query)
}

function checkSeen(db: Database, { id, version }: SeenRecipe): void {
  const { recipe } = findRecipeVersion(db, { id, version: null })
  if (recipe.version === version) return
  throw new AppError(
    'RECIPE_CONFLICT',
    `${recipe.author} has changed the recipe “${recipe.name}” since: it is at version ${recipe.version}, you saw ${version}.`,
    { data: { version: recipe.version } },
  )
}

function checkName(db: Database, name: string, own: RecipeId | null): void {
  const taken = prepare(
    db,
    'SELECT name FROM recipe WHERE name = ? AND removed_at IS NULL AND id IS NOT ?',
  )
    .pluck()
    .get(name, own) as string | undefined
  if (taken !== undefined) {
    throw new AppError('NAME_TAKEN', `There is a recipe “${taken}” already.`)
  }
}

function notFound(id: RecipeId): AppError {
  return new AppError('RECIPE_NOT_FOUND', `There is no recipe ${id} any more, or not that version.`)
}

function toRecipe(row: VersionRow): Recipe {
  return {
    id: row.id,
    name: row.name,
    version: row.number,
    // As it was stored: options that came later are missing here. Loading the schema would delay each start.
    content: JSON.parse(row.content) as RecipeContent,
    author: row.author_name,
    changedAt: row.created_at,
    lastRunAt: row.last_run_at,
  }
}
