import { stat } from 'node:fs/promises'
import { basename, relative } from 'node:path'
import { z } from 'zod'
import type { AppEvent } from '../../../shared/contract/events.ts'
import { columnMap } from '../../../shared/contract/imports.ts'
import type { SourceId } from '../../../shared/domain/ids.ts'
import { AppError } from '../../../shared/errors.ts'
import { encodePart, fromPictureAddress } from '../../base/picture-address.ts'
import type { FeatureContext, OpenProject } from '../open-project.ts'
import type { SourceEvent, SourceRecord } from '../../formats/format.ts'
import type { JobKind, JobRun } from '../../jobs/job-kind.ts'
import type { MediaClient } from '../../media/client.ts'
import type { ImportBatchResult, ImportItem } from '../../db/queries/import-item.ts'
import { guessRowCount } from './count-rows.ts'
import { createFolderNames } from './folder-names.ts'
import { createPictureCheck, type PictureCheck } from './picture-check.ts'
import { planSource, type SourcePlan } from './source-plan.ts'

/** Rows per transaction. With pictures a batch takes seconds to probe, and a kill costs at most one batch. */
const BATCH_WITH_PICTURES = 64
const BATCH_WITHOUT_PICTURES = 2_000
const MAX_WARNINGS = 20
const ANNOUNCE_EVERY_MS = 500

const importParams = z.object({
  path: z.string(),
  format: z.string(),
  map: columnMap,
})
export type ImportParams = z.infer<typeof importParams>

interface Import {
  readonly project: OpenProject
  readonly plan: SourcePlan
  readonly sourceId: SourceId
  readonly run: JobRun
  readonly check: PictureCheck
  readonly totals: Totals
  /** Tells the windows that listings moved, a few times a second at most. */
  readonly announce: () => void
}

const LISTINGS_MOVED: AppEvent = { topic: 'images', imageIds: null, isStructural: true }

function createAnnouncer(publish: FeatureContext['publish']): () => void {
  let lastAt = 0
  return () => {
    if (Date.now() - lastAt < ANNOUNCE_EVERY_MS) return
    lastAt = Date.now()
    publish(LISTINGS_MOVED)
  }
}

interface Totals {
  added: number
  changed: number
  unchanged: number
  sameContent: number
  altTexts: number
  captions: number
  proposals: number
  nowMissing: number
  readonly warnings: string[]
}

/**
 * Reads a source into the project. It resumes by place: pictures that this job stored before it was interrupted are
 * not read again, and texts that are there already are not added again.
 */
export function createImportKind(options: {
  readonly context: FeatureContext
  readonly media: MediaClient
  readonly afterImport: (project: OpenProject) => Promise<void>
}): JobKind<ImportParams> {
  return {
    name: 'import.run',
    lane: 'io',
    params: importParams,
    dedupeKey: (params) => `import:${params.path}`,
    title: (params) => `Import ${basename(params.path)}`,
    async run(params, run) {
      const project = options.context.openProject()
      const plan = await planSource(params)
      const sourceId = await project.db.write.ensureSource({
        path: plan.path,
        root: plan.root,
        format: plan.reader.id,
        map: plan.map,
      })
      const work: Import = {
        project,
        plan,
        sourceId,
        run,
        check: createPictureCheck(options.media, createFolderNames(), run.signal),
        totals: createTotals(),
        announce: createAnnouncer((event) => options.context.publish(event)),
      }
      const about = (await plan.reader.readProject?.(plan.path)) ?? null
      if (about !== null) await project.db.write.adoptProject(about)
      const guess = countRows(plan, run.signal).then((total) => run.setTotal(total))
      await importAll(work)
      await guess
      await markGone(work)
      await project.db.write.finishSource({ sourceId })
      run.setResult(toFacts(work.totals))
      options.context.publish(LISTINGS_MOVED)
      await options.afterImport(project)
    },
  }
}

async function importAll(work: Import): Promise<void> {
  const { plan, run } = work
  let batch: SourceRecord[] = []
  let hasPictures = false
  let writing: Promise<void> = Promise.resolve()

  // One batch is written while the next one is read and probed.
  async function flush(): Promise<void> {
    const records = batch
    batch = []
    hasPictures = false
    if (records.length === 0) return
    const items = await prepareItems(work, records)
    await writing
    writing = store(work, items)
    // Its error is met at the next await; until then it must not count as unhandled.
    writing.catch(() => {})
  }

  async function readAll(): Promise<void> {
    const request = { path: plan.path, map: plan.map, signal: run.signal }
    for await (const event of plan.reader.read(request)) {
      run.signal.throwIfAborted()
      const record = takeRecord(work, event)
      if (record === null) continue
      batch.push(record)
      hasPictures ||= record.filePath !== null
      if (batch.length >= (hasPictures ? BATCH_WITH_PICTURES : BATCH_WITHOUT_PICTURES))
        await flush()
    }
  }

  try {
    await readAll()
    await flush()
  } catch (error) {
    // What the source gave before it could not be read on is kept.
    if (error instanceof AppError && !run.signal.aborted) await flush()
    throw error
  } finally {
    await writing
  }
}

