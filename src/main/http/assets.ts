import { readFile, stat } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { errorResponse } from './error-response.ts'
import type { Route } from './handler.ts'

const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "img-src 'self' blob: data:",
  "style-src 'self' 'unsafe-inline'",
  "connect-src 'self'",
  "object-src 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

const CONTENT_TYPES: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.webmanifest', 'application/manifest+json; charset=utf-8'],
  ['.txt', 'text/plain; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.jpg', 'image/jpeg'],
  ['.webp', 'image/webp'],
  ['.ico', 'image/x-icon'],
  ['.woff2', 'font/woff2'],
  ['.woff', 'font/woff'],
  ['.wasm', 'application/wasm'],
  ['.map', 'application/json; charset=utf-8'],
])

/** Vite writes `name-<hash>.ext` under assets/: such a file never changes. */
const HASHED_FILE = /^assets\/.+-[\w-]{8,}\.\w+$/

/**
 * Serves the built renderer from one folder. Addresses of screens, which are no files, get index.html
 * when the browser navigates to them; everything else that is not there is a plain 404.
 */
export function createAssetsRoute(folder: string): Route {
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return errorResponse('METHOD_NOT_ALLOWED', 'Pages are only read, with GET or HEAD.', {
        headers: { allow: 'GET, HEAD' },
      })
    }
    const name = readAssetName(new URL(request.url).pathname)
    if (name === null) return refuse(request)
    const found = name === '' ? null : await findAsset(folder, name)
    if (found !== null) return sendAsset(request, found)
    if (name !== '' && !isScreenAddress(request, name)) return refuse(request)
    const index = await findAsset(folder, 'index.html')
    return index === null ? refuseUnbuilt() : sendAsset(request, index)
  }
}

/**
 * The asset's path below the folder, with forward slashes; null for what can be no asset: broken escapes,
 * `..`, drive letters, streams and dot files.
 */
export function readAssetName(pathname: string): string | null {
  let decoded: string
  try {
    decoded = decodeURIComponent(pathname)
  } catch {
    return null
  }
  const name = decoded.replace(/^\/+/, '').replace(/\/+$/, '')
  if (/[\\:\u0000-\u001f]/.test(name)) return null
  return name.split('/').some((segment) => segment.startsWith('.')) ? null : name
}

interface Asset {
  readonly name: string
  readonly path: string
  readonly sizeBytes: number
  readonly etag: string
}

async function findAsset(folder: string, name: string): Promise<Asset | null> {
  const path = join(folder, ...name.split('/'))
  if (!path.startsWith(folder.endsWith(sep) ? folder : folder + sep)) return null
  try {
    const stats = await stat(path)
    if (!stats.isFile()) return null
    const etag = `"${stats.size.toString(36)}-${Math.floor(stats.mtimeMs).toString(36)}"`
    return { name, path, sizeBytes: stats.size, etag }
  } catch {
    return null
  }
}

async function sendAsset(request: Request, asset: Asset): Promise<Response> {
  const headers = {
    'content-type':
      CONTENT_TYPES.get(extname(asset.name).toLowerCase()) ?? 'application/octet-stream',
    'cache-control': HASHED_FILE.test(asset.name)
      ? 'public, max-age=31536000, immutable'
      : 'no-cache',
    etag: asset.etag,
    'content-security-policy': CONTENT_SECURITY_POLICY,
  }
  if (request.headers.get('if-none-match') === asset.etag) {
    return new Response(null, { status: 304, headers })
  }
  const withLength = { ...headers, 'content-length': String(asset.sizeBytes) }
  if (request.method === 'HEAD') return new Response(null, { headers: withLength })
  return new Response(await readFile(asset.path), { headers: withLength })
}

/** A last segment with an extension names a file: answering it with a page would hide that it is missing. */
function isScreenAddress(request: Request, name: string): boolean {
  const accept = request.headers.get('accept') ?? ''
  return extname(name) === '' && !name.startsWith('assets/') && accept.includes('text/html')
}

function refuse(request: Request): Response {
  const { pathname } = new URL(request.url)
  return errorResponse('NOT_FOUND', `There is nothing at ${pathname}.`)
}

function refuseUnbuilt(): Response {
  return errorResponse(
    'NOT_FOUND',
    'The pages of Realign are not built yet. Run "npm run build" and reload.',
  )
}
