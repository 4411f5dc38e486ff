import { join } from 'node:path'
import { SORT_KEYS, type Sort } from '../../src/shared/domain/sort.ts'
import type { Client } from '../../src/main/http/rpc-client.ts'
import { buildProgram, startHost, type Program } from '../program.ts'
import { withFolder } from './bench-core.ts'
import type { BenchRow } from './bench-row.ts'
import { plainRow, stop, timeOf } from './host-cases.ts'
import { measureImports } from './import-rows.ts'
import { readPeakMegabytes } from './process-memory.ts'
import { benchArchiveExport, benchTableExport } from './scale-export.ts'
import { benchGrid } from './scale-grid.ts'
import { median, quantile } from './statistics.ts'
import { buildSyntheticProject } from './synthetic-project.ts'
import { createRandom } from './synthetic-words.ts'

const USUAL_SIZES = '10000,100000,1000000'
const STARTS = 5
const PAGE = 200
const JUMPS = 100
const REPEATS = 5
const ADDED: Sort = { key: 'added', descending: false }

/** What people ask for: one value, ranges, words, parts of words, and all of it together. */
const QUERIES = [
  'status:todo',
  'status:accepted -tag:"tag 1"',
  'tag:"tag 3"',
  'width:>2000 height:<900',
  'alt:dog',
  'caption:"red dog"',
  'text:kori*',
  'alt~"ack dog"',
  'status:draft,todo alt:street -caption:cat',
]

/**
 * How a project's size is felt: opening, any page, queries, orders, text search and facets at each of several sizes,
 * then imports, exports, the grid in a browser and memory at the largest one. `REALIGN_BENCH_SIZES` names other
 * sizes, `REALIGN_BENCH_PICTURES` how many picture files the archive holds.
 */
export async function benchScale(): Promise<BenchRow[]> {
  const sizes = (process.env['REALIGN_BENCH_SIZES'] ?? USUAL_SIZES).split(',').map(Number)
  const largest = Math.max(...sizes)
  const rows: BenchRow[] = []
  await withFolder(async (folder) => {
    const program = await buildProgram(join(folder, 'data'))
    for (const size of sizes) {
      const project = join(folder, `project-${size}`)
      process.stderr.write(`  ${size} images\n`)
      buildSyntheticProject({ path: project, images: size, seed: 1 })
      rows.push(...(await benchListing({ program, project, size })))
      if (size !== largest) continue
      rows.push(...(await benchTableExport({ program, project, name: nameOf('export', size) })))
      rows.push(...(await benchGrid({ project, dataFolder: program.dataFolder, size })))
    }
  })
  process.stderr.write('  imports\n')
  for (const count of sizes) {
    rows.push(...(await measureImports({ name: nameOf('import', count), count, rounds: 1 })))
  }
  process.stderr.write('  an archive\n')
  rows.push(
    ...(await benchArchiveExport(Number(process.env['REALIGN_BENCH_PICTURES'] ?? '100000'))),
  )
  return rows
}

function nameOf(what: string, size: number): string {
  return `scale.${what}.${size >= 1_000_000 ? `${size / 1_000_000}m` : `${size / 1_000}k`}`
}

interface Sized {
  readonly program: Program
  readonly project: string
  readonly size: number
}

async function benchListing({ program, project, size }: Sized): Promise<BenchRow[]> {
  // The first start brings caches of the project and of the system up.
  await stop(startHost(program, project))
  const opens: number[] = []
  for (let turn = 0; turn < STARTS; turn += 1) {
    const startedAt = performance.now()
    const host = startHost(program, project)
    await askPage(await host.ready, { query: '', sort: ADDED, position: 0 })
    opens.push(performance.now() - startedAt)
    await stop(host)
  }
  const host = startHost(program, project)
  try {
    const client = await host.ready
    const jumps = await timeJumps(client, size)
    const queries = await timeEach('query', QUERIES, (query) =>
      askPage(client, { query, sort: ADDED, position: 0 }),
    )
    const orders = await timeEach(
      'order',
      SORT_KEYS.flatMap((key) => [false, true].map((descending) => ({ key, descending }))),
      (sort) => askPage(client, { query: '', sort, position: 0 }),
    )
    const facets = await timeEach('facets', ['', ...QUERIES], (query) =>
      client.library.facets({ query }),
    )
    const peak = readPeakMegabytes(host.pid)
    return [
      plainRow(nameOf('open', size), median(opens), 'ms'),
      ...quantileRows(nameOf('page', size), jumps),
      ...quantileRows(nameOf('query', size), queries),
      ...quantileRows(nameOf('order', size), orders),
      ...quantileRows(nameOf('facets', size), facets),
      ...(peak === null ? [] : [plainRow(nameOf('host-memory', size), peak, 'MB')]),
    ]
  } finally {
    await stop(host)
  }
}

async function timeJumps(client: Client, size: number): Promise<readonly number[]> {
  const random = createRandom(3)
  const times: number[] = []
  for (let jump = 0; jump < JUMPS; jump += 1) {
    const position = Math.floor(random() * (size - PAGE))
    times.push(await timeOf(() => askPage(client, { query: '', sort: ADDED, position })))
  }
  return times
}

/**
 * Each item in turn, several times over, so that no item profits from having just been asked. Says which one took
 * longest, because that one is what the 95th percentile speaks of.
 */
async function timeEach<Item>(
  what: string,
  items: readonly Item[],
  ask: (item: Item) => Promise<unknown>,
): Promise<readonly number[]> {
  const timed = items.map((item) => ({ item, times: [] as number[] }))
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    for (const { item, times } of timed) times.push(await timeOf(() => ask(item)))
  }
  const [slowest] = timed.toSorted((left, right) => median(right.times) - median(left.times))
  if (slowest !== undefined) {
    const [usual, worst] = [median(slowest.times), Math.max(...slowest.times)]
    process.stderr.write(
      `    slowest ${what}: ${JSON.stringify(slowest.item)}, ${usual.toFixed(1)} ms, at worst ${worst.toFixed(1)} ms\n`,
    )
  }
  return timed.flatMap(({ times }) => times)
}

function quantileRows(name: string, times: readonly number[]): BenchRow[] {
  return [0.5, 0.95].map((share) =>
    plainRow(`${name}.p${share * 100}`, quantile(times, share), 'ms'),
  )
}

async function askPage(
  client: Client,
  listing: { readonly query: string; readonly sort: Sort; readonly position: number },
): Promise<void> {
  await client.library.page({ ...listing, limit: PAGE })
}
