import type { ExportOptions } from '../../../shared/contract/exports.ts'
import type { ExportReads } from '../../db/export-reads.ts'
import { CROISSANT_NAME, writeCroissant } from '../../formats/croissant.ts'
import { CARD_NAME, writeDataCard } from '../../formats/data-card.ts'
import type { ExportRow, ExportTarget, WriteRequest } from '../../formats/format.ts'
import { getWriter } from '../../formats/registry.ts'
import { createFactCounter } from '../../formats/set-facts.ts'
import { inFolder } from './folder-target.ts'
import { exportRows } from './rows.ts'
import { createTextShaper, type TextTools } from './shape-rows.ts'
import type { WrittenFile } from './staged-target.ts'

export interface SetRequest {
  readonly format: string
  readonly where: string
  readonly options: ExportOptions
}

interface RowWatcher {
  add(row: ExportRow): void
}

/** The images of an export in the order of import, and which part of a split data set each is in. */
export interface ChosenSubset {
  readonly imageIds: Uint32Array
  readonly splits: {
    readonly names: readonly string[]
    /** Index into the names, for each image. */
    readonly splitOf: Uint8Array
  } | null
}

/** Writes a whole data set, or its first rows, into a target. Answers whether tokens were counted and not estimated. */
export async function writeSet(
  work: Pick<WriteRequest, 'signal' | 'onRow' | 'onError' | 'onWarning'> & {
    readonly reads: ExportReads
    readonly request: SetRequest
    readonly appVersion: string
    readonly target: ExportTarget
    readonly tools: TextTools
    /** What is written so far, with hashes. */
    readonly listFiles: () => readonly WrittenFile[]
    /** Sees each row on its way to the writer. */
    readonly watcher?: RowWatcher
    readonly subset: ChosenSubset
  },
): Promise<{ readonly areTokensExact: boolean }> {
  const { reads, request, signal, onRow, onError, onWarning } = work
  const { images, spreadsheetSafe, byteOrderMark, shardImages } = request.options
  const writer = getWriter(request.format)
  const about = await reads.describe({ withPeople: writer.namesPeople === true })
  const shaper = createTextShaper(request.options, work.tools)
  const isSeveral = request.options.text === 'several' && writer.holdsSeveral
  const counter = createFactCounter()
  const project = { ...about, appVersion: work.appVersion }
  const parts = partsOf(work.subset)
  for (const { split, imageIds } of parts) {
    const rows = exportRows(reads, {
      ...{ imageIds, shaper, isSeveral, projectUid: about.uid, signal },
      onLeftOut: () => {
        onRow('skipped')
      },
    })
    const isApart = split !== null && writer.namesSplits !== true
    await writer.write({
      rows: watched(rows, [
        ...(request.options.describe === null ? [] : [counter]),
        ...(work.watcher === undefined ? [] : [work.watcher]),
      ]),
      ...{ project, target: isApart ? inFolder(work.target, split) : work.target },
      options: {
        ...{ images, spreadsheetSafe, byteOrderMark, shardImages, isSeveral },
        ...(split === null ? {} : { split }),
      },
      ...{ signal, onRow, onError },
      onWarning: (message) => {
        onWarning(split === null ? message : `${split}: ${message}`)
      },
    })
  }
  if (request.options.text === 'several' && !isSeveral) {
    onWarning(`${writer.label} holds one text an image, so the first of each was written.`)
  }
  for (const warning of shaper.warnings()) onWarning(warning)
  const words = request.options.describe
  if (words !== null) {
    const known = { project, words, facts: counter.facts() }
    const card = writeDataCard({ ...known, formatLabel: writer.label })
    await writeText(work.target, CARD_NAME, card)
    const splits = parts.flatMap(({ split }) => split ?? [])
    const croissant = { ...known, formatId: writer.id, splits, files: work.listFiles() }
    await writeText(work.target, CROISSANT_NAME, writeCroissant(croissant))
  }
  return { areTokensExact: shaper.areTokensExact() }
}

interface Part {
  readonly split: string | null
  readonly imageIds: Uint32Array
}

/** A part for each split that has images: loaders stumble over empty ones. */
function partsOf({ imageIds, splits }: ChosenSubset): readonly Part[] {
  if (splits === null) return [{ split: null, imageIds }]
  const parts = splits.names.map((split, index) => ({
    split,
    imageIds: imageIds.filter((_, position) => splits.splitOf[position] === index),
  }))
  const filled = parts.filter((part) => part.imageIds.length > 0)
  return filled.length > 0 ? filled : parts.slice(0, 1)
}

function watched(
  rows: AsyncIterable<ExportRow>,
  watchers: readonly RowWatcher[],
): AsyncIterable<ExportRow> {
  return watchers.length === 0 ? rows : passOn(rows, watchers)
}

async function* passOn(
  rows: AsyncIterable<ExportRow>,
  watchers: readonly RowWatcher[],
): AsyncGenerator<ExportRow> {
  for await (const row of rows) {
    for (const watcher of watchers) watcher.add(row)
    yield row
  }
}

async function writeText(target: ExportTarget, name: string, text: string): Promise<void> {
  const file = await target.openText(name)
  await file.write(text)
  await file.close()
}
