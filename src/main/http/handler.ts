import { AppError, isAbortError } from '../../shared/errors.ts'
import type { Asker } from '../base/asking.ts'
import type { Log } from '../base/log.ts'
import { createErrorId, describeInternal, errorResponse } from './error-response.ts'
import type { FindGuest, Guard } from './guard.ts'

/** Answers the requests of one first path segment. */
export type Route = (request: Request) => Promise<Response> | Response
export type AskedRoute = (request: Request, asker: Asker) => Promise<Response> | Response

export interface HandlerOptions {
  readonly guard: Guard
  readonly findGuest: FindGuest
  readonly rpc: AskedRoute
  readonly media: Route
  /** Null where no renderer is served, as on the command line. */
  readonly assets: Route | null
  readonly log: Log
}

/** The status proxies use for "the client went away"; nobody is there to read it. */
const CLIENT_GONE = 499

/**
 * Makes the core's whole outside: guard, then the first path segment picks the route. The promise
 * never rejects, because a throw is an opaque network error in Electron and a hang-up in Node.
 */
export function createHandler(options: HandlerOptions): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      const asker = options.guard(request, options.findGuest)
      const response =
        asker instanceof Response ? asker : await pickRoute(options, request)(request, asker)
      return addSecurityHeaders(response)
    } catch (error) {
      return addSecurityHeaders(toResponse(error, request, options.log))
    }
  }
}

function pickRoute(options: HandlerOptions, request: Request): AskedRoute {
  switch (new URL(request.url).pathname.split('/')[1]) {
    case 'rpc':
      return options.rpc
    case 'media':
      return options.media
    default:
      return options.assets ?? answerNoAssets
  }
}

function answerNoAssets(): Response {
  return errorResponse('NOT_FOUND', 'This host serves no pages, only /rpc and /media.')
}

function addSecurityHeaders(response: Response): Response {
  response.headers.set('x-content-type-options', 'nosniff')
  response.headers.set('referrer-policy', 'no-referrer')
  response.headers.set('cross-origin-resource-policy', 'same-origin')
  return response
}

function toResponse(error: unknown, request: Request, log: Log): Response {
  if (isAbortError(error)) return new Response(null, { status: CLIENT_GONE })
  if (error instanceof AppError) {
    return errorResponse(error.code, error.message, { data: error.data })
  }
  const id = createErrorId()
  log.error('A request failed unexpectedly.', {
    id,
    method: request.method,
    path: new URL(request.url).pathname,
    error,
  })
  return errorResponse('INTERNAL', describeInternal(id), { data: { id } })
}
