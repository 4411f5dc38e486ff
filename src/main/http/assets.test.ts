import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAssetsRoute, readAssetName } from './assets.ts'
import type { Route } from './handler.ts'

const PAGE = '<!doctype html><title>Realign</title>'
let base = ''
let route: Route

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'realign-assets-'))
  const folder = join(base, 'renderer')
  await mkdir(join(folder, 'assets'), { recursive: true })
  await writeFile(join(folder, 'index.html'), PAGE)
  await writeFile(join(folder, 'assets', 'index-B2x_9aQz.js'), 'run()')
  await writeFile(join(folder, 'favicon.svg'), '<svg/>')
  await writeFile(join(folder, '.secret'), 'hidden')
  await writeFile(join(base, 'outside.txt'), 'outside')
  route = createAssetsRoute(folder)
})

afterAll(() => rm(base, { recursive: true }))

function ask(path: string, init: RequestInit = {}): Promise<Response> | Response {
  return route(new Request(`http://localhost${path}`, init))
}

const navigation = { headers: { accept: 'text/html,application/xhtml+xml' } }

describe('pages', () => {
  test.each(['/', '/index.html', '/align/7', '/library?q=cat'])('%s is the app', async (path) => {
    const response = await ask(path, navigation)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('cache-control')).toBe('no-cache')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'")
    expect(await response.text()).toBe(PAGE)
  })

  test('a page that is still the same is not sent again', async () => {
    const etag = (await ask('/')).headers.get('etag') ?? ''
    const response = await ask('/', { headers: { 'if-none-match': etag } })
    expect(response.status).toBe(304)
    expect(await response.text()).toBe('')
  })
})

describe('files', () => {
  test('a hashed file may be kept for ever', async () => {
    const response = await ask('/assets/index-B2x_9aQz.js')
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(await response.text()).toBe('run()')
  })

  test('other files are asked for again', async () => {
    const response = await ask('/favicon.svg')
    expect(response.headers.get('cache-control')).toBe('no-cache')
    expect(response.headers.get('content-type')).toBe('image/svg+xml')
  })

  test('HEAD has the length and no body', async () => {
    const response = await ask('/favicon.svg', { method: 'HEAD' })
    expect(response.headers.get('content-length')).toBe('6')
    expect(response.body).toBeNull()
  })

  test.each(['/assets/index-old.js', '/assets/absent', '/absent.png'])(
    '%s is a plain 404 even for a navigation',
    async (path) => {
      const response = await ask(path, navigation)
      expect(response.status).toBe(404)
      expect(await response.json()).toMatchObject({ json: { code: 'NOT_FOUND' } })
    },
  )

  test('a screen address that is fetched, not navigated to, is a 404', async () => {
    expect((await ask('/align/7')).status).toBe(404)
  })

  test('only reading is allowed', async () => {
    const response = await ask('/', { method: 'POST', body: 'x' })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('GET, HEAD')
  })
})

describe('paths that leave the folder', () => {
  test.each([
    '/..%2foutside.txt',
    '/%2e%2e/outside.txt',
    '/assets/..%2f..%2foutside.txt',
    '/..%5coutside.txt',
    '/.secret',
    '/%2esecret',
    '/%00',
    '/c:/windows/system.ini',
    '/%E0%A4%A',
  ])('%s is a 404', async (path) => {
    const response = await ask(path, navigation)
    expect(response.status).toBe(404)
    expect(await response.text()).not.toMatch(/outside$|hidden/)
  })

  test('names are decoded once', () => {
    expect(readAssetName('/a%20b.png')).toBe('a b.png')
    expect(readAssetName('/%252e%252e/x')).toBe('%2e%2e/x')
    expect(readAssetName('/a/../b')).toBeNull()
  })
})

test('a renderer that is not built is explained', async () => {
  const response = await createAssetsRoute(join(base, 'absent'))(new Request('http://localhost/'))
  expect(response.status).toBe(404)
  expect(await response.text()).toContain('npm run build')
})
