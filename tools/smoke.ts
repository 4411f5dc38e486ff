import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import { ensureBuild } from './build.ts'
import { startHostProcess, type HostProcess } from './host-process.ts'
import { ROOT } from './package-root.ts'

const IMPORT_MS = 60_000

/**
 * Starts the built Node host as on a machine without Electron, opens the sample, asks for one row, one
 * picture and one page, and stops it.
 */
async function smoke(): Promise<void> {
  await ensureBuild()
  const data = await mkdtemp(join(tmpdir(), 'realign-smoke-'))
  try {
    const refuse = pathToFileURL(join(ROOT, 'tools', 'refuse-electron.ts')).href
    const host = await startHostProcess({
      nodeArgs: ['--import', refuse],
      env: { REALIGN_DATA: data, REALIGN_LOG: 'warn' },
    })
    try {
      await visit(host)
    } finally {
      const code = await host.stop()
      expect(code === 0, `the host ended with ${String(code)} instead of 0`)
    }
  } finally {
    await rm(data, { recursive: true, force: true })
  }
  process.stdout.write('The built Node host works without Electron.\n')
}

async function visit(host: HostProcess): Promise<void> {
  const project = await host.client.projects.current()
  expect(project?.isSample === true, 'the sample project is not open')
  const imageId = await waitForPicture(host)

  const thumbnail = await host.fetch(`/media/thumbnail/${imageId}`)
  const bytes = await thumbnail.arrayBuffer()
  expect(thumbnail.ok && bytes.byteLength > 0, `the thumbnail answered ${thumbnail.status}`)

  const page = await host.fetch('/', { headers: { accept: 'text/html' } })
  expect((await page.text()).includes('<div id="root">'), `the page answered ${page.status}`)

  const stranger = await fetch(host.origin)
  expect(stranger.status === 401, `without its token the page answered ${stranger.status}`)
}

/** The sample is imported in the background: its first picture takes a moment. */
async function waitForPicture(host: HostProcess): Promise<number> {
  const endAt = Date.now() + IMPORT_MS
  while (Date.now() < endAt) {
    const { rows } = await host.client.library.page({
      query: '',
      sort: { key: 'name', descending: false },
      position: 0,
      limit: 1,
    })
    const [row] = rows
    if (row !== undefined && row.hash !== '') return row.id
    await sleep(100)
  }
  throw new Error('The sample project stayed empty.')
}

function expect(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`Smoke test: ${message}.`)
}

try {
  await smoke()
} catch (error) {
  process.stderr.write(
    `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  )
  process.exitCode = 1
}
