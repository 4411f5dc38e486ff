import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createClient, type Client } from '../src/main/http/rpc-client.ts'
import { ensureBuild } from './build.ts'
import { ROOT } from './package-root.ts'

const TOKEN = 'the-token-of-a-test-host'
const STARTUP_LIMIT_MS = 60_000
/** A media process leaves when its parent's pipe closes; on a busy machine that takes a moment. */
const ORPHAN_LIMIT_MS = 10_000

/** The built Realign and where it keeps the settings of its user. */
export interface Program {
  readonly entry: string
  /** A temporary folder, so that nothing of the person who runs this is touched. */
  readonly dataFolder: string
}

/** Builds first where the sources are newer, because the built program starts in a fraction of their time. */
export async function buildProgram(dataFolder: string): Promise<Program> {
  await ensureBuild()
  return { entry: join(ROOT, 'out', 'main', 'cli.js'), dataFolder }
}

/** A running Realign, with everything it prints. */
export interface Running {
  readonly pid: number
  readonly firstLine: Promise<string>
  /** Resolves with the exit code, or null when a signal ended it. */
  readonly ended: Promise<number | null>
  stdout(): string
  stderr(): string
  /** SIGKILL at once; answers the pids of its children that are still there long after. */
  kill(): Promise<readonly number[]>
  /** Asks it to end by itself. */
  terminate(): void
}

export function startProgram(program: Program, args: readonly string[]): Running {
  const child = spawn(process.execPath, [program.entry, ...args], {
    cwd: ROOT,
    env: {
      ...process.env,
      REALIGN_DATA: program.dataFolder,
      REALIGN_TOKEN: TOKEN,
      REALIGN_LOG: 'warn',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stdout = collect(child.stdout)
  const stderr = collect(child.stderr)
  const firstLine = new Promise<string>((resolve) => {
    child.stdout.on('data', () => {
      const [line, rest] = stdout().split('\n', 2)
      if (line !== undefined && rest !== undefined) resolve(line)
    })
  })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code))
  })
  // Whoever waits for it meets the error; until then it must not count as unhandled.
  ended.catch(() => {})
  return {
    pid: child.pid ?? 0,
    firstLine,
    ended,
    stdout,
    stderr,
    kill: () => kill(child, ended),
    terminate: () => void child.kill('SIGTERM'),
  }
}

export interface Host extends Running {
  /** Resolves when the host answers requests; rejects when it ends before. */
  readonly ready: Promise<Client>
}

/** Starts `realign serve` on a project, on a free port. */
export function startHost(program: Program, project: string): Host {
  const running = startProgram(program, [
    ...['serve', '--project', project, '--port', '0', '--no-open', '--json'],
  ])
  const ready = waitForAddress(running)
  ready.catch(() => {})
  return { ...running, ready }
}

async function waitForAddress(running: Running): Promise<Client> {
  const line = await Promise.race([
    running.firstLine,
    running.ended.then((code) => {
      throw new Error(`The host ended (${String(code)}) before it answered: ${running.stderr()}`)
    }),
    sleep(STARTUP_LIMIT_MS, undefined, { ref: false }).then(() => {
      throw new Error(`The host did not start: ${running.stderr()}`)
    }),
  ])
  const { port } = JSON.parse(line) as { port: number }
  return createClient(`http://127.0.0.1:${port}`, (request) => {
    request.headers.set('authorization', `Bearer ${TOKEN}`)
    return fetch(request)
  })
}

function collect(stream: ChildProcess['stdout']): () => string {
  const chunks: Buffer[] = []
  stream?.on('data', (chunk: Buffer) => chunks.push(chunk))
  return () => Buffer.concat(chunks).toString('utf8')
}

async function kill(
  child: ChildProcess,
  ended: Promise<number | null>,
): Promise<readonly number[]> {
  const children = child.pid === undefined ? [] : listChildren(child.pid)
  child.kill('SIGKILL')
  await ended
  const limit = Date.now() + ORPHAN_LIMIT_MS
  while (Date.now() < limit && children.some(isAlive)) await sleep(20)
  return children.filter(isAlive)
}

/** Child processes by the kernel's own list; other systems than Linux have none and are not looked at. */
export function listChildren(pid: number): number[] {
  try {
    const list = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    return list.trim().split(' ').filter(Boolean).map(Number)
  } catch {
    return []
  }
}

function isAlive(pid: number): boolean {
  try {
    // The third field; a zombie has ended and only waits to be noticed.
    return !/^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}
