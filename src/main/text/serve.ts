import { serveCalls } from '../base/channel-calls.ts'
import type { Channel } from '../base/channel.ts'
import { createLog } from '../base/log.ts'
import { analyseTexts } from './analysis.ts'
import { planCheck } from './foils/plan-check.ts'
import { findUnsaid } from './mentions-unsaid.ts'
import { loadLanguage } from './units/find-units.ts'
import { measureRevision } from './revision-measures.ts'
import type { AnalyseArgs, MeasureArgs, PlanArgs, ShapeArgs, UnsaidArgs } from './requests.ts'
import { shapeTexts } from './shape-texts.ts'
import { createPackTokenizers } from './tokens/pack-tokenizer.ts'
import { findMostlyVerbs, type WordUses } from './verb-uses.ts'
import { findVisibleNouns } from './visible-nouns.ts'

/** The text thread's side of the line. It starts with a question, so what answers need is read at once. */
export function serveText(channel: Channel): void {
  loadLanguage()
  const loadTokenizers = createPackTokenizers(createLog('warn'))
  serveCalls(channel, {
    analyse: async (args: AnalyseArgs) => analyseTexts(args, await loadTokenizers(args.tokenizers)),
    shape: async (args: ShapeArgs) => shapeTexts(args, await loadTokenizers(args.tokenizers)),
    measure: (args: readonly MeasureArgs[]) => args.map((item) => measureRevision(item)),
    plan: ({ text, labels }: PlanArgs) => planCheck(text, labels),
    nouns: (words: readonly string[]) => findVisibleNouns(words),
    mostlyVerbs: (asked: readonly WordUses[]) => findMostlyVerbs(asked),
    unsaid: (args: UnsaidArgs) => findUnsaid(args),
  })
}
