import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect, type Browser, type Page } from '@playwright/test'
import { startHostProcess, type HostProcess } from '../../tools/host-process.ts'
import type { LibraryRow } from '../../src/shared/contract/library.ts'
import type { Settings } from '../../src/shared/contract/settings.ts'
import { createApp, type App } from './pages/app.ts'
import { listRows, waitForJobs } from './support/core.ts'
import { slowDown } from './support/slow-down.ts'
import { writeImageFolder, type SourceImage } from './support/source.ts'
import { waitForDrawing } from './support/until-drawn.ts'

export { expect }

interface LaunchOptions {
  /** Left out, the host opens what a first start opens: the sample. */
  readonly project?: string
  readonly port?: number
  readonly token?: string
}

export interface OpenedProject {
  readonly folder: string
  /** Imports pictures with their texts, waits for the end, and answers the rows in order. */
  readonly fill: (images: readonly SourceImage[]) => Promise<readonly LibraryRow[]>
}

interface TestFixtures {
  /** Messages of the page that the test itself brings about, such as those of a lost connection. */
  readonly expectedFaults: readonly RegExp[]
  /** Messages that a sound page never writes: errors, broken assets, refusals of the security policy. */
  readonly faults: readonly string[]
  /** An empty folder that is gone after the test. */
  readonly folder: string
  /** Starts a host of the test's own, with settings of its own; ended after the test. */
  readonly launch: (options?: LaunchOptions) => Promise<HostProcess>
  /** A new project in the worker's host. */
  readonly project: OpenedProject
  /** The page on the worker's host, not opened yet. */
  readonly app: App
  /** The page on another host. */
  readonly appOn: (host: HostProcess, page?: Page) => App
}

interface WorkerFixtures {
  /** The browser, whose pages are on screen once they are loaded, and slow where a hunt for races asks for it. */
  readonly browser: Browser
  /** One host a worker, whose project each test replaces by its own. */
  readonly host: HostProcess
}

/** What a test finds, whatever the one before it left; the host of a worker goes on from test to test. */
const FIRST_SETTINGS: Partial<Settings> = {
  ...{ theme: 'system', tileSizePx: 192, libraryLayout: 'grid', keys: {} },
  reviewOrder: 'submitted',
}

/** A page that reports an error fails its test. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  browser: [
    async ({ browser }, use) => {
      const open = browser.newContext.bind(browser)
      browser.newContext = async (options) => {
        const context = await open(options)
        await slowDown(context)
        waitForDrawing(context)
        return context
      }
      await use(browser)
    },
    { scope: 'worker' },
  ],
  host: [
    async ({}, use) => {
      const data = await mkdtemp(join(tmpdir(), 'realign-e2e-'))
      const host = await startHostProcess({
        args: ['--project', join(data, 'first')],
        env: { REALIGN_DATA: data, REALIGN_LOG: 'warn' },
      })
      await use(host)
      await host.stop()
      await rm(data, { recursive: true, force: true })
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  expectedFaults: [[], { option: true }],
  faults: [
    async ({ context, expectedFaults }, use) => {
      const faults: string[] = []
      const add = (fault: string): void => {
        if (!expectedFaults.some((expected) => expected.test(fault))) faults.push(fault)
      }
      context.on('weberror', (error) => add(error.error().message))
      context.on('console', (message) => {
        if (message.type() === 'error') add(`${message.text()} ${message.location().url}`)
      })
      await use(faults)
      expect(faults, 'errors that the page reported').toEqual([])
    },
    { auto: true },
  ],
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'realign-e2e-test-'))
    await use(folder)
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  },
  launch: async ({ context, folder }, use) => {
    const hosts: HostProcess[] = []
    await use(async ({ project, port, token } = {}) => {
      const host = await startHostProcess({
        args: [
          ...(project === undefined ? [] : ['--project', project]),
          ...(port === undefined ? [] : ['--port', String(port)]),
        ],
        env: {
          REALIGN_DATA: join(folder, 'data'),
          REALIGN_LOG: 'warn',
          ...(token === undefined ? {} : { REALIGN_TOKEN: token }),
        },
      })
      hosts.push(host)
      return host
    })
    // A page that outlives its host would report a lost connection.
    await Promise.all(context.pages().map((page) => page.close()))
    await Promise.all(hosts.map((host) => host.stop()))
  },
  project: async ({ context, host, folder }, use) => {
    const projectFolder = join(folder, 'project')
    const before = await host.client.projects.current()
    await host.client.projects.create({ folder: projectFolder })
    await host.client.settings.set(FIRST_SETTINGS)
    await use({
      folder: projectFolder,
      fill: async (images) => {
        const source = join(folder, 'source')
        await writeImageFolder(source, images)
        await host.client.imports.start({ path: source })
        await waitForJobs(host.client)
        return listRows(host.client)
      },
    })
    // Nothing may look at the project or have it open when its folder goes.
    await Promise.all(context.pages().map((page) => page.close()))
    if (before !== null) await host.client.projects.open({ folder: before.folder })
  },
  app: async ({ page, host }, use) => {
    await use(createApp(page, host))
  },
  appOn: async ({ page }, use) => {
    await use((host, other) => createApp(other ?? page, host))
  },
})
