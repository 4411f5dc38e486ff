import { spawnSync } from 'node:child_process'
import { mkdtempSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newestChange } from './build-inputs.ts'
import { addCounts, countReport, describeFailure, formatCounts } from './counts.ts'
import { browserCandidates } from './find-browser.ts'
import { whyNoShell, type ShellFacts } from './shell-choice.ts'

describe('counts', () => {
  test('are read from both runners', () => {
    const vitest = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 }
    expect(countReport(vitest, false)).toEqual({ passed: 5, failed: 1, skipped: 3 })
    const playwright = { stats: { expected: 4, unexpected: 0, flaky: 1, skipped: 1 } }
    expect(countReport(playwright, true)).toEqual({ passed: 5, failed: 0, skipped: 1 })
  })

  test('a runner that dies without a failed test is a failure', () => {
    expect(countReport(null, false).failed).toBe(1)
    expect(countReport({ numPassedTests: 5, numFailedTests: 0 }, false).failed).toBe(1)
  })

  test('are summed into one line', () => {
    const sum = addCounts([
      { passed: 3, failed: 0, skipped: 0 },
      { passed: 2, failed: 1, skipped: 0 },
    ])
    expect(formatCounts(sum)).toBe('5 passed, 1 failed')
    expect(formatCounts({ ...sum, skipped: 2 })).toBe('5 passed, 1 failed, 2 skipped')
  })
})

test('a step that failed is told by the end of what it printed', () => {
  const output = Array.from({ length: 200 }, (_, index) => `line ${index}`).join('\n')
  const told = describeFailure('code', `${output}\n\n`)
  expect(told.startsWith('--- code failed')).toBe(true)
  expect(told.endsWith('line 198\nline 199')).toBe(true)
  expect(told).not.toContain('line 100\n')
})

describe('the newest change', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'realign-build-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  function touch(name: string, seconds: number): void {
    utimesSync(join(folder, name), seconds, seconds)
  }

  test('is found in the depth, tests left out', async () => {
    mkdirSync(join(folder, 'a'))
    writeFileSync(join(folder, 'a', 'b.ts'), '')
    writeFileSync(join(folder, 'a', 'b.test.ts'), '')
    touch('a/b.test.ts', 4000)
    touch('a/b.ts', 2000)
    touch('a', 1000)
    touch('.', 1000)
    expect(await newestChange([folder])).toBe(2_000_000)
  })

  test('includes folders, whose time tells of deleted files', async () => {
    mkdirSync(join(folder, 'a'))
    touch('a', 3000)
    touch('.', 1000)
    expect(await newestChange([folder, join(folder, 'absent')])).toBe(3_000_000)
  })
})

describe('the shell', () => {
  const facts: ShellFacts = {
    platform: 'linux',
    env: { DISPLAY: ':0' },
    isRoot: false,
    isBrowserWanted: false,
  }

  test('is tried where there is a display', () => {
    expect(whyNoShell(facts)).toBeNull()
    expect(whyNoShell({ ...facts, env: { WAYLAND_DISPLAY: 'wayland-0' } })).toBeNull()
    expect(whyNoShell({ ...facts, platform: 'darwin', env: {} })).toBeNull()
  })

  test('is not tried without a display, as root, or when the browser is wanted', () => {
    expect(whyNoShell({ ...facts, env: {} })).toContain('display')
    expect(whyNoShell({ ...facts, isRoot: true })).toContain('root')
    expect(whyNoShell({ ...facts, isBrowserWanted: true })).toContain('asked for')
  })
})

describe('browsers', () => {
  test('a named one comes first, Chrome before Chromium before Edge', () => {
    const env = { REALIGN_BROWSER: '/my/browser', PATH: '/usr/bin' }
    const candidates = browserCandidates({ platform: 'linux', env })
    expect(candidates[0]).toBe('/my/browser')
    expect(candidates.indexOf(join('/usr/bin', 'google-chrome'))).toBeLessThan(
      candidates.indexOf(join('/usr/bin', 'chromium')),
    )
    expect(candidates).toContain(join('/usr/bin', 'microsoft-edge'))
  })

  test('every platform has its own places', () => {
    const mac = browserCandidates({ platform: 'darwin', env: {} })
    expect(mac.some((path) => path.includes('Google Chrome.app'))).toBe(true)
    const windows = browserCandidates({ platform: 'win32', env: { PROGRAMFILES: 'P' } })
    expect(windows.some((path) => path.endsWith('msedge.exe'))).toBe(true)
  })
})

test('the smoke run refuses whatever asks for Electron, in workers too', () => {
  const refuse = pathToFileURL(join(import.meta.dirname, 'refuse-electron.ts')).href
  const script =
    "const { Worker } = await import('node:worker_threads');" +
    'new Worker(\'import("electron")\', { eval: true })' +
    ".on('error', (error) => { console.log('worker', error.message) });" +
    "await import('electron').catch((error) => { console.log('main', error.message) })"
  const { stdout } = spawnSync(
    process.execPath,
    ['--import', refuse, '--input-type=module', '-e', script],
    { encoding: 'utf8' },
  )
  expect(stdout).toMatch(/^main The Node host asked for electron/m)
  expect(stdout).toMatch(/^worker The Node host asked for electron/m)
})
