import { readFile, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { FolderListing, WalkEvent } from './folder-walk.ts'
import { walkFolders } from './folder-walk.ts'
import type { FormatReader, SourceEvent, SourceRequest } from './format.ts'
import { IMAGE_NAME } from './column-sniff.ts'
import { isErrno, kindOfPath } from './source-file.ts'
import { previewFolder } from './table-source.ts'
import type { TextEncoding } from './text-encoding.ts'
import { DAMAGE_MARK, decodeBytes, detectEncoding, guess } from './text-encoding.ts'

const SIDECAR_NAME = /\.(?:txt|caption|cap)$/i
// Texts about the whole folder that people keep beside pictures.
const FOLDER_TEXT =
  /^(?:readme|licen[cs]e|copying|notice|attributions?|credits?|changelog)\b.*\.txt$/i
const TABLE_KINDS = new Set(['.jsonl', '.csv', '.tsv'])
const MAX_SIDECAR_BYTES = 1024 * 1024
/** Images whose sidecars are read together: enough to keep the disk busy, few enough to hold. */
const BATCH_IMAGES = 64
const LOOKED_FOR =
  'Looked for .jpg, .jpeg, .png, .webp, .gif, .avif, .tif, .tiff, .bmp and .svg files here and in all folders below, hidden ones left out.'

interface Sidecar {
  readonly name: string
  readonly locator: string
}

interface ImageFile {
  readonly name: string
  readonly sidecars: readonly Sidecar[]
}

type SidecarText =
  | { readonly kind: 'text'; readonly text: string; readonly encoding: TextEncoding }
  | {
      readonly kind: 'error'
      readonly code: 'ROW_INVALID' | 'SOURCE_UNREADABLE' | 'TOO_LARGE'
      readonly message: string
    }

/** What is said once at the end of a walk, however many files it concerns. */
interface Tally {
  images: number
  emptySidecars: number
  folderTexts: number
  readonly otherKinds: Map<string, number>
  readonly encodings: Map<
    string,
    { count: number; readonly first: string; readonly isGuessed: boolean }
  >
}

export const folderReader: FormatReader = {
  id: 'folder',
  label: 'Folder of images',
  description:
    'A folder tree of pictures, with .txt, .caption or .cap files of the same name as their texts.',
  sniff: async (path) => ((await kindOfPath(path)) === 'folder' ? 0.3 : 0),
  preview: (request) => previewFolder(request, readFolder),
  read: readFolder,
}

async function* readFolder({ path, signal }: SourceRequest): AsyncGenerator<SourceEvent> {
  const tally: Tally = {
    images: 0,
    emptySidecars: 0,
    folderTexts: 0,
    otherKinds: new Map(),
    encodings: new Map(),
  }
  for await (const event of walkFolders(path, signal)) {
    if (event.kind === 'folder') yield* readListing(event, tally, signal)
    else yield event satisfies Exclude<WalkEvent, FolderListing>
  }
  yield* warningsOf(tally)
}

async function* readListing(
  listing: FolderListing,
  tally: Tally,
  signal: AbortSignal,
): AsyncGenerator<SourceEvent> {
  const { images, orphans, shared } = matchSidecars(listing, tally)
  for (const sidecar of shared) {
    const message = `"${sidecar.locator}" belongs to several images of the same name (${sidecar.owners.join(', ')}); each of them gets its text.`
    yield { kind: 'warning', message }
  }
  for (let start = 0; start < images.length; start += BATCH_IMAGES) {
    signal.throwIfAborted()
    yield* readImages(listing, images.slice(start, start + BATCH_IMAGES), tally)
  }
  for (const { locator } of orphans) {
    const message =
      'Sidecar without image: no picture in this folder has the same name. Add the picture, or remove the text.'
    yield { kind: 'error', item: locator, code: 'ROW_INVALID', message }
  }
}

/** Pairs pictures and texts of one folder: `a.txt` goes with `a.jpg`, and so does `a.jpg.txt`. */
function matchSidecars(
  listing: FolderListing,
  tally: Tally,
): {
  readonly images: readonly ImageFile[]
  readonly orphans: readonly Sidecar[]
  readonly shared: readonly (Sidecar & { readonly owners: readonly string[] })[]
} {
  const byStem = new Map<string, Sidecar[]>()
  const owners = new Map<string, string[]>()
  for (const name of listing.files) {
    if (!SIDECAR_NAME.test(name)) continue
    if (FOLDER_TEXT.test(name)) tally.folderTexts += 1
    else
      byStem.set(stemOf(name), [
        ...(byStem.get(stemOf(name)) ?? []),
        { name, locator: locatorOf(listing, name) },
      ])
  }
  const images: ImageFile[] = []
  for (const name of listing.files) {
    if (IMAGE_NAME.test(name)) {
      const sidecars = [...(byStem.get(stemOf(name)) ?? []), ...(byStem.get(name) ?? [])]
      for (const sidecar of sidecars)
        owners.set(sidecar.name, [...(owners.get(sidecar.name) ?? []), name])
      images.push({ name, sidecars })
    } else if (!SIDECAR_NAME.test(name) && !isOurs(name)) {
      const kind = extname(name).toLowerCase()
      tally.otherKinds.set(kind, (tally.otherKinds.get(kind) ?? 0) + 1)
    }
  }
  const sidecars = [...byStem.values()].flat()
  return {
    images,
    orphans: sidecars.filter(({ name }) => !owners.has(name)),
    shared: sidecars
      .map((sidecar) => ({ ...sidecar, owners: owners.get(sidecar.name) ?? [] }))
      .filter((sidecar) => sidecar.owners.length > 1),
  }
}

async function* readImages(
  listing: FolderListing,
  images: readonly ImageFile[],
  tally: Tally,
): AsyncGenerator<SourceEvent> {
  const names = [...new Set(images.flatMap(({ sidecars }) => sidecars.map(({ name }) => name)))]
  const texts = await readSidecars(listing, names)
  const reported = new Set<string>()
  for (const { name, sidecars } of images) {
    const altTexts: { readonly origin: 'sidecar'; readonly text: string }[] = []
    for (const sidecar of sidecars) {
      const isFirst = !reported.has(sidecar.name)
      reported.add(sidecar.name)
      const read = texts.get(sidecar.name)
      if (read?.kind === 'text') {
        if (isFirst) count(tally, sidecar, read)
        if (read.text.trim() !== '') altTexts.push({ origin: 'sidecar', text: read.text })
      } else if (read?.kind === 'error' && isFirst) {
        yield { kind: 'error', item: sidecar.locator, code: read.code, message: read.message }
      }
    }
    tally.images += 1
    const locator = locatorOf(listing, name)
    const filePath = join(listing.path, name)
    const record = {
      locator,
      filePath,
      url: null,
      altTexts,
      caption: null,
      proposals: [],
      tags: [],
      row: tally.images,
      exchange: null,
    }
    yield { kind: 'record', record }
  }
}

function count(tally: Tally, sidecar: Sidecar, read: SidecarText & { kind: 'text' }): void {
  if (read.text.trim() === '') tally.emptySidecars += 1
  if (read.encoding.name === 'UTF-8') return
  const seen = tally.encodings.get(read.encoding.name)
  if (seen !== undefined) seen.count += 1
  else
    tally.encodings.set(read.encoding.name, {
      count: 1,
      first: sidecar.locator,
      isGuessed: read.encoding.isGuessed,
    })
}

async function readSidecars(
  listing: FolderListing,
  names: readonly string[],
): Promise<ReadonlyMap<string, SidecarText>> {
  const loaded = await Promise.all(
    names.map(async (name) => ({ name, bytes: await loadSidecar(join(listing.path, name)) })),
  )
  const texts = new Map<string, SidecarText>()
  const foreign: { readonly name: string; readonly bytes: Buffer }[] = []
  for (const { name, bytes } of loaded) {
    if (!Buffer.isBuffer(bytes)) {
      texts.set(name, bytes)
      continue
    }
    const encoding = detectEncoding(bytes)
    if (isByteGuess(encoding)) foreign.push({ name, bytes })
    else texts.set(name, decodeSidecar(bytes, encoding))
  }
  // One sidecar is too short for a good guess, but those of a folder were mostly written by one program.
  const common = guess(Buffer.concat(foreign.map(({ bytes }) => bytes)))
  for (const { name, bytes } of foreign) texts.set(name, decodeSidecar(bytes, common))
  return texts
}

function isByteGuess(encoding: TextEncoding): boolean {
  return encoding.isGuessed && !encoding.name.startsWith('UTF-16')
}

async function loadSidecar(path: string): Promise<Buffer | SidecarText> {
  try {
    const { size } = await stat(path)
    if (size > MAX_SIDECAR_BYTES) {
      const message = `The text has ${size} bytes, but at most ${MAX_SIDECAR_BYTES} are read, because no caption is that long.`
      return { kind: 'error', code: 'TOO_LARGE', message }
    }
    return await readFile(path)
  } catch (error) {
    const message = `The text cannot be read (${isErrno(error) ? error.code : 'unknown reason'}). Its image comes without it.`
    return { kind: 'error', code: 'SOURCE_UNREADABLE', message }
  }
}

function decodeSidecar(bytes: Buffer, encoding: TextEncoding): SidecarText {
  const text = decodeBytes(bytes, encoding)
  if (text.includes('\0'))
    return {
      kind: 'error',
      code: 'ROW_INVALID',
      message: 'The file is not a text: it holds null characters. Its image comes without it.',
    }
  if (text.includes(DAMAGE_MARK)) {
    return {
      kind: 'error',
      code: 'ROW_INVALID',
      message: 'The text holds bytes that are not valid UTF-8. Save it as UTF-8 and import again.',
    }
  }
  // Editors end a file with one line feed that nobody typed. It is part of the file, not of the text;
  // all else, further line feeds and spaces included, is kept as it stands.
  return { kind: 'text', text: text.replace(/\r?\n$/, ''), encoding }
}

function* warningsOf(tally: Tally): Generator<SourceEvent> {
  const messages: string[] = []
  if (tally.images === 0) messages.push(`No image was found. ${LOOKED_FOR}`)
  for (const [name, { count, first, isGuessed }] of tally.encodings) {
    const how = isGuessed
      ? 'which is a guess: look at the letters beyond a to z'
      : 'as their byte-order mark says'
    messages.push(`${count} text files were read as ${name}, ${how} (first: "${first}").`)
  }
  if (tally.emptySidecars > 0)
    messages.push(`${tally.emptySidecars} text files are empty and gave no alt-text.`)
  if (tally.folderTexts > 0)
    messages.push(
      `${tally.folderTexts} files such as README.txt were taken for notes, not for texts of images.`,
    )
  const kinds = [...tally.otherKinds].sort(([left], [right]) => (left < right ? -1 : 1))
  if (kinds.length > 0) {
    const shown = kinds
      .slice(0, 12)
      .map(([kind, files]) => `${kind === '' ? 'no ending' : kind}: ${files}`)
    const isTable = kinds.some(([kind]) => TABLE_KINDS.has(kind))
    const advice = isTable ? ' To bring in texts from a table, import the table file itself.' : ''
    messages.push(`Files of other kinds were left alone (${shown.join(', ')}).${advice}`)
  }
  for (const message of messages) yield { kind: 'warning', message }
}

/** Files that Realign or a trainer keeps for itself. */
function isOurs(name: string): boolean {
  const kept = ['metadata_cache.json', 'realign-manifest.json']
  return kept.includes(name) || name.startsWith('project.realign')
}

function stemOf(name: string): string {
  return name.slice(0, name.length - extname(name).length)
}

function locatorOf(listing: FolderListing, name: string): string {
  return listing.locator === '' ? name : `${listing.locator}/${name}`
}
