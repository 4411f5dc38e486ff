import { z } from 'zod'
import { procedure, queryText, sort, viewId } from './base.ts'

const savedView = z.object({
  id: viewId,
  name: z.string(),
  query: queryText,
  sort,
  /** From 1, one more at each change. */
  version: z.number(),
  /** Who changed it last, and when. */
  author: z.string(),
  changedAt: z.number(),
})
export type SavedView = z.infer<typeof savedView>

const content = z.object({ name: z.string().trim().min(1).max(100), query: queryText, sort })
export type ViewContent = z.infer<typeof content>

/** A view that somebody has looked at; VIEW_CONFLICT when it was changed since, VIEW_NOT_FOUND when it is gone. */
const seen = z.object({ id: viewId, version: z.int().min(1) })

export const views = {
  /** By name. */
  list: procedure.output(z.array(savedView)),
  /** NAME_TAKEN, whatever the case of the letters; QUERY_INVALID where the query cannot be read. */
  save: procedure.input(content).output(savedView),
  update: procedure.input(seen.extend(content.shape)).output(savedView),
  remove: procedure.input(seen).output(z.object({})),
}
