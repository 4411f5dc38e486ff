import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { CACHE } from './package-root.ts'

export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

export const NO_COUNTS: Counts = { passed: 0, failed: 0, skipped: 0 }

export function addCounts(all: readonly Counts[]): Counts {
  return all.reduce(
    (sum, each) => ({
      passed: sum.passed + each.passed,
      failed: sum.failed + each.failed,
      skipped: sum.skipped + each.skipped,
    }),
    NO_COUNTS,
  )
}

/** The line that every run ends with; programs read it. */
export function formatCounts({ passed, failed, skipped }: Counts): string {
  const line = `${passed} passed, ${failed} failed`
  return skipped === 0 ? line : `${line}, ${skipped} skipped`
}

/**
 * Counts from a runner's JSON report. A runner that failed without a failed test (a file that does not
 * load, a crash, no report at all) counts as one failure, so that it is never lost in the sum.
 */
export function countReport(report: unknown, isOk: boolean): Counts {
  const counts = readVitest(report) ?? readPlaywright(report) ?? NO_COUNTS
  return isOk || counts.failed > 0 ? counts : { ...counts, failed: 1 }
}

function readVitest(report: unknown): Counts | null {
  const passed = readNumber(report, 'numPassedTests')
  const failed = readNumber(report, 'numFailedTests')
  if (passed === null || failed === null) return null
  const skipped = readNumber(report, 'numPendingTests') ?? 0
  return { passed, failed, skipped: skipped + (readNumber(report, 'numTodoTests') ?? 0) }
}

function readPlaywright(report: unknown): Counts | null {
  if (typeof report !== 'object' || report === null || !('stats' in report)) return null
  const expected = readNumber(report.stats, 'expected')
  if (expected === null) return null
  return {
    // A test that passed only when it was tried again did pass.
    passed: expected + (readNumber(report.stats, 'flaky') ?? 0),
    failed: readNumber(report.stats, 'unexpected') ?? 0,
    skipped: readNumber(report.stats, 'skipped') ?? 0,
  }
}

/** Names of the browser tests in a Playwright report that passed only when they were tried again. */
export function flakyTests(report: unknown): readonly string[] {
  const parsed = SUITE.safeParse(report)
  return parsed.success ? flakyIn(parsed.data) : []
}

interface Suite {
  readonly specs?: readonly Spec[] | undefined
  readonly suites?: readonly Suite[] | undefined
}

interface Spec {
  readonly title: string
  readonly file: string
  readonly line: number
  readonly tests: readonly { readonly status: string }[]
}

const SPEC = z.object({
  title: z.string(),
  file: z.string(),
  line: z.number(),
  tests: z.array(z.object({ status: z.string() })),
})
const SUITE: z.ZodType<Suite> = z.object({
  specs: z.array(SPEC).optional(),
  suites: z.array(z.lazy(() => SUITE)).optional(),
})

function flakyIn({ specs = [], suites = [] }: Suite): string[] {
  const own = specs.filter(({ tests }) => tests.some(({ status }) => status === 'flaky'))
  return [
    ...own.map(({ file, line, title }) => `${file}:${line} ${title}`),
    ...suites.flatMap(flakyIn),
  ]
}

function readNumber(value: unknown, name: string): number | null {
  if (typeof value !== 'object' || value === null || !(name in value)) return null
  const number: unknown = (value as Record<string, unknown>)[name]
  return typeof number === 'number' ? number : null
}

function resultFile(name: string): string {
  return join(CACHE, 'results', `${name}.json`)
}

const RESULT = z.object({
  counts: z.object({ passed: z.number(), failed: z.number(), skipped: z.number() }),
  failures: z.array(z.string()),
  notes: z.array(z.string()).optional(),
})

/** A whole run: its counts, and for each step that failed the end of what it printed, where the reason stands. */
export interface RunResult {
  readonly counts: Counts
  readonly failures: readonly string[]
  /** What a reader must be told although it failed nothing. */
  readonly notes?: readonly string[] | undefined
}

const SHOWN_LINES = 60

/** How a step that failed ended: a log is often read from its end, where later steps have pushed the reason out. */
export function describeFailure(step: string, output: string): string {
  const lines = output.trimEnd().split('\n').slice(-SHOWN_LINES)
  return [`--- ${step} failed; the last it printed:`, ...lines].join('\n')
}

/** Leaves the result of a whole run where tools/sum-results.ts finds it. */
export async function saveResult(name: string, result: RunResult): Promise<void> {
  await mkdir(join(CACHE, 'results'), { recursive: true })
  await writeFile(resultFile(name), JSON.stringify(result))
}

/** The result of a run that saved it; one failure for a run that did not come so far. */
export async function loadResult(name: string): Promise<RunResult> {
  try {
    return RESULT.parse(JSON.parse(await readFile(resultFile(name), 'utf8')))
  } catch {
    // No result is a failure.
    const failure = `--- ${name} did not come to its end.`
    return { counts: { ...NO_COUNTS, failed: 1 }, failures: [failure] }
  }
}
