import { serveCalls } from '../base/channel-calls.ts'
import type { Channel } from '../base/channel.ts'
import { analyseTexts } from './analysis.ts'
import { loadLanguage } from './units/find-units.ts'
import { measureRevision } from './revision-measures.ts'
import type { MeasureArgs } from './requests.ts'

/** The text thread's side of the line. It starts with a question, so what answers need is read at once. */
export function serveText(channel: Channel): void {
  loadLanguage()
  serveCalls(channel, {
    analyse: analyseTexts,
    measure: (args: readonly MeasureArgs[]) => args.map((item) => measureRevision(item)),
  })
}
