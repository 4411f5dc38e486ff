import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './package-root.ts'

const PACKAGE = join(ROOT, 'node_modules', 'electron')
const PROBE_MS = 5_000
const DOWNLOAD_MS = 600_000

/**
 * The path of Electron's program, fetched when it is not there yet: its npm package brings only the
 * downloader. A short probe comes first, so that a closed network costs seconds. Null when it cannot be had.
 */
export async function findElectron(): Promise<string | null> {
  const installed = findInstalledElectron()
  if (installed !== null) return installed
  if (!existsSync(join(PACKAGE, 'install.js')) || !(await isDownloadReachable())) return null
  process.stderr.write('Fetching Electron once (about 100 MB)...\n')
  const result = spawnSync(process.execPath, [join(PACKAGE, 'install.js')], {
    stdio: ['ignore', 'ignore', 'ignore'],
    timeout: DOWNLOAD_MS,
  })
  return result.status === 0 ? findInstalledElectron() : null
}

/** The path of Electron's program where it has been fetched before. */
export function findInstalledElectron(): string | null {
  try {
    const name = readFileSync(join(PACKAGE, 'path.txt'), 'utf8')
    const path = join(PACKAGE, 'dist', name)
    return existsSync(path) ? path : null
  } catch {
    return null
  }
}

async function isDownloadReachable(): Promise<boolean> {
  // A mirror has an address of its own, which only the downloader knows how to put together.
  const names = ['ELECTRON_MIRROR', 'npm_config_electron_mirror', 'NPM_CONFIG_ELECTRON_MIRROR']
  if (names.some((name) => (process.env[name] ?? '') !== '')) return true
  const manifest: unknown = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'))
  const { version } = manifest as { readonly version: string }
  const url = `https://github.com/electron/electron/releases/download/v${version}/SHASUMS256.txt`
  try {
    const response = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(PROBE_MS) })
    return response.ok
  } catch {
    return false
  }
}
