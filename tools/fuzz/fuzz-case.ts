import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fromPictureAddress } from '../../src/main/base/picture-address.ts'
import type { SourceEvent } from '../../src/main/formats/format.ts'
import { sniffSource } from '../../src/main/formats/registry.ts'
import { readPictureBytes } from '../../src/main/media/image-file.ts'
import { AppError } from '../../src/shared/errors.ts'
import type { Fixture } from './fixtures.ts'
import type { Imports } from './import-set.ts'
import { createRandom, mutate } from './mutate.ts'

/** A Parquet thread that hangs is ended after 20 s, once for each part. */
const LIMIT_MS = 90_000
const MAX_EVENTS = 10_000
const PICTURES_READ = 4

/**
 * Reads a damaged copy of a fixture, and imports it where `imports` is given. Answers how many rows were met, or throws
 * with what is wrong.
 */
export async function runCase(options: {
  readonly fixture: Fixture
  readonly seed: number
  readonly folder: string
  readonly imports?: Imports | undefined
}): Promise<number> {
  const { fixture, seed, folder, imports } = options
  const random = createRandom(seed)
  const outer = await mkdtemp(join(folder, 'case-'))
  const root = join(outer, 'set')
  try {
    await writeDamaged(fixture, root, random)
    const path = join(root, fixture.entry)
    const { events, isReadToEnd } = await readAll(fixture, path)
    for (const event of events) checkEvent(event, root)
    await readPictures(events)
    const rows = events.filter(({ kind }) => kind !== 'warning').length
    await imports?.check({ path, format: fixture.reader.id, rows, isReadToEnd })
    const beside = await readdir(outer)
    if (beside.length !== 1)
      throw new Error(`Something was written beside the source: ${beside.join(', ')}`)
    return rows
  } finally {
    await rm(outer, { recursive: true, force: true })
  }
}

/** One file of the fixture is damaged, mostly one that is read as text or table. */
async function writeDamaged(fixture: Fixture, root: string, random: () => number): Promise<void> {
  const names = [...fixture.files.keys()].sort()
  const likely = names.filter((name) => !/\.(?:jpe?g|gif|png)$/.test(name))
  const chosen = random() < 0.95 && likely.length > 0 ? likely : names
  const target = chosen[Math.floor(random() * chosen.length)]
  for (const [name, bytes] of fixture.files) {
    await mkdir(dirname(join(root, name)), { recursive: true })
    await writeFile(join(root, name), name === target ? mutate(bytes, random) : bytes)
  }
}

async function readAll(
  { reader }: Fixture,
  path: string,
): Promise<{ readonly events: readonly SourceEvent[]; readonly isReadToEnd: boolean }> {
  const signal = AbortSignal.timeout(LIMIT_MS)
  const events: SourceEvent[] = []
  // Damage may hide what it is; who says the format gets it read.
  await sniffSource(path).catch((error: unknown) => {
    checkRefusal(error, path)
  })
  try {
    await reader.preview({ path, map: {}, limit: 20, signal })
    for await (const event of reader.read({ path, map: {}, signal })) {
      events.push(event)
      if (events.length > MAX_EVENTS) throw new Error('There is no end of rows.')
    }
  } catch (error) {
    checkRefusal(error, path)
    return { events, isReadToEnd: false }
  }
  return { events, isReadToEnd: true }
}

/** That a source cannot be read at all is an answer too. */
function checkRefusal(error: unknown, path: string): void {
  if (!(error instanceof AppError)) throw error
  if (error.message.includes(dirname(path)))
    throw new Error(`A path was told: ${error.message}`, { cause: error })
}

function checkEvent(event: SourceEvent, root: string): void {
  if (event.kind !== 'record') {
    const text = event.kind === 'error' ? `${event.item} ${event.message}` : event.message
    if (event.message === '' || text.includes(root)) throw new Error(`A bad message: ${text}`)
    return
  }
  const { filePath, locator } = event.record
  if (locator === '') throw new Error('A record has no name.')
  if (filePath === null) return
  const way = relative(root, fromPictureAddress(filePath).path)
  if (way.startsWith('..')) throw new Error(`A record leads out of the source: ${way}`)
}

async function readPictures(events: readonly SourceEvent[]): Promise<void> {
  const addresses = events
    .flatMap((event) =>
      event.kind === 'record' && event.record.filePath !== null ? [event.record.filePath] : [],
    )
    // Cells are decoded by the media process, which ends what hangs there.
    .filter((address) => fromPictureAddress(address).part?.kind !== 'cell')
  for (const address of addresses.slice(0, PICTURES_READ)) {
    try {
      await readPictureBytes(address)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
    }
  }
}
