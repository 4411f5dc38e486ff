import { createHash } from 'node:crypto'
import { createExportNames } from './export-names.ts'
import type { ExportRow, FormatWriter, WriteRequest } from './format.ts'
import { openLines, type LineWriter } from './line-writer.ts'
import { readPictureOf } from './picture-bytes.ts'
import { placeImage, reportMissing } from './place-image.ts'
import { openTar, type TarWriter } from './tar-writer.ts'

/** Limits of the published loader: a longer caption is refused there, a longer alt-text cut without a word. */
const CAPTION_TOKENS = 190
const ALT_TOKENS = 128
const SHARD_SAMPLES = 10_000
const IMAGE_FOLDER = 'images'

interface Checks {
  longCaptions: number
  longAlts: number
  folded: number
  textless: number
}

const RECORDS = {
  group: 'training',
  hasImages: true,
  holdsSeveral: false,
  isSharded: false,
} as const

export const altogetherWriter: FormatWriter = {
  ...RECORDS,
  id: 'altogether',
  label: 'Altogether records',
  summary: 'alt and all rounds, for captioners',
  description:
    'altogether.json with alt, round1 to roundN, url and img_path for fine-tuning a captioner; pictures in images/.',
  write: (request) => writeRecords(request, { isRound3Last: false }),
}

/** The published loader reads `round3` alone, however many rounds there were. */
export const altogetherRound3Writer: FormatWriter = {
  ...RECORDS,
  id: 'altogether-round3',
  label: 'Altogether records, last as round3',
  summary: 'For the published loader',
  description:
    'altogether.json as above, with the last text of each image as round3 too, which is all that the published loader reads.',
  write: (request) => writeRecords(request, { isRound3Last: true }),
}

interface RecordsForm {
  readonly isRound3Last: boolean
}

async function writeRecords(request: WriteRequest, form: RecordsForm): Promise<void> {
  const nameFile = createExportNames()
  const checks = createChecks()
  const lines = await openLines(request.target, 'altogether.json')
  await lines.write('{"data":[')
  let count = 0
  for await (const row of request.rows) {
    request.signal.throwIfAborted()
    if (!hasText(row)) {
      checks.textless += 1
      request.onRow('skipped')
      continue
    }
    const path = `${IMAGE_FOLDER}/${nameFile(row.image)}`
    if (request.options.images !== 'none' && !(await placeImage(request, row, path))) {
      reportMissing(request, row)
      continue
    }
    await lines.write(
      `${count === 0 ? '' : ','}\n${JSON.stringify(toRecord({ row, path, checks, form }))}`,
    )
    count += 1
    request.onRow('done')
  }
  await lines.write('\n]}\n')
  await lines.close()
  reportChecks(request, checks)
}

/** Every value is a text: a round that an image was not worked on in has the text that it went on with. */
function toRecord(options: {
  readonly row: ExportRow
  readonly path: string
  readonly checks: Checks
  readonly form: RecordsForm
}): Readonly<Record<string, unknown>> {
  const { row, path, checks, form } = options
  const { image } = row
  const alt = oneLine(image.alts[0]?.text ?? '', checks)
  if (countTokens(alt) > ALT_TOKENS) checks.longAlts += 1
  const standing = image.revisions.filter(({ isWithdrawn }) => !isWithdrawn)
  const rounds: Record<string, string> = {}
  let text = alt
  for (let round = 1; round <= Math.max(1, image.round); round += 1) {
    text = standing.findLast((revision) => revision.round === round)?.text ?? text
    rounds[`round${round}`] = oneLine(text, checks)
  }
  // What the options choose is the last word, whatever round it is of.
  const last = oneLine(row.text, checks)
  rounds[`round${Math.max(1, image.round)}`] = last
  if (form.isRound3Last) rounds['round3'] = last
  if (countTokens(row.text) > CAPTION_TOKENS) checks.longCaptions += 1
  return {
    alt,
    ...rounds,
    url: row.url ?? '',
    img_path: path,
    source: 'realign',
    face_bbox: [],
  }
}

export const metaclipWriter: FormatWriter = {
  ...RECORDS,
  id: 'metaclip',
  label: 'MetaCLIP shards',
  summary: 'Tar archives of UUID.jpeg',
  description:
    'Tar archives of UUID.jpeg and UUID.json with lists of texts, and captions/ beside them for the next stage.',
  isSharded: true,
  write: (request) => writeShards(request, (caption) => caption),
}

/** The two published scripts differ in what a caption of the next stage is. */
export const metaclipNestedWriter: FormatWriter = {
  ...RECORDS,
  id: 'metaclip-nested',
  label: 'MetaCLIP shards, captions by source',
  summary: 'Captions as {"altogether": text}',
  description:
    'As MetaCLIP shards, with each caption of the next stage in an object under "altogether", as the second published script reads it.',
  isSharded: true,
  write: (request) => writeShards(request, (altogether) => ({ altogether })),
}

interface Shard {
  readonly id: number
  readonly tar: TarWriter
  readonly captions: LineWriter
  samples: number
  written: number
}

