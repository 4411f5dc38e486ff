import { oc } from '@orpc/contract'
import { z } from 'zod'
import { ERROR_TABLE, type ErrorCode } from '../errors.ts'
import type { AltTextId, ImageId, JobId, RecipeId, RevisionId, ViewId } from '../domain/ids.ts'
import { SORT_KEYS } from '../domain/sort.ts'
import { STATUSES } from '../domain/status.ts'

const errorData = z.record(z.string(), z.unknown())

type DeclaredErrors = Record<ErrorCode, { status: number; message: string; data: typeof errorData }>

function declareErrors(): DeclaredErrors {
  const entries = Object.entries(ERROR_TABLE).map(
    ([code, row]) => [code, { status: row.status, message: row.title, data: errorData }] as const,
  )
  return Object.fromEntries(entries) as DeclaredErrors
}

/** Every procedure can answer with any code of the one error table, so `error.code` is typed for the renderer. */
export const procedure = oc.errors(declareErrors())

export const imageId = z.int().positive() as unknown as z.ZodType<ImageId, ImageId>
export const altTextId = z.int().positive() as unknown as z.ZodType<AltTextId, AltTextId>
export const revisionId = z.int().positive() as unknown as z.ZodType<RevisionId, RevisionId>
export const jobId = z.int().positive() as unknown as z.ZodType<JobId, JobId>
export const viewId = z.int().positive() as unknown as z.ZodType<ViewId, ViewId>
export const recipeId = z.int().positive() as unknown as z.ZodType<RecipeId, RecipeId>

export const status = z.enum(STATUSES)
export const sort = z.object({ key: z.enum(SORT_KEYS), descending: z.boolean() })
/** The query language's text; `''` matches every image. */
export const queryText = z.string().max(10_000)

/** Captions are stored unchanged up to this many UTF-16 units. */
export const captionText = z.string().max(1_000_000)
