import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from '../../src/main/http/rpc-client.ts'
import type { Job } from '../../src/shared/contract/jobs.ts'
import type { ImageId } from '../../src/shared/domain/ids.ts'
import type { Random } from '../scenes/random.ts'
import { checkInvariants } from './invariants.ts'
import {
  checkImportCounts,
  checkImported,
  checkStoredJobs,
  isInTheWay,
  waitForJobs,
} from './jobs.ts'
import { Ledger } from './ledger.ts'
import { startHost, startProgram, type Host, type Program } from '../program.ts'
import { readImages, withProjectCopy } from './project-copy.ts'
import type { Source } from './source.ts'
import type { Tally } from './tally.ts'
import { checkTarget, findLeftovers } from './targets.ts'
import { changeBatches, describe, editImages, isAnswer, type WriterContext } from './writers.ts'

const EDITORS = 3
const EXPORT_FORMATS = ['jsonl', 'csv', 'txt', 'imagefolder', 'realign'] as const
const TARGETS = 4
const SHARE_AT_START = 0.15
const SHARE_OF_BATCHES = 0.2
const LONGEST_START_MS = 600
const LONGEST_WORK_MS = 1_200

export interface LaneOptions {
  readonly program: Program
  /** A folder of the lane's own. */
  readonly folder: string
  readonly kills: number
  readonly random: Random
  readonly tally: Tally
}

interface Lane extends LaneOptions {
  readonly project: string
  readonly base: Source
  /** Imported through the API while people edit. */
  readonly extra: readonly Source[]
  /** Targets that an export was asked for, answered or not. */
  readonly targets: Set<string>
  /** Jobs whose start was answered. */
  readonly jobIds: Set<number>
  readonly imageIds: readonly ImageId[]
  readonly ledger: Ledger
}

/**
 * Kills the Node host again and again on one project, while several writers edit it and jobs run, and compares
 * what is in the project file after each kill with what was acknowledged. Stops at the first violation, because
 * all that follows from it would be reported too.
 */
export async function runEditingLane(
  options: LaneOptions & { readonly base: Source; readonly extra: readonly Source[] },
): Promise<void> {
  const lane = await prepare(options)
  const { tally, random } = lane
  for (let kill = 0; kill < lane.kills && tally.violations.length === 0; kill += 1) {
    const host = startHost(lane.program, lane.project)
    try {
      if (random.chance(SHARE_AT_START)) await killAtStart(lane, host)
      else await killWhileWriting(lane, host, kill)
    } finally {
      // Where the test itself failed, nothing of it may live on.
      await host.kill()
    }
    tally.kills += 1
    await check(lane)
  }
  if (tally.violations.length === 0) await finish(lane)
}

async function prepare(
  options: LaneOptions & { readonly base: Source; readonly extra: readonly Source[] },
): Promise<Lane> {
  const project = join(options.folder, 'edited')
  const run = startProgram(options.program, [
    ...['import', options.base.path, '--project', project, '--json', '--quiet'],
  ])
  const code = await run.ended
  if (code !== 1) throw new Error(`The first import ended with ${String(code)}: ${run.stderr()}`)
  const imageIds = await look(options.folder, project, (db) => [...readImages(db).keys()])
  if (imageIds === null) throw new Error('The first import left no project.')
  return {
    ...options,
    project,
    imageIds,
    ledger: new Ledger(imageIds),
    targets: new Set(),
    jobIds: new Set(),
  }
}

async function killAtStart(lane: Lane, host: Host): Promise<void> {
  await sleep(lane.random.integer(0, LONGEST_START_MS))
  await killHost(lane, host)
  lane.tally.killsAtStart += 1
}

async function killWhileWriting(lane: Lane, host: Host, round: number): Promise<void> {
  const { random, tally, ledger } = lane
  const startedAt = performance.now()
  const client = await host.ready
  tally.startupsMs.push(performance.now() - startedAt)
  await resumeByHand(lane, client)
  await compareThroughApi(lane, client)
  const killed = new AbortController()
  let serial = 0
  const context: WriterContext = {
    client,
    ledger,
    random,
    signal: killed.signal,
    nextSerial: () => round * 1_000_000 + (serial += 1),
    report: (violation) => tally.violate(`kill ${round + 1}`, [violation]),
  }
  const work = Promise.all([...startWriters(lane, context), startJob(lane, context)])
  await sleep(random.integer(20, LONGEST_WORK_MS))
  const gone = killHost(lane, host)
  killed.abort()
  await Promise.all([gone, work])
  tally.killsWhileWriting += 1
}

/** In some rounds the batches are alone, and may use the project's undo. */
function startWriters(lane: Lane, context: WriterContext): readonly Promise<void>[] {
  const { imageIds, random } = lane
  const shares = Array.from({ length: EDITORS + 1 }, (_, share) =>
    imageIds.filter((_id, index) => index % (EDITORS + 1) === share),
  )
  const own = shares.pop() ?? []
  const mayUndo = random.chance(SHARE_OF_BATCHES)
  const batches = changeBatches(context, { taggable: imageIds, own, mayUndo })
  return mayUndo ? [batches] : [batches, ...shares.map((share) => editImages(context, share))]
}