async function writeShards(
  request: WriteRequest,
  toEntry: (caption: string) => unknown,
): Promise<void> {
  const checks = createChecks()
  const known = new Set<string>()
  const maxSamples = request.options.shardImages ?? SHARD_SAMPLES
  let shard: Shard | null = null
  let shards = 0
  let others = 0
  for await (const row of request.rows) {
    request.signal.throwIfAborted()
    const texts = textsOf(row, checks)
    if (texts.length === 0) {
      checks.textless += 1
      request.onRow('skipped')
      continue
    }
    // The loader takes `.jpeg` and nothing else; a JSON without its picture stops the training.
    const picture = row.image.format === 'jpeg' ? await readPictureOf(request, row) : null
    if (picture === null) {
      if (row.filePath !== null && row.image.format !== 'jpeg') others += 1
      reportUnfit(request, row)
      continue
    }
    if (shard !== null && shard.samples >= maxSamples) {
      await closeShard(shard)
      shard = null
    }
    if (shard === null) {
      shard = await openShard(request, shards)
      shards += 1
    }
    const uuid = uuidOf(row, known)
    await shard.tar.add(`${uuid}.jpeg`, picture)
    await shard.tar.add(`${uuid}.json`, Buffer.from(JSON.stringify({ texts })))
    if (row.textKind === 'caption' || row.textKind === 'revision') {
      const caption = toEntry(oneLine(row.text, checks))
      const entry = `${JSON.stringify(uuid)}:${JSON.stringify(caption)}`
      await shard.captions.write(`${shard.written === 0 ? '' : ','}\n${entry}`)
      shard.written += 1
      if (countTokens(row.text) > CAPTION_TOKENS) checks.longCaptions += 1
    }
    shard.samples += 1
    request.onRow('done')
  }
  if (shard !== null) await closeShard(shard)
  if (others > 0) {
    request.onWarning(
      `${others} pictures are no JPEG files, which is all that MetaCLIP reads; they were left out. Convert them and import them again.`,
    )
  }
  reportChecks(request, checks)
}

async function openShard({ target }: WriteRequest, id: number): Promise<Shard> {
  const captions = await openLines(target, `captions/${id % 100}/${id}.json`)
  await captions.write('{')
  const tar = await openTar(target, `${id % 100}/${id}.tar`)
  return { id, tar, captions, samples: 0, written: 0 }
}

async function closeShard({ tar, captions }: Shard): Promise<void> {
  await tar.close()
  await captions.write('\n}\n')
  await captions.close()
}

function reportUnfit(request: WriteRequest, row: ExportRow): void {
  if (row.filePath === null || row.image.format === 'jpeg') reportMissing(request, row)
  else {
    const message =
      'MetaCLIP reads JPEG pictures alone, and this one is of another kind. Convert it and import it again.'
    request.onError({ item: row.image.fileName, code: 'IMAGE_UNREADABLE', message })
  }
}

/** The first 24 hex digits of the address's SHA-224; of the picture's content where it has none. */
function uuidOf(row: ExportRow, known: Set<string>): string {
  const name = row.url ?? row.image.sha256 ?? row.image.uid
  const digest = (text: string): string =>
    createHash('sha224').update(text).digest('hex').slice(0, 24)
  let uuid = digest(name)
  // Two images from one address, which have changed in between, are still two samples.
  for (let number = 2; known.has(uuid); number += 1) uuid = digest(`${name}#${number}`)
  known.add(uuid)
  return uuid
}

function textsOf({ image }: ExportRow, checks: Checks): readonly (readonly [string, string])[] {
  return image.alts
    .filter(({ text }) => text.trim() !== '')
    .map(({ origin, text }) => {
      const line = oneLine(text, checks)
      if (countTokens(line) > ALT_TOKENS) checks.longAlts += 1
      return [origin === 'title' ? 'title' : 'alt', line] as const
    })
}

function hasText(row: ExportRow): boolean {
  return row.text !== '' || row.image.alts.some(({ text }) => text !== '')
}

function oneLine(text: string, checks: Checks): string {
  const line = text.replace(/\s*[\r\n]+\s*/g, ' ')
  if (line !== text) checks.folded += 1
  return line.toWellFormed()
}

/** A count that no tokenizer goes far beyond: words, and marks by themselves; exact counts are on the Align screen. */
function countTokens(text: string): number {
  return text.match(/[\p{L}\p{M}\p{N}]{1,6}|[^\s\p{L}\p{M}\p{N}]/gu)?.length ?? 0
}

function createChecks(): Checks {
  return { longCaptions: 0, longAlts: 0, folded: 0, textless: 0 }
}

function reportChecks(request: WriteRequest, checks: Checks): void {
  const { longCaptions, longAlts, folded, textless } = checks
  if (textless > 0) request.onWarning(`${textless} images have no text to write and were left out.`)
  if (longCaptions > 0) {
    request.onWarning(
      `${longCaptions} captions have more than about ${CAPTION_TOKENS} tokens, which the loader refuses. Shorten them.`,
    )
  }
  if (longAlts > 0) {
    request.onWarning(
      `${longAlts} alt-texts have more than about ${ALT_TOKENS} tokens; the loader cuts the rest off without a word.`,
    )
  }
  if (folded > 0) request.onWarning(`${folded} texts had line ends, which became spaces.`)
}
