import { describe, expect, test } from 'vitest'
import { OWNER, type Asker } from '../base/asking.ts'
import { cookieNameFor, createElectronGuard, createNodeGuard, isSameSecret } from './guard.ts'

const TOKEN = 'correct-horse-battery'
const ORIGIN = 'http://127.0.0.1:4870'
const GUEST_TOKEN = 'token-of-an-invited-person'
const BOB: Asker = { kind: 'guest', id: 'bob', name: 'Bob' }
const guests = new Map([[GUEST_TOKEN, BOB]])
const findGuest = (secret: string): Asker | null => guests.get(secret) ?? null
const guard = createNodeGuard({ token: TOKEN, hostnames: new Set(['127.0.0.1', 'localhost']) })

function ask(
  path: string,
  options: { method?: string; headers?: Record<string, string>; origin?: string } = {},
): Response | null {
  return refusalOf(answer(path, options))
}

function refusalOf(answered: Response | Asker): Response | null {
  return answered instanceof Response ? answered : null
}

function answer(
  path: string,
  options: { method?: string; headers?: Record<string, string>; origin?: string } = {},
): Response | Asker {
  const { method = 'GET', headers = {}, origin = ORIGIN } = options
  return guard(new Request(`${origin}${path}`, { method, headers }), findGuest)
}

const signedIn = { cookie: `other=1; realign-4870=${TOKEN}` }

describe('host names', () => {
  test('a name that is not ours is refused even with the token', async () => {
    const response = ask('/', { origin: 'http://evil.example:4870', headers: signedIn })
    expect(response?.status).toBe(403)
    expect(await response?.text()).toContain('evil.example')
  })

  test('a tunnel may end on another port', () => {
    const headers = { cookie: `realign-9000=${TOKEN}` }
    expect(ask('/', { origin: 'http://localhost:9000', headers })).toBeNull()
  })
})

describe('token', () => {
  test('the first visit gets a cookie and the clean address', () => {
    const response = ask(`/align/7?token=${TOKEN}&q=red%20cat`)
    expect(response?.status).toBe(303)
    expect(response?.headers.get('location')).toBe('/align/7?q=red+cat')
    expect(response?.headers.get('set-cookie')).toBe(
      `realign-4870=${TOKEN}; HttpOnly; SameSite=Strict; Path=/`,
    )
  })

  test.each(['//evil.example/', '/\\evil.example/', '///evil.example'])(
    'the redirect of %s stays here',
    (path) => {
      const location = ask(`${path}?token=${TOKEN}`)?.headers.get('location') ?? ''
      expect(new URL(location, ORIGIN).origin).toBe(ORIGIN)
    },
  )

  test('a wrong token is refused and sets nothing', () => {
    const response = ask('/?token=wrong')
    expect(response?.status).toBe(401)
    expect(response?.headers.get('set-cookie')).toBeNull()
  })

  test('a token in the address signs in no write', () => {
    expect(ask(`/rpc/jobs/list?token=${TOKEN}`, { method: 'POST' })?.status).toBe(401)
  })

  test('a browser without the token is told what to do, in a page', async () => {
    const response = ask('/', { headers: { accept: 'text/html,*/*' } })
    expect(response?.status).toBe(401)
    expect(response?.headers.get('content-type')).toContain('text/html')
    expect(await response?.text()).toContain('printed in the terminal')
  })

  test('a program without the token gets the error shape', async () => {
    const response = ask('/rpc/jobs/list', { method: 'POST' })
    expect(response?.status).toBe(401)
    expect(await response?.json()).toMatchObject({ json: { code: 'UNAUTHORIZED' } })
  })

  test.each([
    ['the cookie', signedIn],
    ['a bearer header', { authorization: `Bearer ${TOKEN}` }],
    ['a bearer header in other letters', { authorization: `bearer  ${TOKEN}` }],
  ])('%s lets through', (_name, headers: Record<string, string>) => {
    expect(ask('/media/thumbnail/1', { headers })).toBeNull()
    expect(ask('/rpc/jobs/list', { method: 'POST', headers })).toBeNull()
  })

  test.each([
    ['the cookie of another port', { cookie: `realign-4871=${TOKEN}` }],
    ['a cookie with a longer name', { cookie: `xrealign-4870=${TOKEN}` }],
    ['a cookie that begins right', { cookie: `realign-4870=${TOKEN}x` }],
    ['a cookie that is cut', { cookie: `realign-4870=${TOKEN.slice(0, -1)}` }],
    ['an empty cookie', { cookie: 'realign-4870=' }],
    ['basic authorization', { authorization: `Basic ${TOKEN}` }],
  ])('%s does not', (_name, headers: Record<string, string>) => {
    expect(ask('/', { headers })?.status).toBe(401)
  })
})

