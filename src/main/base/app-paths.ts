import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import envPaths from 'env-paths'
import type { WorkerName } from './channel.ts'

/** The built code lies flat in out/main, so that a chunk finds its neighbours whatever it is called. */
const HERE = dirname(fileURLToPath(import.meta.url))
const IS_SOURCE = import.meta.url.endsWith('.ts')

/** The folder that holds package.json, resources/ and out/, for source and built code alike. */
export function packageRoot(): string {
  return IS_SOURCE ? join(HERE, '..', '..', '..') : join(HERE, '..', '..')
}

/** The entry file a worker is started on: TypeScript beside the sources, JavaScript beside the bundle. */
export function workerEntry(name: WorkerName | 'tables' | 'files' | 'export'): string {
  return IS_SOURCE ? join(HERE, '..', 'workers', `${name}.ts`) : join(HERE, `${name}.js`)
}

/** The bundled sample project, read-only. */
export function sampleFolder(): string {
  return join(packageRoot(), 'resources', 'sample')
}

/** The model packs that come with Realign, read in place: native code opens them, which cannot look into an archive. */
export function bundledPacksFolder(): string {
  const folder = join(packageRoot(), 'resources', 'packs')
  return folder.replace(/app\.asar(?=[/\\])/, 'app.asar.unpacked')
}

/** The built renderer, or null where it has not been built. */
export function assetsFolder(): string | null {
  const folder = join(packageRoot(), 'out', 'renderer')
  return existsSync(join(folder, 'index.html')) ? folder : null
}

/**
 * The per-user folder for settings and the sample's working copy. REALIGN_DATA overrides it, so that
 * tests and several people on one machine account keep apart.
 */
export function dataFolder(env: NodeJS.ProcessEnv = process.env): string {
  const given = env['REALIGN_DATA']
  return given === undefined || given === '' ? envPaths('realign', { suffix: '' }).data : given
}

/** Where compiled code is kept between starts; it can be thrown away at any time. REALIGN_DATA moves it, too. */
export function codeCacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const given = env['REALIGN_DATA']
  const folder =
    given === undefined || given === '' ? envPaths('realign', { suffix: '' }).cache : given
  return join(folder, 'compiled-code')
}

export function appVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8'))
  return typeof manifest === 'object' &&
    manifest !== null &&
    'version' in manifest &&
    typeof manifest.version === 'string'
    ? manifest.version
    : 'unknown'
}
