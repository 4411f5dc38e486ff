/**
 * An address of the app with the token of the link that somebody was given: one visit signs in and goes there, where
 * the link itself would load the whole app at its first screen before.
 */
export function signedAddress(link: string, path: string): string {
  const url = new URL(path, link)
  url.searchParams.set('token', new URL(link).searchParams.get('token') ?? '')
  return url.href
}
