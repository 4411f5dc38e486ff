import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import type { CatalogueEntry, CatalogueFile } from './catalogue.ts'
import { hashFile } from './file-hash.ts'

export interface DownloadOptions {
  readonly host: string
  /** Kept between attempts: what is there already is not fetched again. */
  readonly folder: string
  readonly signal: AbortSignal
  /** Bytes that came since the last call; negative when a file has to be fetched anew. */
  readonly onBytes: (count: number) => void
  /** The bytes of all files, once the host has told them. */
  readonly onTotal: (sizeBytes: number) => void
  /** A host that is silent for so long is given up. */
  readonly silenceMs?: number
}

/** What the host says of a file before its bytes. */
interface RemoteFile {
  readonly url: string
  readonly sizeBytes: number | null
  /** Null where the host states no SHA-256. */
  readonly sha256: string | null
  /** Names the exact version, so that halves of two versions are never joined. */
  readonly version: string
}

const partNote = z.object({ version: z.string() })

const SILENCE_MS = 60_000
const REDIRECTS = new Set([301, 302, 303, 307, 308])
const MAX_REDIRECTS = 6

/**
 * Fetches all files of a catalogue entry, going on where an earlier attempt stopped. Sizes and hashes are compared with
 * the catalogue's, or where it has none with those that the host states. Throws DOWNLOAD_FAILED, PACK_CORRUPT,
 * DISK_FULL. Answers the commit that the files are of.
 */
export async function downloadEntry(
  entry: CatalogueEntry,
  options: DownloadOptions,
): Promise<{ readonly revision: string }> {
  const revision = await resolveRevision(entry, options)
  const remotes: { readonly file: CatalogueFile; readonly remote: RemoteFile }[] = []
  for (const file of entry.files) {
    const url = `${options.host}/${entry.repository}/resolve/${revision}/${file.path}`
    remotes.push({ file, remote: await askFor(url, file, options) })
  }
  options.onTotal(remotes.reduce((sum, { remote }) => sum + (remote.sizeBytes ?? 0), 0))
  for (const { file, remote } of remotes) await fetchFile(file, remote, options)
  return { revision }
}

/** A branch moves; all files must be of one commit. */
async function resolveRevision(entry: CatalogueEntry, options: DownloadOptions): Promise<string> {
  const [first] = entry.files
  if (entry.revision !== null) return entry.revision
  if (first === undefined) {
    throw new AppError(
      'DOWNLOAD_FAILED',
      `${entry.name} is not offered for download. ${entry.note}`,
    )
  }
  const url = `${options.host}/${entry.repository}/resolve/main/${first.path}`
  const { headers } = await request(url, { method: 'HEAD', redirect: 'manual' }, options)
  const commit = headers.get('x-repo-commit')
  return commit !== null && /^[0-9a-f]{7,64}$/.test(commit) ? commit : 'main'
}

/** The host's own answer bears what it knows of the file; the bytes may lie elsewhere, behind a redirect. */
async function askFor(
  url: string,
  file: CatalogueFile,
  options: DownloadOptions,
): Promise<RemoteFile> {
  const { headers } = await request(url, { method: 'HEAD', redirect: 'manual' }, options)
  const linked = unquote(headers.get('x-linked-etag'))
  const etag = unquote(headers.get('etag'))
  const stated = [linked, etag].find((value) => value !== null && /^[0-9a-f]{64}$/.test(value))
  const size = Number(headers.get('x-linked-size') ?? headers.get('content-length') ?? NaN)
  return {
    url,
    sizeBytes: file.sizeBytes ?? (Number.isSafeInteger(size) ? size : null),
    sha256: file.sha256 ?? stated ?? null,
    version: linked ?? etag ?? url,
  }
}

