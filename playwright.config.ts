import { defineConfig } from '@playwright/test'
import { PATIENCE } from './test/e2e/support/slow-down.ts'

/** tools/e2e.ts finds a browser and names it; without that Playwright takes its own. */
const browser = process.env['REALIGN_BROWSER'] ?? ''
/** Chromium does not start as root with its sandbox; anywhere else the sandbox stays on. */
const isRoot = process.getuid?.() === 0

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  // One machine with two cores draws pictures, runs a browser and a server: two at a time is the most.
  workers: 2,
  fullyParallel: true,
  forbidOnly: (process.env['CI'] ?? '') !== '',
  // CI tries a test that failed once more and names it; everywhere else a flaky test fails (docs/decisions/025).
  retries: (process.env['CI'] ?? '') === '' ? 0 : 1,
  // Limits are there for what hangs, not for what is slow.
  timeout: 120_000 * PATIENCE,
  expect: { timeout: 30_000 * PATIENCE },
  reporter: [['list'], ['json']],
  use: {
    viewport: { width: 1280, height: 800 },
    // Pictures of every frame cost a slow machine more than the test itself; a trace has the page at each step anyway.
    trace: { mode: 'retain-on-failure', screenshots: false, sources: false },
    launchOptions: {
      ...(browser === '' ? {} : { executablePath: browser }),
      args: [
        ...(isRoot ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
