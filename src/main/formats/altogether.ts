import { readFile } from 'node:fs/promises'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import type { ColumnMap } from '../../shared/domain/column-roles.ts'
import { EmbeddedPicture } from './embedded-picture.ts'
import type { FormatReader } from './format.ts'
import { isObject, openJsonTable, textOf, type JsonObject } from './json-table.ts'
import { hasExtension, kindOfPath, readHead } from './source-file.ts'
import { isInside } from './source-paths.ts'
import { createTableReader, SAMPLE_ROWS, type TableFile, type TableRow } from './table-source.ts'
import {
  findPictureMember,
  type SampleEvent,
  type TarSample,
  type TarShard,
} from './tar-samples.ts'
import { peekSamples, readAllSamples } from './tar-shards.ts'

const ROUND_NAME = /^round(\d+)$/
const ROWS_A_BATCH = 64
const MAX_SIDE_BYTES = 256 * 1024 * 1024
const COLUMNS = ['image', 'alt', 'title', 'caption'] as const
const ROLES = { image: 'image', alt: 'alt', title: 'title', caption: 'caption' } as const

/** The records that captions are trained on: alt-text, rounds, address and path of each image. */
export const altogetherReader: FormatReader = createTableReader({
  id: 'altogether',
  label: 'Altogether records',
  description:
    'A JSON document whose "data" has alt, round1 to roundN, url and img_path. The last round is the caption.',
  sniff: sniffRecords,
  open: openRecords,
})

