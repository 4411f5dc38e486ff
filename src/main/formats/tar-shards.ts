import { basename } from 'node:path'
import { walkFolders } from './folder-walk.ts'
import type { SourceEvent } from './format.ts'
import { hasExtension, kindOfPath } from './source-file.ts'
import { readTarSamples, type SampleEvent, type TarSample, type TarShard } from './tar-samples.ts'

interface ShardFile {
  readonly path: string
  /** Relative to the source, with forward slashes. */
  readonly locator: string
}

/** The archives of a source: the file itself, or all in a folder and below, sorted by name. */
export async function* listShards(
  path: string,
  signal: AbortSignal,
): AsyncGenerator<
  { readonly kind: 'shard'; readonly shard: ShardFile } | Exclude<SourceEvent, { kind: 'record' }>
> {
  if ((await kindOfPath(path)) !== 'folder') {
    yield { kind: 'shard', shard: { path, locator: basename(path) } }
    return
  }
  for await (const event of walkFolders(path, signal)) {
    if (event.kind !== 'folder') {
      yield event
      continue
    }
    const prefix = event.locator === '' ? '' : `${event.locator}/`
    for (const name of event.files) {
      if (!hasExtension(name, ['tar'])) continue
      yield { kind: 'shard', shard: { path: `${event.path}/${name}`, locator: prefix + name } }
    }
  }
}

/** All samples of all archives of a source. */
export async function* readAllSamples(options: {
  readonly path: string
  readonly signal: AbortSignal
  readonly maxMembers?: number
}): AsyncGenerator<SampleEvent> {
  const { path, ...rest } = options
  for await (const event of listShards(path, options.signal)) {
    if (event.kind === 'shard') yield* readTarSamples({ ...event.shard, ...rest })
    else yield event
  }
}

/**
 * Looks at the first samples of a source while their archive is open; answers what was found until something could
 * not be read.
 */
export async function peekSamples<Found>(
  path: string,
  limit: number,
  look: (sample: TarSample, shard: TarShard) => Promise<Found>,
): Promise<readonly Found[]> {
  const found: Found[] = []
  const signal = AbortSignal.timeout(5_000)
  try {
    for await (const event of readAllSamples({ path, signal, maxMembers: limit * 4 })) {
      if (event.kind !== 'sample') continue
      found.push(await look(event.sample, event.shard))
      if (found.length >= limit) break
    }
  } catch {
    return found
  }
  return found
}
