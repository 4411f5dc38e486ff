/** Whether opening a browser can show anything to the person who started us. */
export function canOpenBrowser(options: {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
}): boolean {
  const { env, platform } = options
  const isSet = (name: string): boolean => (env[name] ?? '') !== ''
  if (isSet('CI') || isSet('SSH_CONNECTION')) return false
  if (platform === 'win32' || platform === 'darwin') return true
  return isSet('DISPLAY') || isSet('WAYLAND_DISPLAY')
}