async function sniffRecords(path: string): Promise<number> {
  if ((await kindOfPath(path)) !== 'file' || !hasExtension(path, ['json'])) return 0
  const head = await readHead(path)
  return /"data"\s*:\s*\[/.test(head) && /"(?:round\d+|img_path)"\s*:/.test(head) ? 0.9 : 0
}

function openRecords(path: string, signal: AbortSignal): Promise<TableFile> {
  const root = dirname(path)
  return openJsonTable({
    ...{ path, signal, list: 'data' },
    toCells: (record) => withPicture(withCaption(record), root),
    roles: rolesOf,
  })
}

/** Paths are those of the machine that the file was made on; one that leads elsewhere here is no reason to lose the texts. */
function withPicture(record: JsonObject, root: string): JsonObject {
  const path = record['img_path']
  if (typeof path !== 'string' || !isAbsolute(path) || isInside(root, resolve(path))) return record
  const url = record['url']
  const locator = typeof url === 'string' && url !== '' ? `url:${url}` : `path:${path}`
  const message =
    'The record names a file outside of the folder of the document. Put the picture beside the document and import it again.'
  const picture = new EmbeddedPicture(locator, null, { code: 'IMAGE_FILE_MISSING', message })
  return { ...record, img_path: picture }
}

/** The record's last round is the caption; one that is the alt-text still was never worked on. */
function withCaption(record: JsonObject): JsonObject {
  const last = roundNames(Object.keys(record)).findLast((name) => textOf(record, name) !== null)
  if (last === undefined) return record
  const { [last]: caption, ...rest } = record
  return { ...rest, caption: caption === record['alt'] ? null : caption }
}

function roundNames(names: readonly string[]): readonly string[] {
  const numberOf = (name: string): number => Number(ROUND_NAME.exec(name)?.[1])
  return names
    .filter((name) => ROUND_NAME.test(name))
    .sort((left, right) => numberOf(left) - numberOf(right))
}

/** Rounds before the last one are texts to look at. */
function rolesOf(columns: readonly string[]): ColumnMap {
  const known = { img_path: 'image', url: 'url', alt: 'alt', caption: 'caption' } as const
  return Object.fromEntries([
    ...Object.entries(known).filter(([name]) => columns.includes(name)),
    ...roundNames(columns).map((name) => [name, 'proposal'] as const),
  ])
}

/** Shards of pre-training: pairs of `UUID.json` and `UUID.jpeg`, with captions beside them where there are some. */
export const metaclipReader: FormatReader = createTableReader({
  id: 'metaclip',
  label: 'MetaCLIP shards',
  description:
    'Tar archives of UUID.json with lists of texts and UUID.jpeg; captions and texts in JSON files beside them are joined.',
  sniff: sniffShards,
  open: openShards,
})

async function sniffShards(path: string): Promise<number> {
  if ((await kindOfPath(path)) === 'absent') return 0
  const isOurs = await peekSamples(path, 3, async (sample, shard) => {
    const texts = await readTexts(sample, shard)
    return typeof texts !== 'string' && texts.length > 0
  })
  return isOurs.includes(true) ? 0.95 : 0
}

const LONELY_TEXTS =
  'There is no picture for these texts; the loader of MetaCLIP stops at such a pair. The sample was left out.'
const LONELY_PICTURE =
  'There are no texts for this picture; the loader of MetaCLIP stops at such a pair. The sample was left out.'

type KindAndText = readonly [kind: string, text: string]

async function openShards(path: string, signal: AbortSignal): Promise<TableFile> {
  const sample = await peekSamples(path, SAMPLE_ROWS, (found, shard) =>
    toRow({ kind: 'sample', sample: found, shard }, 1, NO_SIDE_TEXTS),
  )
  signal.throwIfAborted()
  return {
    columns: COLUMNS,
    sample: sample.flatMap((row) => (row.kind === 'cells' ? [row.cells] : [])),
    encoding: 'UTF-8',
    warnings: [],
    roles: ROLES,
    rows: (wanted, rowSignal) =>
      readShards(
        path,
        wanted.map(({ index }) => index),
        rowSignal,
      ),
  }
}

async function* readShards(
  path: string,
  indexes: readonly number[],
  signal: AbortSignal,
): AsyncGenerator<readonly TableRow[]> {
  const root = (await kindOfPath(path)) === 'folder' ? path : dirname(path)
  let side = NO_SIDE_TEXTS
  let sideOf = ''
  let number = 0
  let misnamed = 0
  let rows: TableRow[] = []
  for await (const event of readAllSamples({ path, signal })) {
    if (event.kind === 'sample') {
      number += 1
      const { locator } = event.shard
      if (sideOf !== locator) side = await readSideTexts(root, locator)
      sideOf = locator
      const field = findPictureMember(event.sample)?.field
      if (field !== undefined && field !== 'jpeg') misnamed += 1
    }
    const row = await toRow(event, number, side)
    rows.push(row.kind === 'cells' ? { ...row, cells: indexes.map((at) => row.cells[at]) } : row)
    if (rows.length < ROWS_A_BATCH) continue
    yield rows
    rows = []
  }
  yield rows
  if (misnamed === 0) return
  const message = `${misnamed} pictures end in something other than .jpeg. They were imported, but the loader of MetaCLIP stops at them.`
  yield [{ kind: 'warning', message }]
}

async function toRow(event: SampleEvent, number: number, side: SideTexts): Promise<TableRow> {
  if (event.kind !== 'sample') return event.kind === 'error' ? { number, ...event } : event
  const { sample, shard } = event
  const item = `${shard.locator}/${sample.key}`
  const texts = await readTexts(sample, shard)
  if (typeof texts === 'string') return { kind: 'error', number, item, message: texts }
  const picture = findPictureMember(sample)
  const hasTexts = sample.members.some(({ field }) => field === 'json')
  if (picture === undefined) {
    return { kind: 'error', number, item, message: LONELY_TEXTS }
  }
  const caption = side.captions.get(sample.key) ?? null
  const packed = side.alts.get(sample.key) ?? []
  if (!hasTexts && caption === null && packed.length === 0) {
    return { kind: 'error', number, item, message: LONELY_PICTURE }
  }
  const cell = new EmbeddedPicture(`${shard.locator}/${picture.name}`, shard.addressOf(picture))
  const ofKind = (isTitle: boolean) =>
    texts.filter(([kind]) => kind.includes('title') === isTitle).map(([, text]) => text)
  return {
    kind: 'cells',
    number,
    cells: [cell, [...ofKind(false), ...packed], ofKind(true), caption],
  }
}

/** Texts with their kinds; a text in their place says what is wrong. The docstring says `text`, the code `texts`. */
async function readTexts(
  sample: TarSample,
  shard: TarShard,
): Promise<readonly KindAndText[] | string> {
  const member = sample.members.find(({ field }) => field === 'json')
  if (member === undefined) return []
  const read = await shard.readText(member)
  if (typeof read === 'string') return `${read}. The sample was left out.`
  const parsed = parseJson(read.text)
  const list = isObject(parsed) ? (parsed['texts'] ?? parsed['text']) : undefined
  if (!Array.isArray(list)) return `"${member.name}" has no list "texts". The sample was left out.`
  return list.flatMap((entry: unknown): KindAndText[] => {
    if (!Array.isArray(entry)) return []
    const [kind, text] = entry as readonly unknown[]
    return typeof kind === 'string' && typeof text === 'string' && text !== '' ? [[kind, text]] : []
  })
}

/** What JSON files beside a shard say of its pictures, by their names. */
interface SideTexts {
  readonly captions: ReadonlyMap<string, string>
  readonly alts: ReadonlyMap<string, readonly string[]>
}

const NO_SIDE_TEXTS: SideTexts = { captions: new Map(), alts: new Map() }

/**
 * Texts of a shard where they lie as MetaCLIP keeps them: `captions/<the shard's folder>/<its number>.json`, and
 * those of the second generation, whose shards hold pictures alone, in `pkg_json`.
 */
async function readSideTexts(root: string, shard: string): Promise<SideTexts> {
  const [id = '', folder = '.'] = shard
    .replace(/\.tar$/, '')
    .split('/')
    .reverse()
  const captions = new Map<string, string>()
  const alts = new Map<string, readonly string[]>()
  for (const place of ['captions', 'cap', 'pkg_json']) {
    const path = join(root, place, folder, `${id}.json`)
    if ((await kindOfPath(path)) !== 'file') continue
    const bytes = await readFile(path)
    const parsed = bytes.length > MAX_SIDE_BYTES ? null : parseJson(bytes.toString('utf8'))
    for (const [uuid, value] of Object.entries(isObject(parsed) ? parsed : {})) {
      const caption = isObject(value) ? value['altogether'] : value
      if (typeof caption === 'string') captions.set(uuid, caption)
      else if (Array.isArray(value)) alts.set(uuid, value.flatMap(packedText))
    }
  }
  return { captions, alts }
}

/** `[text, language, entries]`. */
function packedText(entry: unknown): readonly string[] {
  const text: unknown = Array.isArray(entry) ? entry[0] : null
  return typeof text === 'string' && text !== '' ? [text] : []
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
