import { readFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { MEASURE_VERSION } from '../../src/main/db/queries/image-quality.ts'
import { projectFiles } from '../../src/main/db/project-files.ts'
import type { Client } from '../../src/main/http/rpc-client.ts'
import { QUALITY_ISSUES } from '../../src/shared/domain/image-quality.ts'
import { buildProgram, startHost, type Host } from '../program.ts'
import { withFolder } from './bench-core.ts'
import type { BenchRow } from './bench-row.ts'
import { plainRow, stop, timeOf } from './host-cases.ts'
import { readPeakMegabytes } from './process-memory.ts'
import { buildSyntheticProject } from './synthetic-project.ts'

const USUAL_IMAGES = 1_000_000
/** The kernel counts processor time in hundredths of a second. */
const TICK_MS = 10
/** Somebody else's question is asked so often while a subset is chosen. */
const ASK_EVERY_MS = 20

type Counts = NonNullable<Parameters<Client['exports']['counts']>[0]>

/**
 * What choosing a subset, the plots of Insights and the histograms of image quality take in a large project, with the
 * processor time of the host, how long others wait for an answer meanwhile, and the most memory it held.
 * `REALIGN_BENCH_IMAGES` names another size.
 */
export async function benchCuration(): Promise<BenchRow[]> {
  const images = Number(process.env['REALIGN_BENCH_IMAGES'] ?? USUAL_IMAGES)
  return withFolder(async (folder) => {
    const program = await buildProgram(join(folder, 'data'))
    const project = join(folder, 'project')
    process.stderr.write(`  ${images} images\n`)
    buildSyntheticProject({ path: project, images, seed: 1 })
    addMeasures(project)
    const host = startHost(program, project)
    try {
      const client = await host.ready
      const asked = createAsked(host)
      const rows = [
        ...(await benchSubsets(client, asked, images)),
        ...(await benchInsights(client, asked)),
        ...(await benchQuality(client, asked)),
      ]
      const peak = readPeakMegabytes(host.pid)
      if (peak !== null) rows.push(plainRow('curation.host-memory', peak, 'MB'))
      return [...rows, plainRow('curation.load', loadavg()[0] ?? 0, 'of the machine')]
    } finally {
      await stop(host)
    }
  })
}

/** Any measures: what they are decides nothing about the time. */
function addMeasures(project: string): void {
  const db = new Database(projectFiles(project).database)
  try {
    db.pragma('synchronous = OFF')
    db.prepare(
      `INSERT INTO image_quality SELECT id, ?, id * 7919 % 10000, id * 104729 % 10000, id * 31 % 10000,
         id * 37 % 10000, id * 611953 % 1000000, id * 613 % 800, id * 617 % 12000, id * 41 % 10000, 1 FROM image`,
    ).run(MEASURE_VERSION)
    db.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    db.close()
  }
}

type Asked = (name: string, ask: () => Promise<unknown>) => Promise<BenchRow[]>

/** A row of the time by the clock, and one of the processor time of the host with all of its threads. */
function createAsked(host: Host): Asked {
  return async (name, ask) => {
    const before = readProcessorMs(host.pid)
    const ms = await timeOf(ask)
    const after = readProcessorMs(host.pid)
    process.stderr.write(`  ${name} ${Math.round(ms)} ms\n`)
    return [
      plainRow(`curation.${name}`, ms, 'ms'),
      ...(before === null || after === null
        ? []
        : [plainRow(`curation.${name}.processor`, after - before, 'ms')]),
    ]
  }
}

async function benchSubsets(client: Client, asked: Asked, images: number): Promise<BenchRow[]> {
  const found = await client.exports.concepts({ texts: 'all', seed: 1 })
  const concepts = found.concepts.map(({ concept }) => concept)
  const wishes: readonly (readonly [name: string, wish: Counts])[] = [
    ['query', { where: 'alt:dog' }],
    ['take', { subset: { take: { pick: 'random', count: images / 10 } } }],
    ['near-duplicates', { subset: { nearDuplicates: 'best' } }],
    ['strata', { subset: { strata: { by: 'source', count: images / 10 } } }],
    ['split', { subset: { split: { shares: { train: 8, validation: 1, test: 1 } } } }],
    ['balance', { subset: { balance: { concepts, most: images / 100, texts: 'all' } } }],
  ]
  const rows = await asked('concepts', () => client.exports.concepts({ texts: 'all', seed: 2 }))
  for (const [name, wish] of wishes) {
    const waits = watchAnswers(client)
    rows.push(...(await asked(name, () => client.exports.counts(wish))))
    rows.push(plainRow(`curation.${name}.longest-wait`, await waits.end(), 'ms'))
  }
  return rows
}

async function benchInsights(client: Client, asked: Asked): Promise<BenchRow[]> {
  const { insights } = client
  const rows: BenchRow[] = []
  for (const [name, ask] of [
    ['scores', () => insights.scores()],
    ['edits', () => insights.edits()],
    ['lengths', () => insights.lengths()],
    ['duplicates', () => insights.duplicates()],
    ['throughput', () => insights.throughput()],
    ['quality', () => insights.quality()],
    ['concepts', () => insights.concepts({ texts: 'alt-texts' })],
    ['vocabulary', () => insights.vocabulary({ texts: 'alt-texts' })],
  ] as const) {
    rows.push(...(await asked(`insights.${name}`, ask)))
  }
  return rows
}

async function benchQuality(client: Client, asked: Asked): Promise<BenchRow[]> {
  const all = (where: string) => () =>
    Promise.all(QUALITY_ISSUES.map((issue) => client.quality.histogram({ issue, where })))
  return [
    ...(await asked('quality.histograms', all(''))),
    ...(await asked('quality.histograms-of-query', all('alt:dog'))),
    ...(await asked('quality.examples', () =>
      client.quality.examples({ issue: 'dark', limit: 12 }),
    )),
  ]
}

/** Asks for something small again and again, as a person's window would. */
function watchAnswers(client: Client): { end(): Promise<number> } {
  const over = new AbortController()
  const watching = watch(client, over.signal)
  return {
    end() {
      over.abort()
      return watching
    },
  }
}

async function watch(client: Client, over: AbortSignal): Promise<number> {
  let longest = 0
  while (!over.aborted) {
    longest = Math.max(longest, await timeOf(() => client.projects.current()))
    await sleep(ASK_EVERY_MS)
  }
  return longest
}

/** User and system time of a process with its threads; null where the system does not tell. */
function readProcessorMs(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // After the name, which may hold blanks: fields 14 and 15 of the line.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS
  } catch {
    return null
  }
}
