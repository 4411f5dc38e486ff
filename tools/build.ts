import { spawn } from 'node:child_process'
import { mkdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { newestChange } from './build-inputs.ts'
import { CACHE, ROOT } from './package-root.ts'

const STAMP = join(ROOT, 'out', 'built')
const LOCK = join(CACHE, 'build.lock')
/** A build takes seconds; a lock this old was left by a process that was killed. */
const STALE_LOCK_MS = 180_000
const INPUTS = ['src', 'electron.vite.config.ts', 'package.json', 'package-lock.json']

/** Builds into out/ unless that is newer than every input. Messages go to standard error. */
export async function ensureBuild(): Promise<void> {
  if (await isBuildFresh()) return
  await withLock(async () => {
    // Another process may have built while we waited for the lock.
    if (!(await isBuildFresh())) await build()
  })
}

/** Whether out/ is newer than everything it is made of. */
async function isBuildFresh(): Promise<boolean> {
  const stamp = await stat(STAMP).catch(() => null)
  if (stamp === null) return false
  return (await newestChange(INPUTS.map((name) => join(ROOT, name)))) <= stamp.mtimeMs
}

/** Makes the next run build again, whatever the times say. */
export async function forgetBuild(): Promise<void> {
  await rm(STAMP, { force: true })
}

async function build(): Promise<void> {
  process.stderr.write('Building Realign...\n')
  const startedAt = new Date()
  await forgetBuild()
  const output: Buffer[] = []
  const cli = join(ROOT, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const child = spawn(process.execPath, [cli, 'build', '--logLevel', 'warn'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  if (code !== 0) {
    process.stderr.write(Buffer.concat(output))
    throw new Error('The build failed; see the messages above.')
  }
  await writeFile(STAMP, `${startedAt.toISOString()}\n`)
  // What was edited while the build ran is newer than the build.
  await utimes(STAMP, startedAt, startedAt)
}

async function withLock(action: () => Promise<void>): Promise<void> {
  await mkdir(CACHE, { recursive: true })
  while (!(await takeLock())) await sleep(200)
  try {
    await action()
  } finally {
    await rm(LOCK, { recursive: true, force: true })
  }
}

async function takeLock(): Promise<boolean> {
  try {
    await mkdir(LOCK)
    return true
  } catch {
    const lock = await stat(LOCK).catch(() => null)
    if (lock !== null && Date.now() - lock.mtimeMs > STALE_LOCK_MS) {
      await rm(LOCK, { recursive: true, force: true })
    }
    return false
  }
}

if (import.meta.main) {
  try {
    await ensureBuild()
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}
