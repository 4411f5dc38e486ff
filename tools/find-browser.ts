import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

export interface BrowserFacts {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
}

const PATH_NAMES = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge-stable',
  'microsoft-edge',
]

const MAC_APPS = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Chromium.app/Contents/MacOS/Chromium',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
]

const WINDOWS_PROGRAMS = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
]

const VERSION_MS = 15_000

/** Where Chrome, Chromium and Edge are usually installed, best first. */
export function browserCandidates({ platform, env }: BrowserFacts): readonly string[] {
  const given = env['REALIGN_BROWSER'] ?? ''
  const first = given === '' ? [] : [given]
  switch (platform) {
    case 'win32':
      return [
        ...first,
        ...['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
          .map((name) => env[name] ?? '')
          .filter((folder) => folder !== '')
          .flatMap((folder) => WINDOWS_PROGRAMS.map((parts) => join(folder, ...parts))),
      ]
    case 'darwin':
      return [
        ...first,
        ...['/Applications', join(env['HOME'] ?? '', 'Applications')].flatMap((folder) =>
          MAC_APPS.map((app) => join(folder, app)),
        ),
      ]
    default:
      return [
        ...first,
        ...PATH_NAMES.flatMap((name) =>
          (env['PATH'] ?? '')
            .split(delimiter)
            .filter((folder) => folder !== '')
            .map((folder) => join(folder, name)),
        ),
        '/opt/google/chrome/chrome',
      ]
  }
}

/** The first candidate that is there and really runs; some systems ship only a stub that asks for a snap. */
export function findInstalledBrowser(facts: BrowserFacts): string | null {
  return browserCandidates(facts).find((path) => existsSync(path) && doesRun(path, facts)) ?? null
}

function doesRun(path: string, { platform }: BrowserFacts): boolean {
  // On Windows --version opens a window instead.
  if (platform === 'win32') return true
  const result = spawnSync(path, ['--version'], { timeout: VERSION_MS, encoding: 'utf8' })
  return result.status === 0 && /\d+\.\d+/.test(result.stdout)
}
