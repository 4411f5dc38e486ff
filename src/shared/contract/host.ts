import { z } from 'zod'
import { imageId, procedure } from './base.ts'

const capabilities = z.object({
  kind: z.enum(['electron', 'node']),
  /** False for people who came in by an invitation: what is the owner's is not offered to them. */
  isOwner: z.boolean(),
  canPickFolder: z.boolean(),
  canReveal: z.boolean(),
  canListFolders: z.boolean(),
  platform: z.string(),
})

const folderEntry = z.object({
  name: z.string(),
  path: z.string(),
  kind: z.enum(['folder', 'file', 'project']),
})

const folderListing = z.object({
  path: z.string(),
  parent: z.string().nullable(),
  entries: z.array(folderEntry),
  /** How many entries were left out because the folder holds very many. */
  leftOut: z.number(),
})
export type FolderListing = z.infer<typeof folderListing>

export const host = {
  capabilities: procedure.output(capabilities),
  /** Opens the system's dialog; null when the user cancelled it. */
  pick: procedure
    .input(z.object({ kind: z.enum(['folder', 'file']), title: z.string() }))
    .output(z.object({ path: z.string() }).nullable()),
  /** Lists a folder of the machine that runs the core; '' is the home folder. */
  listFolder: procedure.input(z.object({ path: z.string() })).output(folderListing),
  revealImage: procedure.input(z.object({ imageId })).output(z.object({ done: z.boolean() })),
}
