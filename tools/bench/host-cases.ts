import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { DEFAULT_SORT } from '../../src/shared/domain/sort.ts'
import type { Client } from '../../src/main/http/rpc-client.ts'
import { buildProgram, startHost, type Host } from '../program.ts'
import { withFolder } from './bench-core.ts'
import type { BenchRow } from './bench-row.ts'
import { readPeakMegabytes } from './process-memory.ts'
import { median } from './statistics.ts'
import { buildSyntheticProject } from './synthetic-project.ts'

const IMAGES = 100_000
const STARTS = 5
const PAGE = 200

/** Milliseconds from starting `realign serve` on a new project to its first answer, against a Node that does nothing. */
export async function benchStartup(): Promise<BenchRow[]> {
  return withFolder(async (folder) => {
    const program = await buildProgram(join(folder, 'data'))
    const project = join(folder, 'project')
    // The first start makes the project, which the others open.
    await stop(startHost(program, project))
    const turns: { readonly value: number; readonly limit: number }[] = []
    for (let turn = 0; turn < STARTS; turn += 1) {
      const limit = await timeOf(() => promisify(execFile)(process.execPath, ['-e', '0']))
      const { host, ms } = await startAndAsk(() => startHost(program, project), askProject)
      await stop(host)
      turns.push({ value: ms, limit })
    }
    return [timeRow('startup', turns)]
  })
}

/**
 * The first page of a project of 100,000 images, asked for as soon as the host answers at all; the same page again;
 * and everything together from the start of the process.
 */
export async function benchFirstPage(): Promise<BenchRow[]> {
  return withFolder(async (folder) => {
    const project = join(folder, 'project')
    buildSyntheticProject({ path: project, images: IMAGES, seed: 1 })
    const program = await buildProgram(join(folder, 'data'))
    const firsts: number[] = []
    const again: number[] = []
    const starts: number[] = []
    let peak: number | null = null
    for (let turn = 0; turn < STARTS; turn += 1) {
      const startedAt = performance.now()
      const host = startHost(program, project)
      const client = await host.ready
      firsts.push(await timeOf(() => askPage(client, 0)))
      starts.push(performance.now() - startedAt)
      again.push(await timeOf(() => askPage(client, 0)))
      await askPage(client, IMAGES / 2)
      peak = readPeakMegabytes(host.pid)
      await stop(host)
    }
    return [
      plainRow('first-page', median(firsts), 'ms'),
      plainRow('first-page.again', median(again), 'ms'),
      plainRow('first-page.from-start', median(starts), 'ms'),
      ...(peak === null ? [] : [plainRow('first-page.host-memory', peak, 'MB')]),
    ]
  })
}

export function plainRow(name: string, value: number, unit: string): BenchRow {
  return { case: name, value, unit, limit: null, ratio: null }
}

/** Times are better when they are smaller, so the ratio is the limit's share of the value. */
export function timeRow(
  name: string,
  turns: readonly { readonly value: number; readonly limit: number }[],
): BenchRow {
  return {
    case: name,
    value: median(turns.map((turn) => turn.value)),
    unit: 'ms',
    limit: median(turns.map((turn) => turn.limit)),
    ratio: median(turns.map((turn) => turn.limit / turn.value)),
  }
}

async function startAndAsk(
  start: () => Host,
  ask: (client: Client) => Promise<unknown>,
): Promise<{ readonly host: Host; readonly ms: number }> {
  const startedAt = performance.now()
  const host = start()
  await ask(await host.ready)
  return { host, ms: performance.now() - startedAt }
}

/** Ends a host properly; one that does not end by itself would spoil what is measured next. */
export async function stop(host: Host): Promise<void> {
  await host.ready
  host.terminate()
  const code = await host.ended
  if (code !== 0) throw new Error(`The host ended with ${String(code)}: ${host.stderr()}`)
}

export async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

function askProject(client: Client): Promise<unknown> {
  return client.projects.current()
}

async function askPage(client: Client, position: number): Promise<void> {
  const page = await client.library.page({ query: '', sort: DEFAULT_SORT, position, limit: PAGE })
  if (page.rows.length !== PAGE || page.total !== IMAGES) {
    throw new Error(`Expected a page of ${PAGE} out of ${IMAGES} images, got ${page.rows.length}.`)
  }
}
