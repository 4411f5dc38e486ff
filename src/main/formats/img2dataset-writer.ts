import { damagedWarning } from './delimited-writer.ts'
import type { ExportRow, ExportTarget, FormatWriter, WriteRequest } from './format.ts'
import { openParquetOutput, type OutputColumn, type ParquetOutput } from './parquet-writer.ts'
import { bare, pictureExtension, warnOfKinds, withPictures } from './picture-bytes.ts'
import { reportMissing } from './place-image.ts'
import { openTar, type TarWriter } from './tar-writer.ts'

/** The default of img2dataset. */
const SHARD_SAMPLES = 10_000
const SHARD_DIGITS = 5
const ROWS_A_GROUP = 1_000

// Those of img2dataset first, as it orders them; ours behind, under names that it does not use.
const COLUMNS = [
  { name: 'caption', kind: 'text' },
  { name: 'url', kind: 'text' },
  { name: 'key', kind: 'text' },
  { name: 'status', kind: 'text' },
  { name: 'error_message', kind: 'text' },
  { name: 'width', kind: 'int' },
  { name: 'height', kind: 'int' },
  { name: 'original_width', kind: 'int' },
  { name: 'original_height', kind: 'int' },
  { name: 'exif', kind: 'text' },
  { name: 'sha256', kind: 'text' },
  { name: 'alt', kind: 'texts' },
  { name: 'image_id', kind: 'text' },
  { name: 'round', kind: 'int' },
] as const satisfies readonly OutputColumn[]

type ListedRow = Readonly<
  Record<(typeof COLUMNS)[number]['name'], string | number | null | readonly string[]>
>

interface Shard {
  readonly number: number
  readonly tar: TarWriter
  readonly list: ParquetOutput
  readonly counts: { successes: number; failures: number }
}

export const img2datasetWriter: FormatWriter = {
  id: 'img2dataset',
  label: 'img2dataset shards (tar)',
  group: 'data-set',
  summary: 'Tar, Parquet and statistics',
  description:
    'Shards of 10,000 as img2dataset writes them: 00000.tar, 00000.parquet with all rows, and 00000_stats.json.',
  hasImages: true,
  holdsSeveral: false,
  isSharded: true,
  async write(request) {
    const kinds = new Set<string>()
    const samples = request.options.shardImages ?? SHARD_SAMPLES
    let shard: Shard | null = null
    let last = -1
    let damaged = 0
    const hasPictures = request.options.images !== 'none'
    for await (const { row, picture } of hasPictures ? withPictures(request) : bare(request.rows)) {
      request.signal.throwIfAborted()
      const wanted = samples === SHARD_SAMPLES ? originalIndex(row) : null
      const index = Math.max(last + 1, wanted ?? 0)
      last = index
      const number = Math.floor(index / samples)
      if (shard !== null && shard.number !== number) {
        await closeShard(request.target, shard)
        shard = null
      }
      shard ??= await openShard(request.target, number)
      const key = keyOf(index, samples)
      if (await addRow({ request, shard, row, picture, key, kinds })) damaged += 1
    }
    if (shard !== null) await closeShard(request.target, shard)
    warnOfKinds(request, kinds)
    if (damaged > 0) request.onWarning(damagedWarning(damaged))
    if (request.options.images === 'none') {
      request.onWarning('No pictures were written, so that all rows are listed as not downloaded.')
    }
  },
}

/** What came from img2dataset keeps its key, as long as keys rise: gaps are downloads that failed. */
function originalIndex({ image }: ExportRow): number | null {
  for (const locator of image.locations) {
    const found = /(?:^|\/)\d{5}(?:\.tar)?\/(\d{9})(?:\.\w+)?$/.exec(locator)
    if (found !== null) return Number(found[1])
  }
  return null
}

/** Answers whether a text had to be changed to be held. */
async function addRow(options: {
  readonly request: WriteRequest
  readonly shard: Shard
  readonly row: ExportRow
  readonly picture: Uint8Array | null
  readonly key: string
  readonly kinds: Set<string>
}): Promise<boolean> {
  const { request, shard, row, picture, key } = options
  const hasPictures = request.options.images !== 'none'
  const listed = listRow(row, key, picture !== null)
  const text = row.text.toWellFormed()
  await shard.list.add(listed)
  if (picture !== null) {
    const extension = pictureExtension(row)
    options.kinds.add(extension)
    shard.counts.successes += 1
    await shard.tar.add(`${key}.${extension}`, picture)
    await shard.tar.add(`${key}.json`, Buffer.from(JSON.stringify(listed)))
    await shard.tar.add(`${key}.txt`, Buffer.from(text))
  } else shard.counts.failures += 1
  if (hasPictures && picture === null) reportMissing(request, row)
  else request.onRow('done')
  return text !== row.text
}

function listRow(
  { image, text, textKind, url }: ExportRow,
  key: string,
  isThere: boolean,
): ListedRow {
  return {
    caption: textKind === 'none' ? null : text.toWellFormed(),
    url: url?.toWellFormed() ?? null,
    key,
    status: isThere ? 'success' : 'failed_to_download',
    error_message: isThere ? null : (image.problem?.message ?? 'The picture was not exported.'),
    width: isThere ? image.width : null,
    height: isThere ? image.height : null,
    original_width: isThere ? image.width : null,
    original_height: isThere ? image.height : null,
    exif: isThere ? '{}' : null,
    sha256: isThere ? image.sha256 : null,
    alt: image.alts.map((alt) => alt.text.toWellFormed()),
    image_id: image.uid,
    round: image.round,
  }
}

async function openShard(target: ExportTarget, number: number): Promise<Shard> {
  const name = shardName(number)
  return {
    number,
    tar: await openTar(target, `${name}.tar`),
    list: await openParquetOutput(target, `${name}.parquet`, {
      columns: COLUMNS,
      rowsAGroup: ROWS_A_GROUP,
    }),
    counts: { successes: 0, failures: 0 },
  }
}

/** Times are left at zero, so that the same data give the same bytes. */
async function closeShard(target: ExportTarget, shard: Shard): Promise<void> {
  await shard.tar.close()
  await shard.list.close()
  const { successes, failures } = shard.counts
  const stats = {
    count: successes + failures,
    successes,
    failed_to_download: failures,
    failed_to_resize: 0,
    duration: 0,
    start_time: 0,
    end_time: 0,
    status_dict: {
      success: successes,
      ...(failures === 0 ? {} : { failed_to_download: failures }),
    },
  }
  const file = await target.openText(`${shardName(shard.number)}_stats.json`)
  await file.write(`${JSON.stringify(stats, null, 4)}\n`)
  await file.close()
}

function shardName(number: number): string {
  return String(number).padStart(SHARD_DIGITS, '0')
}

/** The shard's number, and as many digits for the place in it as the number of samples needs. */
function keyOf(index: number, samples: number): string {
  const digits = String(samples - 1).length
  const place = samples === 1 ? '' : String(index % samples).padStart(digits, '0')
  return `${shardName(Math.floor(index / samples))}${place}`
}