describe('an invited person', () => {
  const invited = { cookie: `realign-4870=${GUEST_TOKEN}` }

  test('comes in by their link, which becomes their cookie', () => {
    const response = ask(`/?token=${GUEST_TOKEN}`)
    expect(response?.status).toBe(303)
    expect(response?.headers.get('set-cookie')).toBe(
      `realign-4870=${GUEST_TOKEN}; HttpOnly; SameSite=Strict; Path=/`,
    )
  })

  test('is known by cookie and bearer, and the owner stays the owner', () => {
    expect(answer('/', { headers: invited })).toEqual(BOB)
    expect(answer('/', { headers: { authorization: `Bearer ${GUEST_TOKEN}` } })).toEqual(BOB)
    expect(answer('/', { headers: signedIn })).toEqual(OWNER)
  })

  test('is a stranger once the link was taken back', async () => {
    guests.delete(GUEST_TOKEN)
    try {
      expect(ask('/', { headers: invited })?.status).toBe(401)
      expect(ask(`/?token=${GUEST_TOKEN}`)?.headers.get('set-cookie')).toBeNull()
      const headers = { ...invited, accept: 'text/html' }
      expect(await ask('/', { headers })?.text()).toContain('ask for a new one')
    } finally {
      guests.set(GUEST_TOKEN, BOB)
    }
  })

  test.each([
    ['another name of the server', 'http://evil.example:4870', {}],
    ['another site', ORIGIN, { origin: 'http://evil.example' }],
    ['another port', ORIGIN, { 'sec-fetch-site': 'same-site' }],
  ])('is refused from %s like anybody', (_name, origin, headers: Record<string, string>) => {
    const given = { method: 'POST', origin, headers: { ...invited, ...headers } }
    expect(ask('/rpc/align/autosave', given)?.status).toBe(403)
  })

  test('means nothing to the guard of the shell', () => {
    const request = new Request('app://local/', { headers: invited })
    expect(createElectronGuard('app://local')(request, findGuest)).toEqual(OWNER)
  })
})

describe('other sites', () => {
  const post = (headers: Record<string, string>): number | undefined =>
    ask('/rpc/jobs/list', { method: 'POST', headers: { ...signedIn, ...headers } })?.status

  test('a write must come from our own origin', () => {
    expect(post({ origin: ORIGIN, 'sec-fetch-site': 'same-origin' })).toBeUndefined()
    expect(post({ origin: 'http://evil.example' })).toBe(403)
    expect(post({ origin: 'http://127.0.0.1:5000' })).toBe(403)
    expect(post({ origin: 'null' })).toBe(403)
    expect(post({ 'sec-fetch-site': 'same-site' })).toBe(403)
    expect(post({ 'sec-fetch-site': 'cross-site' })).toBe(403)
  })

  test('a write of a program, which names no origin, needs only the token', () => {
    expect(post({})).toBeUndefined()
  })

  test('a page of another port cannot embed our pictures', () => {
    const headers = { ...signedIn, 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' }
    expect(ask('/media/thumbnail/1', { headers })?.status).toBe(403)
  })

  test('a link from elsewhere may lead to us', () => {
    const headers = { ...signedIn, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }
    expect(ask('/', { headers })).toBeNull()
  })

  test('an address that was typed is no foreign site', () => {
    expect(ask('/', { headers: { ...signedIn, 'sec-fetch-site': 'none' } })).toBeNull()
  })
})

test('the cookie is named after the port the browser asked', () => {
  expect(cookieNameFor(new URL('http://localhost:9000/'))).toBe('realign-9000')
  expect(cookieNameFor(new URL('http://box/'))).toBe('realign-80')
})

test('secrets are compared whole', () => {
  expect(isSameSecret('abc', 'abc')).toBe(true)
  expect(isSameSecret('abcd', 'abc')).toBe(false)
  expect(isSameSecret('', 'abc')).toBe(false)
})

describe('the guard of the shell', () => {
  const guardOfShell = createElectronGuard('app://local')
  const shellGuard = (request: Request): Response | null =>
    refusalOf(guardOfShell(request, findGuest))

  test('lets its own address through', () => {
    expect(shellGuard(new Request('app://local/align/7'))).toBeNull()
    const headers = { origin: 'app://local' }
    expect(shellGuard(new Request('app://local/rpc/x', { method: 'POST', headers }))).toBeNull()
  })

  test.each(['app://other/', 'http://local/', 'app://local.evil/'])('refuses %s', (url) => {
    expect(shellGuard(new Request(url))?.status).toBe(403)
  })

  test('refuses a write from another page', () => {
    const headers = { origin: 'http://evil.example' }
    const request = new Request('app://local/rpc/x', { method: 'POST', headers })
    expect(shellGuard(request)?.status).toBe(403)
  })
})