function takeRecord(work: Import, event: SourceEvent): SourceRecord | null {
  switch (event.kind) {
    case 'record':
      return event.record
    case 'error':
      work.run.fail(event)
      return null
    case 'warning':
      if (work.totals.warnings.length < MAX_WARNINGS) work.totals.warnings.push(event.message)
      return null
  }
}

async function prepareItems(
  work: Import,
  records: readonly SourceRecord[],
): Promise<readonly ImportItem[]> {
  // What is known of a place saves reading its file; rows without files are told apart when they are stored.
  const locators = records.flatMap((record) => (record.filePath === null ? [] : [record.locator]))
  const known =
    locators.length === 0
      ? []
      : await work.project.db.read.listKnownLocations({ sourceId: work.sourceId, locators })
  const byLocator = new Map(known.map((location) => [location.locator, location]))
  const pictures = await work.check.check(
    records.map((record) => {
      const location = byLocator.get(record.locator) ?? null
      return { record, known: location, wasSeen: location?.seenJobId === work.run.id }
    }),
  )
  return records.map((record) => ({
    locator: record.locator,
    ...placeOf(work, record),
    url: record.url,
    name: nameOf(record),
    originLocators: record.exchange?.locations ?? null,
    picture: pictures.get(record) ?? { kind: 'unchanged' },
    altTexts: record.exchange?.alts ?? record.altTexts,
    row: record.row,
    caption: record.exchange === null ? record.caption : null,
    proposals: record.proposals,
    tags: record.tags,
    history: record.exchange,
  }))
}

function placeOf(work: Import, record: SourceRecord): Pick<ImportItem, 'path' | 'part'> {
  if (record.filePath === null) return { path: null, part: null }
  const { path, part } = fromPictureAddress(record.filePath)
  return { path: relative(work.plan.root, path), part: encodePart(part) }
}

function nameOf(record: SourceRecord): string {
  if (record.exchange !== null) return record.exchange.fileName
  if (record.filePath !== null) return basename(record.locator)
  if (record.url !== null) return record.url.split(/[?#]/)[0]?.split('/').at(-1) ?? record.url
  return record.locator
}

async function store(work: Import, items: readonly ImportItem[]): Promise<void> {
  const { project, run, sourceId } = work
  const { personId } = project
  const result = await project.db.write.importBatch({ sourceId, jobId: run.id, personId, items })
  run.markProgress()
  countOutcomes(work, items, result)
  work.announce()
}

function countOutcomes(
  { run, totals }: Import,
  items: readonly ImportItem[],
  result: ImportBatchResult,
): void {
  totals.altTexts += result.altTexts
  totals.captions += result.captions
  totals.proposals += result.proposals
  for (const [index, outcome] of result.outcomes.entries()) {
    const item = items[index]
    if (outcome === 'added') totals.added += 1
    else if (outcome === 'changed') totals.changed += 1
    else if (outcome === 'same-content') totals.sameContent += 1
    else if (outcome === 'unchanged') totals.unchanged += 1
    // A row that names no file at all is a row of links: to be without a picture is no fault of it.
    if (item?.picture.kind === 'problem' && item.path !== null) {
      run.fail({ item: item.locator, code: item.picture.code, message: item.picture.message })
    } else run.count(outcome === 'unchanged' ? 'skipped' : 'done')
  }
}

/** Files that an earlier import stored and this one did not meet: those that are gone become missing items. */
async function markGone(work: Import): Promise<void> {
  const { project, run, sourceId } = work
  let after = 0
  for (;;) {
    const page = await project.db.read.listUnseenLocations({
      sourceId,
      jobId: run.id,
      after,
      limit: 500,
    })
    const last = page.at(-1)
    if (last === undefined) break
    after = last.id
    run.signal.throwIfAborted()
    const checked = await Promise.all(
      page.map(async (location) => ({
        location,
        isThere: await stat(location.path).then(
          () => true,
          () => false,
        ),
      })),
    )
    const gone = checked.filter((entry) => !entry.isThere).map((entry) => entry.location.imageId)
    if (gone.length === 0) continue
    work.totals.nowMissing += await project.db.write.markMissing({
      imageIds: gone,
      message:
        'The picture file was here at an earlier import and is gone now. Put it back and import the source again; the texts are kept.',
    })
  }
}

function countRows({ reader, path }: SourcePlan, signal: AbortSignal): Promise<number | null> {
  return reader.countRows?.(path, signal).catch(() => null) ?? guessRowCount(path, signal)
}

function createTotals(): Totals {
  return {
    added: 0,
    changed: 0,
    unchanged: 0,
    sameContent: 0,
    altTexts: 0,
    captions: 0,
    proposals: 0,
    nowMissing: 0,
    warnings: [],
  }
}

function toFacts(totals: Totals): Record<string, string | number> {
  const { warnings, ...counts } = totals
  return warnings.length === 0 ? counts : { ...counts, warnings: warnings.join('\n') }
}
