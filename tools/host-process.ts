import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { createClient, type Client } from '../src/main/http/rpc-client.ts'
import { ROOT } from './package-root.ts'

export interface HostProcess {
  readonly origin: string
  /** Address with the token, as a person would open it. */
  readonly url: string
  readonly client: Client
  readonly pid: number
  /** Like the page's fetch, with a path of the host. */
  fetch(path: string, init?: RequestInit): Promise<Response>
  /** Sends the signal and waits for the end; answers the exit code, null when a signal ended it. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

const START_MS = 60_000

/** Starts the built `realign serve` as a process of its own and waits until it listens. */
export async function startHostProcess(options: {
  readonly args?: readonly string[]
  readonly nodeArgs?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}): Promise<HostProcess> {
  const entry = join(ROOT, 'out', 'main', 'cli.js')
  const serve = [entry, 'serve', '--json', '--no-open', '--port', '0', ...(options.args ?? [])]
  const child = spawn(process.execPath, [...(options.nodeArgs ?? []), ...serve], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...options.env },
  })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  const { url, token, port, pid } = await readFirstLine(child)
  const origin = `http://127.0.0.1:${port}`
  const authorization = `Bearer ${token}`
  const send = (request: Request): Promise<Response> => {
    request.headers.set('authorization', authorization)
    return fetch(request)
  }
  return {
    origin,
    url,
    pid,
    client: createClient(origin, send),
    fetch: (path, init) => send(new Request(`${origin}${path}`, init)),
    stop: (signal = 'SIGTERM') => {
      child.kill(signal)
      return ended
    },
  }
}

interface Announcement {
  readonly url: string
  readonly token: string
  readonly port: number
  readonly pid: number
}

async function readFirstLine(child: ChildProcess): Promise<Announcement> {
  const { stdout } = child
  if (stdout === null) throw new Error('The host was started without its standard output.')
  const timer = setTimeout(() => child.kill('SIGKILL'), START_MS)
  try {
    for await (const line of createInterface({ input: stdout })) {
      return JSON.parse(line) as Announcement
    }
  } finally {
    clearTimeout(timer)
  }
  throw new Error('The host ended before it said where it listens; its messages are above.')
}
