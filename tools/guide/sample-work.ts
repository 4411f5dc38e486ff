import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient, type Client } from '../../src/main/http/rpc-client.ts'
import type { LibraryRow } from '../../src/shared/contract/library.ts'
import type { ImageId } from '../../src/shared/domain/ids.ts'
import { DEFAULT_SORT } from '../../src/shared/domain/sort.ts'
import type { HostProcess } from '../host-process.ts'
import { ROOT } from '../package-root.ts'

export const SAMPLE = join(ROOT, 'resources', 'sample')
const COLLEAGUE = 'Jonas'
const WAIT_MS = 120_000
/** Images of the sample that were worked on; the pictures of Align show later ones. */
const WORKED_ON = 70

const GUIDELINE = `# What a caption says

- What can be **seen**: things, how many, colours, where they are, and what is written on signs.
- Names of people and places only where the picture shows them.
- No moods, no guesses, no “the image shows”.
`

/** The sample project as after a few days of work by two people. */
export interface SampleWork {
  /** The owner, Mira. */
  readonly client: Client
  readonly colleague: Client
  readonly rows: readonly LibraryRow[]
  /** What the pictures truly show, by file name. */
  readonly captions: ReadonlyMap<string, string>
}

export async function prepareSampleWork(host: HostProcess): Promise<SampleWork> {
  const { client } = host
  await waitForJobs(client)
  await client.settings.set({ personName: 'Mira' })
  const page = { query: '', sort: DEFAULT_SORT, position: 0, limit: 500 }
  const { rows } = await client.library.page(page)
  const work = {
    ...{ client, rows, captions: await readTrueCaptions() },
    colleague: await inviteColleague(host),
  }
  await client.rounds.saveGuideline({ round: 1, baseVersion: 0, markdown: GUIDELINE })
  await caption(work)
  await decide(work)
  await tag(client)
  return work
}

export function findRow({ rows }: SampleWork, name: string): LibraryRow {
  const row = rows.find((candidate) => candidate.name === name)
  if (row === undefined) throw new Error(`The sample holds no ${name} for the guide's pictures.`)
  return row
}

/** Submits on top of what is there. */
export async function submitTo(client: Client, imageId: ImageId, text: string): Promise<void> {
  const { headRevisionId } = await client.align.get({ imageId })
  await client.align.submit({ imageId, baseRevisionId: headRevisionId, text })
}

/** As from a table with a second column of captions. */
export async function importProposal(
  { client }: SampleWork,
  name: string,
  text: string,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'realign-guide-'))
  try {
    const source = join(folder, 'second-captions')
    await mkdir(source)
    await copyFile(join(SAMPLE, 'images', name), join(source, name))
    const table = join(source, 'metadata.jsonl')
    await writeFile(table, `${JSON.stringify({ file_name: name, proposal: text })}\n`)
    await client.imports.start({ path: table })
    await waitForJobs(client)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function caption({ client, colleague, rows, captions }: SampleWork): Promise<void> {
  for (const [index, row] of rows.slice(0, WORKED_ON).entries()) {
    if (index % 7 === 3) continue
    const author = index % 7 === 2 || index % 3 === 0 ? colleague : client
    await submitTo(author, row.id, captions.get(row.name) ?? row.text)
  }
}

async function decide({ client, rows }: SampleWork): Promise<void> {
  for (const [status, rests] of [
    ['accepted', [0, 1, 4, 5]],
    ['returned', [6]],
  ] as const) {
    const images = rows.slice(0, WORKED_ON).filter((_, index) => rests.some((r) => r === index % 7))
    const selection = { kind: 'ids' as const, ids: images.map((row) => row.id) }
    await client.library.setStatus({ selection, status })
  }
}

async function tag(client: Client): Promise<void> {
  for (const [name, query] of [
    ['animals', 'caption:cat* OR caption:poodle* OR caption:deer OR caption:duck*'],
    ['traffic', 'caption:car* OR caption:bus* OR caption:truck*'],
    ['night', 'caption:night'],
  ] as const) {
    const selection = { kind: 'query' as const, query, except: [] }
    await client.library.setTag({ selection, tag: name, on: true })
  }
}

/** Somebody who came in by a link, as a second person at the same host. */
async function inviteColleague({ client, origin }: HostProcess): Promise<Client> {
  const { path } = await client.people.invite({ name: COLLEAGUE })
  const token = new URL(path, origin).searchParams.get('token') ?? ''
  return createClient(origin, (request) => {
    request.headers.set('authorization', `Bearer ${token}`)
    return fetch(request)
  })
}

async function waitForJobs(client: Client): Promise<void> {
  const endAt = Date.now() + WAIT_MS
  while (Date.now() < endAt) {
    const jobs = await client.jobs.list({})
    if (jobs.length > 1 && jobs.every((job) => job.state === 'done')) return
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  throw new Error('The sample was not imported in time.')
}

async function readTrueCaptions(): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(join(SAMPLE, 'truth.jsonl'), 'utf8')
  const rows = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly file_name: string; readonly caption: string })
  return new Map(rows.map((row) => [row.file_name.replace(/^.*\//, ''), row.caption]))
}
