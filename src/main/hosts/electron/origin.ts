/** The page's address. A scheme of our own has no port that other programs could reach. */
export const SCHEME = 'app'
export const ORIGIN = `${SCHEME}://local`

/** Whether the window may show this address. */
export function isOwnPage(url: string): boolean {
  return url === ORIGIN || url.startsWith(`${ORIGIN}/`)
}

/**
 * Copying text is what people expect of a button that says so. Everything else that a page can ask for
 * (camera, notifications, reading the clipboard, devices) this one has no use for.
 */
export function isAllowedPermission(permission: string): boolean {
  return permission === 'clipboard-sanitized-write'
}
