import { z } from 'zod'
import { procedure } from './base.ts'
import { reviewOrder } from './review.ts'

const settings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  tileSizePx: z.int().min(96).max(512),
  libraryLayout: z.enum(['grid', 'table']),
  /** Of what waits in Review. */
  reviewOrder,
  personName: z.string().trim().min(1).max(100),
  /** Keys that the person gave to commands, by the name of the command's line; the rest have the default ones. */
  keys: z.record(z.string().max(300), z.array(z.string().min(1).max(60)).max(6)),
})
export type Settings = z.infer<typeof settings>

export const settingsArea = {
  get: procedure.output(settings),
  set: procedure.input(settings.partial()).output(settings),
}