/** Now and then an export, to a new target or over an old one, or an import of another source. */
async function startJob(lane: Lane, { client, signal, report }: WriterContext): Promise<void> {
  const { random, targets, jobIds } = lane
  const choice = random.next()
  const target = join(lane.folder, 'exports', `target ${random.integer(1, TARGETS)}`)
  const source = random.pick(lane.extra)
  const format = random.pick(EXPORT_FORMATS)
  try {
    if (choice < 0.4) {
      targets.add(target)
      jobIds.add((await client.exports.start({ format, out: target })).jobId)
    } else if (choice < 0.7) {
      jobIds.add((await client.imports.start({ path: source.path })).jobId)
    }
  } catch (error) {
    if (!signal.aborted || isAnswer(error)) report(`A job could not be started: ${describe(error)}`)
  }
}

async function killHost(lane: Lane, host: Host): Promise<void> {
  const orphans = await host.kill()
  if (orphans.length > 0) {
    lane.tally.violate('after a kill', [`Child processes live on: ${orphans.join(', ')}.`])
  }
}

/** Straight after the kill, before anything could repair it. */
async function check(lane: Lane): Promise<void> {
  const { tally, ledger } = lane
  const where = `kill ${tally.kills}`
  const found = await look(lane.folder, lane.project, (db) => ({
    violations: [...checkInvariants(db), ...checkStoredJobs(db, lane.jobIds)],
    images: readImages(db),
  }))
  if (found === null) {
    tally.violate(where, ['The project is gone.'])
    return
  }
  tally.violate(where, found.violations)
  tally.violate(where, ledger.settle(found.images))
  tally.acknowledgedWrites = ledger.acknowledged
  for (const target of lane.targets) {
    tally.violate(where, (await checkTarget(target)).violations)
  }
}

/** The restarted host must show the same as the file: all statuses, and a handful of images in full. */
async function compareThroughApi(lane: Lane, client: Client): Promise<void> {
  const { ledger, random, tally } = lane
  for (const imageId of random.shuffle(lane.imageIds).slice(0, 8)) {
    const image = await client.align.get({ imageId })
    const { state, revisions } = ledger.model(imageId)
    const isSame =
      image.headRevisionId === ledger.headId(imageId) &&
      image.status === state.status &&
      (image.draft?.text ?? null) === state.draft &&
      image.revisions.length === revisions.length &&
      image.revisions.every((revision, index) => revision.text === revisions[index])
    if (!isSame) tally.violate(`kill ${tally.kills}`, [`Image ${imageId} differs after restart.`])
  }
}

/**
 * A job that was killed at each of its attempts waits for a person, who is played here. Answers how many could not
 * be resumed because another job did the same work, as it may be at any moment.
 */
async function resumeByHand(lane: Lane, client: Client): Promise<number> {
  let refused = 0
  for (const job of await client.jobs.list({ limit: 200 })) {
    if (job.error?.code !== 'JOB_POISONED') continue
    try {
      await client.jobs.resume({ jobId: job.id })
      lane.tally.jobsResumedByHand += 1
    } catch (error) {
      const others = await client.jobs.list({ limit: 200 })
      if (!others.some((other) => isInTheWay(job, other))) throw error
      refused += 1
    }
  }
  return refused
}

/** Without kills each round of jobs ends, and those that were in the way of others are then out of it. */
async function endAllJobs(lane: Lane, client: Client): Promise<readonly Job[]> {
  for (;;) {
    const refused = await resumeByHand(lane, client)
    const jobs = await waitForJobs(client)
    if (refused === 0) return jobs
  }
}

/** Lets every interrupted job come to its end by itself, and compares all that they made. */
async function finish(lane: Lane): Promise<void> {
  const { tally, project, folder } = lane
  const host = startHost(lane.program, project)
  const client = await host.ready
  const jobs = await endAllJobs(lane, client)
  for (const job of jobs) {
    const source = [lane.base, ...lane.extra].find(({ path }) => job.title.endsWith(basename(path)))
    if (job.kind === 'import.run' && source !== undefined) {
      tally.violate(job.title, checkImportCounts(job, source.expected))
      tally.importsFinished += 1
    }
    if (job.kind === 'export.run') {
      const sum = job.done + job.skipped + job.failed
      // A job that made way for a newer one stopped in the middle, as it should.
      if (job.error?.code === 'JOB_REPLACED') continue
      if (sum !== job.total) tally.violate(job.title, [`${sum} of ${String(job.total)} rows.`])
      tally.exportsFinished += 1
    }
  }
  host.terminate()
  if ((await host.ended) !== 0) tally.violate('closing', [`The host failed: ${host.stderr()}`])
  await check(lane)
  const sources = [lane.base, ...lane.extra]
  const wrong = await look(folder, project, (db) => checkImported(db, sources))
  tally.violate('at the end', wrong ?? [])
  for (const target of lane.targets) tally.violate('at the end', await findLeftovers(target))
}

function look<Value>(
  folder: string,
  project: string,
  work: Parameters<typeof withProjectCopy<Value>>[2],
): Promise<Value | null> {
  return withProjectCopy(project, join(folder, 'copy'), work)
}
