import { z } from 'zod'
import { procedure } from './base.ts'

const projectInfo = z.object({
  uid: z.string(),
  name: z.string(),
  folder: z.string(),
  isSample: z.boolean(),
  isReadOnly: z.boolean(),
  /** A sentence for the banner when the project was repaired, is read-only or came from a backup. */
  notice: z.string().nullable(),
  appVersion: z.string(),
})
export type ProjectInfo = z.infer<typeof projectInfo>

const recentProject = z.object({
  folder: z.string(),
  name: z.string(),
  openedAt: z.number(),
})
export type RecentProject = z.infer<typeof recentProject>

const projectStats = z.object({
  images: z.number(),
  missing: z.number(),
  broken: z.number(),
  altTexts: z.number(),
  captions: z.number(),
  revisions: z.number(),
  byStatus: z.record(z.string(), z.number()),
})
export type ProjectStats = z.infer<typeof projectStats>

export const projects = {
  /** The open project, or null when none is open. */
  current: procedure.output(projectInfo.nullable()),
  recent: procedure.output(z.array(recentProject)),
  /** `readOnly` looks at a project that another Realign may have open. */
  open: procedure
    .input(z.object({ folder: z.string().min(1), readOnly: z.boolean().default(false) }))
    .output(projectInfo),
  create: procedure.input(z.object({ folder: z.string().min(1) })).output(projectInfo),
  openSample: procedure.output(projectInfo),
  /** Puts the last backup copy in the place of a damaged project file, which is kept beside it, and opens it. */
  restoreBackup: procedure.input(z.object({ folder: z.string().min(1) })).output(projectInfo),
  stats: procedure.output(projectStats),
}
