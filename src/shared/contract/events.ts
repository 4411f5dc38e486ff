import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { imageId, jobId, procedure } from './base.ts'

const appEvent = z.discriminatedUnion('topic', [
  /** The project was opened, closed or replaced: everything is stale. */
  z.object({ topic: z.literal('project') }),
  /** Images changed; `imageIds` null means "any". `isStructural` means that listings may have moved. */
  z.object({
    topic: z.literal('images'),
    imageIds: z.array(imageId).nullable(),
    isStructural: z.boolean(),
  }),
  z.object({ topic: z.literal('jobs'), jobId }),
  z.object({ topic: z.literal('settings') }),
  z.object({ topic: z.literal('views') }),
  z.object({ topic: z.literal('recipes') }),
  /** Somebody came, went, looks at another image, was invited or took another name. */
  z.object({ topic: z.literal('people') }),
  /** Keeps the stream open through proxies. */
  z.object({ topic: z.literal('heartbeat') }),
  /** Events were lost: refetch all that is shown. */
  z.object({ topic: z.literal('resync') }),
])
export type AppEvent = z.infer<typeof appEvent>

const numberedEvent = z.intersection(z.object({ seq: z.number() }), appEvent)
export type NumberedEvent = z.infer<typeof numberedEvent>

export const events = {
  /** One stream a window: browsers open only six connections to a host. */
  subscribe: procedure.output(eventIterator(numberedEvent)),
}