function unquote(etag: string | null): string | null {
  return etag === null ? null : etag.replace(/^W\//, '').replaceAll('"', '')
}

async function fetchFile(
  file: CatalogueFile,
  remote: RemoteFile,
  options: DownloadOptions,
): Promise<void> {
  const target = join(options.folder, ...file.path.split('/'))
  if (await isComplete(target, remote)) {
    options.onBytes(remote.sizeBytes ?? 0)
    return
  }
  await mkdir(dirname(target), { recursive: true })
  const part = `${target}.part`
  const start = await resumePoint(part, remote)
  options.onBytes(start)
  await receive(part, start, remote, options)
  await check(part, file, remote, options)
  await rename(part, target)
  await rm(`${part}.json`, { force: true })
}

async function isComplete(target: string, remote: RemoteFile): Promise<boolean> {
  const stats = await stat(target).catch(() => null)
  if (stats === null || stats.size !== remote.sizeBytes) return false
  return remote.sha256 === null || (await hashFile(target)) === remote.sha256
}

/** Bytes that are there already of this very version. */
async function resumePoint(part: string, remote: RemoteFile): Promise<number> {
  const note = await readFile(`${part}.json`, 'utf8').catch(() => '{}')
  const parsed = partNote.safeParse(parseJson(note))
  const stats = await stat(part).catch(() => null)
  const isSame = parsed.success && parsed.data.version === remote.version
  if (isSame && stats !== null && stats.size <= (remote.sizeBytes ?? Infinity)) return stats.size
  await rm(part, { force: true })
  await writeFile(`${part}.json`, JSON.stringify({ version: remote.version }))
  return 0
}

async function receive(
  part: string,
  start: number,
  remote: RemoteFile,
  options: DownloadOptions,
): Promise<void> {
  if (start === remote.sizeBytes) return
  const headers = start > 0 ? { range: `bytes=${start}-` } : undefined
  const response = await request(remote.url, { ...(headers && { headers }) }, options)
  // A host that does not know ranges sends everything.
  const isRest = response.status === 206
  if (!isRest && start > 0) options.onBytes(-start)
  const handle = await open(part, isRest ? 'a' : 'w')
  try {
    for await (const chunk of watched(response, options)) {
      await handle.writeFile(chunk)
      options.onBytes(chunk.length)
    }
  } catch (error) {
    throw classify(error, options.signal)
  } finally {
    await handle.close()
  }
}

/** The bytes of an answer, given up when none come for long. */
async function* watched(
  response: Response,
  { silenceMs = SILENCE_MS }: DownloadOptions,
): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader()
  if (reader === undefined) return
  try {
    for (;;) {
      const silence = Promise.withResolvers<never>()
      const timer = setTimeout(() => silence.reject(silenceError()), silenceMs)
      try {
        const next = await Promise.race([reader.read(), silence.promise])
        if (next.done) return
        yield next.value
      } finally {
        clearTimeout(timer)
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

async function check(
  part: string,
  file: CatalogueFile,
  remote: RemoteFile,
  options: DownloadOptions,
): Promise<void> {
  const { size } = await stat(part)
  if (remote.sizeBytes !== null && size < remote.sizeBytes) {
    throw new AppError(
      'DOWNLOAD_FAILED',
      `${file.path} ended early: ${remote.sizeBytes} bytes were expected, and ${size} came. Start the download again; it goes on from there.`,
    )
  }
  const isWhole = remote.sizeBytes === null || size === remote.sizeBytes
  if (
    isWhole &&
    (remote.sha256 === null || (await hashFile(part, { signal: options.signal })) === remote.sha256)
  )
    return
  await rm(part, { force: true })
  await rm(`${part}.json`, { force: true })
  throw new AppError(
    'PACK_CORRUPT',
    `${file.path} came damaged: its ${isWhole ? 'SHA-256' : 'size'} is not the expected one. It was thrown away; start the download again.`,
    { data: { file: file.path } },
  )
}

/** Follows redirects itself, because the first answer bears the facts and the last the bytes. */
async function request(
  url: string,
  init: RequestInit,
  options: DownloadOptions,
): Promise<Response> {
  let place = url
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    const response = await begin(place, init, options)
    const next = response.headers.get('location')
    const isRedirect = REDIRECTS.has(response.status) && next !== null
    if (isRedirect && init.method === 'HEAD' && hasFacts(response)) return response
    if (!isRedirect) {
      if (response.ok) return response
      throw new AppError('DOWNLOAD_FAILED', `${statusWords(response.status)} ${OFFLINE_ADVICE}`)
    }
    await response.body?.cancel()
    place = new URL(next, place).href
  }
  throw new AppError('DOWNLOAD_FAILED', `The host sends us around in circles. ${OFFLINE_ADVICE}`)
}

/** An answer must begin in time; its body is watched by a clock of its own. */
async function begin(
  place: string,
  init: RequestInit,
  { signal, silenceMs = SILENCE_MS }: DownloadOptions,
): Promise<Response> {
  const silence = new AbortController()
  const timer = setTimeout(() => silence.abort(silenceError()), silenceMs)
  try {
    return await fetch(place, {
      ...init,
      redirect: 'manual',
      signal: AbortSignal.any([signal, silence.signal]),
    })
  } catch (error) {
    throw classify(error, signal)
  } finally {
    clearTimeout(timer)
  }
}

function hasFacts(response: Response): boolean {
  return response.headers.has('x-linked-etag') || response.headers.has('x-linked-size')
}

const OFFLINE_ADVICE =
  'Try again later; or fetch the files on another machine and install them from a folder.'

function statusWords(status: number): string {
  switch (status) {
    case 401:
    case 403:
      return 'The host wants an account for this model.'
    case 404:
      return 'The host does not have this model any more.'
    default:
      return `The host answered with an error (${status}).`
  }
}

function silenceError(): AppError {
  return new AppError('DOWNLOAD_FAILED', `The host went silent. ${OFFLINE_ADVICE}`)
}

function classify(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason
  if (error instanceof AppError) return error
  if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') {
    return new AppError(
      'DISK_FULL',
      'The disk is full. Make room, then start the download again; it goes on from there.',
      { cause: error },
    )
  }
  return new AppError(
    'DOWNLOAD_FAILED',
    `The host cannot be reached or broke the connection. ${OFFLINE_ADVICE}`,
    { cause: error },
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
