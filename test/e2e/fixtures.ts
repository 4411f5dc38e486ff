import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect } from '@playwright/test'
import { startHostProcess, type HostProcess } from '../../tools/host-process.ts'

export { expect }

/** Messages that a sound page never writes: errors, broken assets, refusals of the security policy. */
export interface PageFaults {
  readonly faults: readonly string[]
}

/**
 * Each worker gets a Node host of its own with an empty data folder, so that tests see the bundled sample
 * and nobody's settings; each test gets a signed-in page, and fails when the page reported an error.
 */
export const test = base.extend<PageFaults, { host: HostProcess }>({
  host: [
    async ({}, use) => {
      const data = await mkdtemp(join(tmpdir(), 'realign-e2e-'))
      const host = await startHostProcess({ env: { REALIGN_DATA: data, REALIGN_LOG: 'warn' } })
      await use(host)
      await host.stop()
      await rm(data, { recursive: true, force: true })
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  baseURL: async ({ host }, use) => use(host.origin),
  page: async ({ page, host }, use) => {
    await page.goto(host.url)
    await use(page)
  },
  faults: [
    async ({ context }, use) => {
      const faults: string[] = []
      context.on('weberror', (error) => faults.push(error.error().message))
      context.on('console', (message) => {
        if (message.type() === 'error') faults.push(`${message.text()} ${message.location().url}`)
      })
      await use(faults)
      expect(faults, 'errors that the page reported').toEqual([])
    },
    { auto: true },
  ],
})
