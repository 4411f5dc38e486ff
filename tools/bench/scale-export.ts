import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import sharp from 'sharp'
import { buildProgram, startHost, type Program } from '../program.ts'
import { withFolder } from './bench-core.ts'
import type { BenchRow } from './bench-row.ts'
import { stop, timeOf } from './host-cases.ts'
import { waitForJob } from './import-rows.ts'

const PICTURE_PX = 96
const FILES_IN_FOLDER = 1_000

/** Bytes a second of a JSONL export of all rows, against writing the same bytes plainly and flushing them. */
export async function benchTableExport(options: {
  readonly program: Program
  readonly project: string
  readonly name: string
}): Promise<BenchRow[]> {
  return withFolder(async (folder) => {
    const out = join(folder, 'out')
    const seconds = await timeExport({ ...options, out, format: 'jsonl' })
    const files = await listFiles(out)
    const plain = await timeOf(() => copyFiles(files, join(folder, 'plain')))
    return [await rateRow(options.name, { files, seconds, plainSeconds: plain / 1_000 })]
  })
}

/** Bytes a second of a WebDataset export of small pictures, against copying the same archives plainly. */
export async function benchArchiveExport(count: number): Promise<BenchRow[]> {
  return withFolder(async (folder) => {
    const source = join(folder, 'source')
    await writePictures(source, count)
    const program = await buildProgram(join(folder, 'data'))
    const project = join(folder, 'project')
    await importAll({ program, project, source })
    const out = join(folder, 'out')
    const seconds = await timeExport({ program, project, out, format: 'webdataset' })
    const files = await listFiles(out)
    const plain = await timeOf(() => copyFiles(files, join(folder, 'plain')))
    const name = `scale.webdataset.${count / 1_000}k`
    return [await rateRow(name, { files, seconds, plainSeconds: plain / 1_000 })]
  })
}

async function rateRow(
  name: string,
  measured: {
    readonly files: readonly string[]
    readonly seconds: number
    readonly plainSeconds: number
  },
): Promise<BenchRow> {
  const sizes = await Promise.all(measured.files.map(async (file) => (await stat(file)).size))
  const megabytes = sizes.reduce((sum, size) => sum + size, 0) / 1_000_000
  const [value, limit] = [megabytes / measured.seconds, megabytes / measured.plainSeconds]
  return { case: name, value, unit: 'MB/s', limit, ratio: value / limit }
}

async function timeExport(options: {
  readonly program: Program
  readonly project: string
  readonly out: string
  readonly format: string
}): Promise<number> {
  const host = startHost(options.program, options.project)
  try {
    const client = await host.ready
    const ms = await timeOf(async () => {
      const { format, out } = options
      const { jobId } = await client.exports.start({ format, out })
      const job = await waitForJob(client, jobId)
      if (job.state !== 'done') throw new Error(`The export ended with ${JSON.stringify(job)}.`)
    })
    return ms / 1_000
  } finally {
    await stop(host)
  }
}

async function importAll(options: {
  readonly program: Program
  readonly project: string
  readonly source: string
}): Promise<void> {
  const host = startHost(options.program, options.project)
  try {
    const client = await host.ready
    const { jobId } = await client.imports.start({ path: options.source })
    const job = await waitForJob(client, jobId)
    if (job.state !== 'done') throw new Error(`The import ended with ${JSON.stringify(job)}.`)
  } finally {
    await stop(host)
  }
}

/** Pictures of noise, each with a comment of its own behind its end, so that no two are the same file. */
async function writePictures(folder: string, count: number): Promise<void> {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const
  const create = {
    width: PICTURE_PX,
    height: PICTURE_PX,
    channels: 3,
    background: 'white',
  } as const
  const picture = await sharp({ create: { ...create, noise } })
    .jpeg({ quality: 80 })
    .toBuffer()
  for (let from = 0; from < count; from += FILES_IN_FOLDER) {
    const part = join(folder, `part-${String(from / FILES_IN_FOLDER).padStart(4, '0')}`)
    await mkdir(part, { recursive: true })
    const numbers = Array.from(
      { length: Math.min(FILES_IN_FOLDER, count - from) },
      (_, i) => from + i,
    )
    await Promise.all(
      numbers.map(async (number) => {
        const name = String(number).padStart(7, '0')
        await writeFile(join(part, `${name}.jpg`), Buffer.concat([picture, Buffer.from(name)]))
        await writeFile(join(part, `${name}.txt`), `picture number ${name} of noise`)
      }),
    )
  }
}

async function listFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

/** Reads and writes every byte, as the export has to, and brings it to the disk. */
async function copyFiles(files: readonly string[], folder: string): Promise<void> {
  await mkdir(folder)
  for (const [index, file] of files.entries()) {
    const target = join(folder, String(index))
    await pipeline(createReadStream(file), createWriteStream(target))
    const handle = await open(target, 'r+')
    await handle.sync()
    await handle.close()
  }
}
