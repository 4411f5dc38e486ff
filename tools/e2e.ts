import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuild } from './build.ts'
import { flakyTests } from './counts.ts'
import { findInstalledBrowser } from './find-browser.ts'
import { CACHE } from './package-root.ts'
import { binOf, readReport, runStep, type StepResult } from './run-step.ts'

const DOWNLOAD_MS = 180_000
const INSTALL_MS = 300_000

/** How many tests may need a second try before the run fails; only CI gives one (playwright.config.ts). */
const FLAKY_ALLOWED = 2

const NO_BROWSER =
  'The end-to-end tests need a browser: install Chrome, Chromium or Edge, or name one in REALIGN_BROWSER.'

/** Runs Playwright in whatever browser can be had; one failure with one sentence where there is none. */
export async function runEndToEnd(args: readonly string[]): Promise<StepResult> {
  const browser = await findAnyBrowser()
  if (browser === null) {
    process.stderr.write(`${NO_BROWSER}\n`)
    const counts = { passed: 0, failed: 1, skipped: 0 }
    return { name: 'e2e', isOk: false, durationMs: 0, counts, output: NO_BROWSER }
  }
  process.stderr.write(`Browser for the end-to-end tests: ${browser}\n`)
  const report = join(CACHE, 'reports', 'e2e.json')
  const result = await runStep(
    {
      name: 'e2e',
      report,
      commands: [[binOf('playwright'), 'test', '--pass-with-no-tests', ...args]],
      env: { REALIGN_BROWSER: browser, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    },
    true,
  )
  return judgeFlaky(result, flakyTests(await readReport(report)))
}

/** A test that needed its second try is told, as something to mend; more of them fail the run. */
function judgeFlaky(result: StepResult, flaky: readonly string[]): StepResult {
  if (flaky.length === 0) return result
  const told = `\nPassed at the second try only, to be mended:\n${flaky.map((name) => `  ${name}\n`).join('')}`
  process.stdout.write(told)
  const output = result.output + told
  if (flaky.length <= FLAKY_ALLOWED) return { ...result, output, notes: [told.trim()] }
  const { passed, failed, skipped } = result.counts
  const counts = { passed: passed - flaky.length, failed: failed + flaky.length, skipped }
  return { ...result, isOk: false, counts, output }
}

/** An installed browser, else Playwright's own, else Debian's, fetched when this machine lets us. */
async function findAnyBrowser(): Promise<string | null> {
  const facts = { platform: process.platform, env: process.env }
  return (
    findInstalledBrowser(facts) ??
    (await findPlaywrightBrowser()) ??
    (installDebianChromium() ? findInstalledBrowser(facts) : null)
  )
}

async function findPlaywrightBrowser(): Promise<string | null> {
  const { chromium } = await import('@playwright/test')
  if (!existsSync(chromium.executablePath())) {
    process.stderr.write("No browser is installed; trying Playwright's own...\n")
    spawnSync(process.execPath, [binOf('playwright'), 'install', 'chromium'], {
      stdio: 'ignore',
      timeout: DOWNLOAD_MS,
    })
  }
  return existsSync(chromium.executablePath()) ? chromium.executablePath() : null
}

/** Only where it needs no question: as root, or with a sudo that asks for no password. */
function installDebianChromium(): boolean {
  if (process.platform !== 'linux' || !existsSync('/etc/debian_version')) return false
  const isRoot = process.getuid?.() === 0
  const prefix = isRoot ? [] : ['sudo', '-n']
  process.stderr.write("Trying the system's own chromium...\n")
  const run = (...command: string[]): boolean => {
    const [program = '', ...args] = [...prefix, ...command]
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    return spawnSync(program, args, { stdio: 'ignore', timeout: INSTALL_MS, env }).status === 0
  }
  const install = (): boolean => run('apt-get', 'install', '-y', 'chromium')
  // The lists of a fresh image are empty, so the first try may fail for that alone.
  return install() || (run('apt-get', 'update') && install())
}

if (import.meta.main) {
  await ensureBuild()
  const result = await runEndToEnd(process.argv.slice(2))
  process.exitCode = result.isOk ? 0 : 1
}
