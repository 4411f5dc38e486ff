import { z } from 'zod'
import { imageId, procedure } from './base.ts'

const person = z.object({
  name: z.string(),
  isYou: z.boolean(),
  /** The image open in front of them now; null when none, or when they are not here. */
  imageId: imageId.nullable(),
  isHere: z.boolean(),
  /** True for those who came in by a link of their own on the browser host. */
  hasToken: z.boolean(),
})
export type Person = z.infer<typeof person>

const personName = z.string().trim().min(1).max(100)

export const people = {
  list: procedure.output(z.array(person)),
  /** Says what this window shows; forgotten 45 s after the last call. */
  look: procedure.input(z.object({ imageId: imageId.nullable() })).output(z.object({})),
  /** Makes a link by which another person works in this project from their own browser. Only on the browser host. */
  invite: procedure.input(z.object({ name: personName })).output(z.object({ path: z.string() })),
  /** Ends the link; what the person wrote stays. */
  revoke: procedure.input(z.object({ name: personName })).output(z.object({})),
}
