import type { CheckPlan } from '../../shared/domain/check-plan.ts'
import { createCaller, type Caller } from '../base/channel-calls.ts'
import type { Channel, Spawn } from '../base/channel.ts'
import type {
  Analysis,
  AnalyseArgs,
  MeasureArgs,
  PlanArgs,
  RevisionMeasures,
  ShapeArgs,
  ShapedTexts,
  Unsaid,
  UnsaidArgs,
} from './requests.ts'
import type { WordUses } from './verb-uses.ts'
import type { VisibleNoun } from './visible-nouns.ts'

export interface TextClient {
  /** What a caption and its alt-texts say. Rejects with WORKER_CRASHED when the thread dies first. */
  analyse(args: AnalyseArgs): Promise<Analysis>
  /** Measures revisions, one answer for each in the same order. */
  measure(args: readonly MeasureArgs[]): Promise<RevisionMeasures[]>
  /** What a text claims, and the phrases and foils to ask a picture for. */
  plan(args: PlanArgs): Promise<CheckPlan>
  /** What other texts and lists have that a caption does not say. */
  unsaid(args: UnsaidArgs): Promise<Unsaid>
  /** For each word, in lower case, the thing that it names; null for all other words. */
  nouns(words: readonly string[]): Promise<(VisibleNoun | null)[]>
  /** For each word whether its texts use it as a verb more often than as a noun. */
  mostlyVerbs(asked: readonly WordUses[]): Promise<boolean[]>
  /** Picks sentences of texts and keeps them to a limit of tokens. */
  shape(args: ShapeArgs): Promise<ShapedTexts>
  close(): void
}

/** The asking side of the text thread, which starts, and reads its word lists, with the first question. */
export function createTextClient(spawn: Spawn): TextClient {
  let running: { readonly channel: Channel; readonly caller: Caller } | null = null
  let isClosed = false

  function caller(): Caller {
    if (isClosed) throw new Error('The text thread was asked after it was closed.')
    if (running !== null) return running.caller
    const channel = spawn('text', {})
    const started = { channel, caller: createCaller(channel, 'text') }
    // The next question starts another one; whatever killed this one was in its own question.
    channel.onExit(() => {
      if (running === started) running = null
    })
    running = started
    return started.caller
  }

  return {
    analyse: async (args) => (await caller().call('analyse', args)) as Analysis,
    measure: async (args) => (await caller().call('measure', args)) as RevisionMeasures[],
    plan: async (args) => (await caller().call('plan', args)) as CheckPlan,
    unsaid: async (args) => (await caller().call('unsaid', args)) as Unsaid,
    nouns: async (words) => (await caller().call('nouns', words)) as (VisibleNoun | null)[],
    mostlyVerbs: async (asked) => (await caller().call('mostlyVerbs', asked)) as boolean[],
    shape: async (args) => (await caller().call('shape', args)) as ShapedTexts,
    close() {
      isClosed = true
      running?.channel.kill()
      running = null
    },
  }
}
