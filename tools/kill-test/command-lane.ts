import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { LaneOptions } from './editing-lane.ts'
import { checkInvariants } from './invariants.ts'
import {
  checkImportCounts,
  checkImported,
  checkStoredJobs,
  hasActiveImport,
  waitForJobs,
} from './jobs.ts'
import { startHost, startProgram } from '../program.ts'
import { withProjectCopy } from './project-copy.ts'
import type { Source } from './source.ts'
import { checkTarget, findLeftovers } from './targets.ts'

/** How long a command takes before one was seen to end; delays are drawn from the last one's time. */
const FIRST_GUESS_MS = 2_500
const MOST_KILLS_OF_A_COMMAND = 3

const answerSchema = z.object({ done: z.number(), skipped: z.number(), failed: z.number() })
type Answer = z.infer<typeof answerSchema>

interface Lane extends LaneOptions {
  readonly source: Source
  readonly duration: { import: number; export: number }
  left: number
}

/** Kills command-line imports and exports, each on a new project, until each came to its end after all. */
export async function runCommandLane(
  options: LaneOptions & { readonly source: Source },
): Promise<void> {
  const { tally } = options
  const lane: Lane = {
    ...options,
    left: options.kills,
    duration: { import: FIRST_GUESS_MS, export: FIRST_GUESS_MS },
  }
  for (let cycle = 1; lane.left > 0 && tally.violations.length === 0; cycle += 1) {
    await importAndExport(lane, cycle)
  }
}

async function importAndExport(lane: Lane, cycle: number): Promise<void> {
  const { tally, folder, source, random } = lane
  const project = join(folder, `project ${cycle}`)
  const where = `command line, project ${cycle}`
  const importing = ['import', source.path, '--project', project, '--json', '--quiet']
  const early = await killSome(lane, 'import', importing, () => checkProject(lane, project, where))
  const isToResume = (await look(lane, project, hasActiveImport)) ?? false
  const answer =
    early ??
    (isToResume && random.chance(0.5)
      ? await resumeByHost(lane, project, where)
      : await finish(lane, 'import', importing, where))
  if (answer !== null) tally.violate(where, checkImportCounts(answer, source.expected))
  tally.importsFinished += 1
  await checkProject(lane, project, where)
  tally.violate(where, (await look(lane, project, (db) => checkImported(db, [source]))) ?? [])
  if (lane.left > 0 && tally.violations.length === 0) await exportAndCheck(lane, cycle, project)
}

async function exportAndCheck(lane: Lane, cycle: number, project: string): Promise<void> {
  const { tally, folder, source } = lane
  const where = `command line, export ${cycle}`
  const out = join(folder, `export ${cycle}`)
  const exporting = [
    ...['export', '--project', project, '--out', out, '--format', 'imagefolder'],
    ...['--json', '--quiet'],
  ]
  const check = async (): Promise<void> => {
    tally.violate(where, (await checkTarget(out)).violations)
    await checkProject(lane, project, where)
  }
  const answer =
    (await killSome(lane, 'export', exporting, check)) ??
    (await finish(lane, 'export', exporting, where))
  await check()
  tally.exportsFinished += 1
  tally.violate(where, await findLeftovers(out))
  const sum = answer === null ? 0 : answer.done + answer.skipped + answer.failed
  if (sum !== source.expected.images) {
    tally.violate(where, [`Counts ${sum} rows of ${source.expected.images} images.`])
  }
}

/** Starts a command a few times and kills it; answers what it said where it was done before it was killed. */
async function killSome(
  lane: Lane,
  kind: 'import' | 'export',
  args: readonly string[],
  check: () => Promise<void>,
): Promise<Answer | null> {
  const { random, tally } = lane
  const kills = random.integer(1, MOST_KILLS_OF_A_COMMAND)
  for (let kill = 0; kill < kills && lane.left > 0 && tally.violations.length === 0; kill += 1) {
    const startedAt = performance.now()
    const run = startProgram(lane.program, args)
    const delayMs = random.between(0.02, 0.95) * lane.duration[kind]
    const hasEnded = await Promise.race([run.ended.then(() => true), sleep(delayMs, false)])
    if (hasEnded) {
      lane.duration[kind] = performance.now() - startedAt
      return readAnswer(lane, {
        kind,
        where: `${kind} before its kill`,
        code: await run.ended,
        run,
      })
    }
    const orphans = await run.kill()
    if (orphans.length > 0) tally.violate(kind, [`Child processes live on: ${orphans.join(', ')}.`])
    tally.kills += 1
    lane.left -= 1
    if (kind === 'import') tally.killsOfImports += 1
    else tally.killsOfExports += 1
    await check()
  }
  return null
}

async function finish(
  lane: Lane,
  kind: 'import' | 'export',
  args: readonly string[],
  where: string,
): Promise<Answer | null> {
  const startedAt = performance.now()
  const run = startProgram(lane.program, args)
  const code = await run.ended
  lane.duration[kind] = performance.now() - startedAt
  return readAnswer(lane, { kind, where, code, run })
}

function readAnswer(
  lane: Lane,
  ended: {
    readonly kind: 'import' | 'export'
    readonly where: string
    readonly code: number | string | null
    readonly run: ReturnType<typeof startProgram>
  },
): Answer | null {
  const { kind, where, code, run } = ended
  if (code === 0 || code === 1) return answerSchema.parse(JSON.parse(run.stdout()))
  const said = `${run.stdout()} ${run.stderr()}`.trim()
  lane.tally.violate(where, [`The ${kind} ended with ${String(code)}: ${said}`])
  return null
}

/** A host that opens the project must go on with the import without being asked. */
async function resumeByHost(lane: Lane, project: string, where: string): Promise<Answer | null> {
  const host = startHost(lane.program, project)
  const jobs = await waitForJobs(await host.ready)
  host.terminate()
  if ((await host.ended) !== 0) lane.tally.violate(where, [`The host failed: ${host.stderr()}`])
  return jobs.find((job) => job.kind === 'import.run') ?? null
}

async function checkProject(lane: Lane, project: string, where: string): Promise<void> {
  const violations = await look(lane, project, (db) => [
    ...checkInvariants(db),
    ...checkStoredJobs(db, new Set()),
  ])
  lane.tally.violate(where, violations ?? [])
}

function look<Value>(
  lane: Lane,
  project: string,
  work: Parameters<typeof withProjectCopy<Value>>[2],
): Promise<Value | null> {
  return withProjectCopy(project, join(lane.folder, 'copy'), work)
}
