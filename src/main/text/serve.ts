import { serveCalls } from '../base/channel-calls.ts'
import type { Channel } from '../base/channel.ts'
import { analyseTexts } from './analysis.ts'
import { measureRevision } from './revision-measures.ts'
import type { MeasureArgs } from './requests.ts'

/** The text thread's side of the line. */
export function serveText(channel: Channel): void {
  serveCalls(channel, {
    analyse: analyseTexts,
    measure: (args: readonly MeasureArgs[]) => args.map((item) => measureRevision(item)),
  })
}
