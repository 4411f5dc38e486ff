import { AppError } from '../../shared/errors.ts'
import { toPictureAddress } from '../base/picture-address.ts'
import { IMAGE_NAME } from './column-sniff.ts'
import type { SourceEvent } from './format.ts'
import { sourceError } from './source-file.ts'
import { openTarFile, walkTar, type TarEvent, type TarRefusal } from './tar-archive.ts'

/** A file of an archive. */
interface TarMember {
  readonly name: string
  /** All behind the first dot of the base name, in lower case. */
  readonly field: string
  readonly offset: number
  readonly sizeBytes: number
}

/** Files of one archive that belong together because their names are the same up to the first dot. */
export interface TarSample {
  readonly key: string
  readonly members: readonly TarMember[]
}

export type SampleEvent =
  | { readonly kind: 'sample'; readonly sample: TarSample; readonly shard: TarShard }
  | Exclude<SourceEvent, { kind: 'record' }>

/** An archive that is open for as long as its samples are being handed out. */
export interface TarShard {
  /** Relative to the source, with forward slashes. */
  readonly locator: string
  /** A text member; a text in place of it says why it cannot be used. */
  readText(member: TarMember): Promise<{ readonly text: string } | string>
  addressOf(member: TarMember): string
}

/** An archive with more files than this is no shard of samples, and its names would fill the memory. */
const MAX_MEMBERS = 2_000_000
const MAX_TEXT_BYTES = 16 * 1024 * 1024

/**
 * Hands out the samples of one archive in the order in which they begin. All names of an archive are known before
 * the first sample is handed out, so that one whose files are not neighbours is found; contents are read in place.
 * A peek looks at the first `maxMembers` files alone.
 */
export async function* readTarSamples(options: {
  readonly path: string
  readonly locator: string
  readonly signal: AbortSignal
  readonly maxMembers?: number
}): AsyncGenerator<SampleEvent> {
  const { path, locator, signal } = options
  const tar = await openTarFile(path).catch((error: unknown) => {
    throw sourceError(path, error)
  })
  try {
    if (tar.isCompressed) {
      const message =
        'The archive is compressed, so nothing in it can be read in place. Unpack it to a plain .tar with gunzip and import that.'
      yield { kind: 'error', item: locator, code: 'SOURCE_UNREADABLE', message }
      return
    }
    const samples = new Map<string, TarMember[]>()
    const peek = options.maxMembers ?? Number.POSITIVE_INFINITY
    yield* indexMembers({ events: walkTar(tar, signal), locator, samples, peek })
    const shard: TarShard = {
      locator,
      addressOf: ({ offset, sizeBytes }) =>
        toPictureAddress({ path, part: { kind: 'bytes', offset, sizeBytes } }),
      async readText(member) {
        if (member.sizeBytes > MAX_TEXT_BYTES) {
          return `"${member.name}" has ${member.sizeBytes} bytes, which is more than any text of an image`
        }
        const bytes = await tar.read(member.offset, member.sizeBytes)
        try {
          return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
        } catch {
          return `"${member.name}" is not valid UTF-8`
        }
      },
    }
    for (const [key, members] of samples) {
      signal.throwIfAborted()
      yield { kind: 'sample', sample: { key, members }, shard }
    }
  } finally {
    await tar.close()
  }
}

async function* indexMembers(options: {
  readonly events: AsyncIterable<TarEvent>
  readonly locator: string
  readonly samples: Map<string, TarMember[]>
  readonly peek: number
}): AsyncGenerator<Exclude<SourceEvent, { kind: 'record' }>> {
  const { locator, samples } = options
  let members = 0
  let last: string | null = null
  let split: string | null = null
  for await (const event of options.events) {
    if (members >= options.peek) break
    if (event.kind !== 'member') {
      yield describeTrouble(event, locator, members)
      continue
    }
    members += 1
    if (members > MAX_MEMBERS) throw tooManyMembers(locator)
    const name = splitName(event.name)
    if (name === null) continue
    const { key, field } = name
    const known = samples.get(key)
    if (known === undefined) samples.set(key, [{ ...event, field }])
    else {
      known.push({ ...event, field })
      if (key !== last) split ??= key
    }
    last = key
  }
  if (split !== null) {
    const message = `${locator}: files of one sample are not neighbours (first: "${split}"). They were put together, but other programs take them for several samples.`
    yield { kind: 'warning', message }
  }
}

/** The rule of the webdataset library; null for files that belong to no sample. */
export function splitName(name: string): { readonly key: string; readonly field: string } | null {
  const found = /^((?:.*\/|)[^./][^./]*)[.]([^/]*)$/.exec(name)
  const key = found?.[1]
  if (key === undefined || /^__[^/]*__(?:$|\/)/.test(key)) return null
  return { key, field: (found?.[2] ?? '').toLowerCase() }
}

export function findPictureMember(sample: TarSample): TarMember | undefined {
  const pictures = sample.members.filter(({ field }) => IMAGE_NAME.test(`.${field}`))
  // `seg.png` is some other picture about the image where there is a plain `png` too.
  return pictures.find(({ field }) => !field.includes('.')) ?? pictures[0]
}

function describeTrouble(
  event: Exclude<TarEvent, { kind: 'member' }>,
  locator: string,
  members: number,
): SourceEvent & { kind: 'error' } {
  if (event.kind === 'refused') {
    return {
      kind: 'error',
      item: `${locator}/${event.name.toWellFormed().slice(0, 200)}`,
      code: event.reason === 'outside' ? 'PATH_OUTSIDE_SOURCE' : 'ROW_INVALID',
      message: REFUSALS[event.reason],
    }
  }
  const where = event.name === null ? `at byte ${event.offset}` : `in "${event.name.slice(0, 200)}"`
  return {
    kind: 'error',
    item: locator,
    code: 'SOURCE_UNREADABLE',
    message: `The archive is damaged or cut short ${where}. The ${members} files before that were read; fetch or copy it again for the rest.`,
  }
}

const REFUSALS: Readonly<Record<TarRefusal, string>> = {
  outside: 'The name leads out of the archive, so the file was left out.',
  link: 'A link in an archive leads elsewhere and is not followed. Put the file itself into the archive.',
  device: 'A device or pipe is no file and was left out.',
  unknown: 'The archive holds this in a way that is not supported, so it was left out.',
  name: 'The file name is empty or not valid UTF-8, so the file was left out.',
}

function tooManyMembers(locator: string): AppError {
  return new AppError(
    'TOO_LARGE',
    `"${locator}" holds more than ${MAX_MEMBERS} files. Split it into archives of a few thousand samples each.`,
  )
}
