import { mapEventIterator } from '@orpc/client'
import { ValidationError } from '@orpc/contract'
import { ORPCError, type AnyRouter } from '@orpc/server'
import { RPCHandler } from '@orpc/server/fetch'
import {
  AppError,
  ERROR_TABLE,
  isAbortError,
  isErrorCode,
  type ErrorCode,
  type ErrorData,
} from '../../shared/errors.ts'
import { PROJECT_HEADER, WINDOW_HEADER } from '../../shared/domain/request-headers.ts'
import type { Asker, Asking } from '../base/asking.ts'
import type { Log } from '../base/log.ts'
import { createErrorId, describeInternal, errorResponse } from './error-response.ts'
import type { AskedRoute } from './handler.ts'

const KEEP_ALIVE_MS = 15_000
const MAX_ISSUES_NAMED = 3
const MAX_WINDOW_ID_LENGTH = 100

export interface RpcOptions {
  readonly log: Log
  /** Throws when the person may not call the procedure, before its input is read. */
  readonly checkRight: (asker: Asker, path: readonly string[]) => void
}

/**
 * Serves a router, whose context is `Asking`, under /rpc. Every failure leaves in the shape of the one error table: expected
 * errors as they are, input that does not fit its schema as INPUT_INVALID with a readable sentence,
 * and anything else logged with its stack and sent as INTERNAL with an id only.
 */
export function createRpcRoute(router: AnyRouter, { log, checkRight }: RpcOptions): AskedRoute {
  const handler = new RPCHandler(router, {
    // The route below takes POST only, which is stricter.
    strictGetMethodPluginEnabled: false,
    eventIteratorKeepAliveInterval: KEEP_ALIVE_MS,
    // Around everything: a body that is no JSON fails before any procedure is called.
    interceptors: [
      async (options) => {
        try {
          return await options.next()
        } catch (error) {
          throw error instanceof ORPCError ? error : describeUnreadableBody(error)
        }
      },
    ],
    // Around one call: what is thrown from here is still matched with the contract's error list.
    clientInterceptors: [
      async (options) => {
        const procedure = options.path.join('.')
        const translate = (error: unknown): Error => toWireError(error, procedure, log)
        try {
          const output: unknown = await options.next()
          return isAsyncIterator(output) ? translateStream(output, translate) : output
        } catch (error) {
          throw translate(error)
        }
      },
    ],
  })

  return async (request, asker) => {
    // GET and HEAD pass the guard without an Origin check, so no procedure may run on them.
    if (request.method !== 'POST') {
      return errorResponse('METHOD_NOT_ALLOWED', 'Procedures are called with POST.', {
        headers: { allow: 'POST' },
      })
    }
    const name = new URL(request.url).pathname.slice('/rpc/'.length)
    checkRight(asker, name.split('/'))
    const result = await handler.handle(request, {
      prefix: '/rpc',
      context: readAsking(request, asker),
    })
    if (result.matched) {
      result.response.headers.set('cache-control', 'no-store')
      return result.response
    }
    return errorResponse(
      'NOT_FOUND',
      `There is no procedure named "${name}". The page may be older than the app: reload it.`,
    )
  }
}

function readAsking(request: Request, asker: Asker): Asking {
  return {
    asker,
    windowId: request.headers.get(WINDOW_HEADER)?.slice(0, MAX_WINDOW_ID_LENGTH) ?? null,
    shownProject: request.headers.get(PROJECT_HEADER),
  }
}

function toWireError(error: unknown, procedure: string, log: Log): Error {
  if (error instanceof AppError) return wireError(error.code, error.message, error.data)
  if (isAbortError(error)) return new ORPCError('CLIENT_CLOSED_REQUEST')
  if (error instanceof ORPCError) {
    // Data left out would not match the contract, and the client would take the error for an unknown one.
    if (isErrorCode(error.code)) return wireError(error.code, error.message, readData(error.data))
    if (error.code === 'BAD_REQUEST' && error.cause instanceof ValidationError) {
      return describeInput(error.cause.issues)
    }
  }
  const id = createErrorId()
  log.error('A procedure failed unexpectedly.', { id, procedure, error })
  return wireError('INTERNAL', describeInternal(id), { id })
}

function wireError(code: ErrorCode, message: string, data: ErrorData): Error {
  return new ORPCError(code, { status: ERROR_TABLE[code].status, message, data })
}

function readData(data: unknown): ErrorData {
  return typeof data === 'object' && data !== null ? { ...data } : {}
}

function describeUnreadableBody(error: unknown): Error {
  // The listener fails the body stream with an error of ours when it grows too large.
  const { code, message, data } =
    error instanceof AppError
      ? error
      : new AppError(
          'INPUT_INVALID',
          'The request body was expected to be JSON as the Realign client writes it, and could not be read as such.',
        )
  return new ORPCError(code, { defined: true, status: ERROR_TABLE[code].status, message, data })
}

function describeInput(issues: ValidationError['issues']): Error {
  const named = issues.slice(0, MAX_ISSUES_NAMED).map((issue) => {
    const path = issue.path?.map(readSegment).join('.') ?? ''
    return path === '' ? issue.message : `${path}: ${issue.message}`
  })
  const more = issues.length - named.length
  const list = more > 0 ? [...named, `and ${more} more`] : named
  return wireError('INPUT_INVALID', `The input does not fit. ${list.join('; ')}.`, {
    fields: issues.map((issue) => issue.path?.map(readSegment).join('.') ?? ''),
  })
}

function readSegment(segment: PropertyKey | { readonly key: PropertyKey }): string {
  return String(typeof segment === 'object' ? segment.key : segment)
}

function translateStream(
  stream: AsyncIterator<unknown>,
  translate: (error: unknown) => Error,
): AsyncIterator<unknown> {
  return mapEventIterator(stream, {
    value: (value) => Promise.resolve(value),
    error: (error) => Promise.resolve(translate(error)),
  })
}

function isAsyncIterator(value: unknown): value is AsyncIterator<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}
