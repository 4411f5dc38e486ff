/** What decides between the Electron shell and the browser host. */
export interface ShellFacts {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  readonly isRoot: boolean
  readonly isBrowserWanted: boolean
}

/** Why the shell cannot be tried, as one sentence; null when it can. */
export function whyNoShell(facts: ShellFacts): string | null {
  if (facts.isBrowserWanted) return 'The browser host was asked for.'
  if (facts.platform !== 'linux') return null
  const hasDisplay = ['DISPLAY', 'WAYLAND_DISPLAY'].some((name) => (facts.env[name] ?? '') !== '')
  if (!hasDisplay) return 'There is no display.'
  // Chromium refuses to run as root with its sandbox, and ours is never switched off.
  if (facts.isRoot) return 'Electron does not run as root.'
  return null
}
