import { z } from 'zod'
import type { JobKind } from '../../jobs/job-kind.ts'
import type { TextClient } from '../../text/client.ts'
import type { FeatureContext } from '../open-project.ts'

const PAGE = 200

/** Of how captions are measured. Raise it when units, fates or rules change what comes out: all are measured anew. */
const MEASURE_VERSION = 3

/** Measures captions that nobody measured yet. It keeps no cursor: what waits is a table. */
export function createMeasureKind(
  context: FeatureContext,
  text: TextClient,
): JobKind<Record<string, never>> {
  return {
    name: 'rounds.measure',
    lane: 'cpu',
    params: z.strictObject({}),
    dedupeKey: () => 'rounds.measure',
    title: () => 'Measure captions',
    async run(_params, run) {
      const { db } = context.openProject()
      await db.write.requeueMeasuredRevisions({ algorithmVersion: MEASURE_VERSION })
      run.setTotal(await db.read.countUnmeasuredRevisions())
      for (;;) {
        run.signal.throwIfAborted()
        const page = await db.read.listUnmeasuredRevisions({ limit: PAGE })
        if (page.length === 0) return
        const measures = await text.measure(
          page.map(({ text: caption, anchor, before, reasons }) => ({
            ...{ text: caption, before, reasons },
            anchor: anchor?.text ?? null,
          })),
        )
        await db.write.storeRevisionMetrics({
          rows: measures.map((measured, index) => ({
            ...measured,
            revisionId: page[index]?.revisionId ?? failNoRevision(),
            algorithmVersion: MEASURE_VERSION,
          })),
        })
        run.count('done', page.length)
        run.markProgress()
      }
    },
  }
}

function failNoRevision(): never {
  throw new Error('The text thread measured more captions than it was given.')
}
