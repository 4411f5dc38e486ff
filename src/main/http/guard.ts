import { createHash, timingSafeEqual } from 'node:crypto'
import { OWNER, type Asker } from '../base/asking.ts'
import { errorResponse } from './error-response.ts'

/** Who holds this secret; null for a stranger. Takes as long for a wrong secret as for a right one. */
export type FindGuest = (secret: string) => Asker | null

/** Looks at a request before any route does: a response refuses it (or redirects), else it says who asks. */
export type Guard = (request: Request, findGuest: FindGuest) => Response | Asker

/** Lets only the page of our own scheme and authority through; nothing else can even resolve it. */
export function createElectronGuard(origin: string): Guard {
  return (request) => {
    const url = new URL(request.url)
    // URL.origin is 'null' for schemes that the URL standard does not know, so it is put together here.
    if (`${url.protocol}//${url.host}` !== origin) {
      return errorResponse('FORBIDDEN', 'Requests must come to the address of the app itself.')
    }
    const from = request.headers.get('origin')
    if (from !== null && from !== origin && !isRead(request)) {
      return errorResponse('FORBIDDEN', 'Requests must come from the page of the app itself.')
    }
    return OWNER
  }
}

export interface NodeGuardOptions {
  readonly token: string
  /** Host names, lower case and without port, that the server may be asked under. */
  readonly hostnames: ReadonlySet<string>
}

/**
 * Guards the HTTP listener: the Host allow-list stops DNS rebinding, the Origin and Sec-Fetch-Site
 * checks stop other pages in the same browser, and the token stops other users and programs of the
 * machine. A first visit with `?token=` is turned into a cookie, because an `<img>` can send no header.
 * The server's own token is the owner's; every other one is looked up among the invited people.
 */
export function createNodeGuard(options: NodeGuardOptions): Guard {
  return (request, findGuest) => {
    const url = new URL(request.url)
    if (!options.hostnames.has(url.hostname.toLowerCase())) {
      return errorResponse(
        'FORBIDDEN',
        `This server does not answer to the name ${url.hostname}. Use the URL that it printed when it started.`,
      )
    }
    return (
      checkOrigin(request, url) ??
      checkToken(request, url, (secret) => identify(secret, options.token, findGuest))
    )
  }
}

function checkOrigin(request: Request, url: URL): Response | null {
  const origin = request.headers.get('origin')
  const site = request.headers.get('sec-fetch-site')
  const isNavigation = request.headers.get('sec-fetch-mode') === 'navigate'
  const isForeignSite = site !== null && site !== 'same-origin' && site !== 'none'
  const isForeignOrigin = origin !== null && origin !== url.origin
  const isRefused = isRead(request)
    ? isForeignSite && !isNavigation
    : isForeignOrigin || isForeignSite
  if (!isRefused) return null
  return errorResponse(
    'FORBIDDEN',
    'This request came from another site. Realign answers only its own pages and the command line.',
  )
}

/** Asks both in any case, so that the time does not tell whose token came near. */
function identify(secret: string, token: string, findGuest: FindGuest): Asker | null {
  const guest = findGuest(secret)
  return isSameSecret(secret, token) ? OWNER : guest
}

function checkToken(
  request: Request,
  url: URL,
  find: (secret: string) => Asker | null,
): Response | Asker {
  const cookieName = cookieNameFor(url)
  const offered = url.searchParams.get('token')
  if (offered !== null && isRead(request)) {
    return find(offered) === null
      ? refuseToken(request)
      : redirectWithCookie(url, `${cookieName}=${offered}; HttpOnly; SameSite=Strict; Path=/`)
  }
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]
  const cookie = readCookie(request.headers.get('cookie') ?? '', cookieName)
  for (const secret of [bearer, cookie]) {
    const asker = secret === undefined ? null : find(secret)
    if (asker !== null) return asker
  }
  return refuseToken(request)
}

/**
 * Cookies do not tell ports apart, so the port is in the name. It is the port the browser asked, not
 * the one we bound: two servers behind two tunnels may well be bound to the same number.
 */
export function cookieNameFor(url: URL): string {
  return `realign-${url.port === '' ? '80' : url.port}`
}

/** The clean URL is a path only, and begins with one slash: `//host` would lead to another site. */
function redirectWithCookie(url: URL, cookie: string): Response {
  const clean = new URL(url)
  clean.searchParams.delete('token')
  const location = `${clean.pathname.replace(/^[/\\]+/, '/')}${clean.search}`
  return new Response(null, {
    status: 303,
    headers: { location, 'set-cookie': cookie, 'cache-control': 'no-store' },
  })
}

function refuseToken(request: Request): Response {
  const message =
    'This server needs a token. Open the URL that it printed in the terminal when it started, or the link that you were invited with; it ends in ?token= and a long word. A link that was taken back works no more: ask for a new one.'
  if (!(request.headers.get('accept') ?? '').includes('text/html')) {
    return errorResponse('UNAUTHORIZED', message, { headers: { 'www-authenticate': 'Bearer' } })
  }
  return new Response(createRefusalPage(message), {
    status: 401,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      'www-authenticate': 'Bearer',
    },
  })
}

function createRefusalPage(message: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Realign: token needed</title>
<style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 15vh auto; max-width: 34rem; padding: 0 1.5rem; }
h1 { font-size: 1.25rem; }
</style>
</head>
<body>
<h1>Realign is running, but does not know this browser yet</h1>
<p>${message}</p>
</body>
</html>
`
}

/** Compares hashes, so that neither the time nor a difference in length tells how much was right. */
export function isSameSecret(offered: string, expected: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(offered), hash(expected))
}

function readCookie(header: string, name: string): string | undefined {
  for (const part of header.split(';')) {
    const split = part.indexOf('=')
    if (split !== -1 && part.slice(0, split).trim() === name) return part.slice(split + 1).trim()
  }
  return undefined
}

function isRead(request: Request): boolean {
  return request.method === 'GET' || request.method === 'HEAD'
}
