import { z } from 'zod'
import { procedure } from './base.ts'

const settings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  tileSizePx: z.int().min(96).max(512),
  libraryLayout: z.enum(['grid', 'table']),
  personName: z.string().trim().min(1).max(100),
})
export type Settings = z.infer<typeof settings>

export const settingsArea = {
  get: procedure.output(settings),
  set: procedure.input(settings.partial()).output(settings),
}
