import { randomUUID } from 'node:crypto'
import { ERROR_TABLE, type ErrorCode, type ErrorData } from '../../shared/errors.ts'

/**
 * The one error shape of every route: what the rpc layer sends for a declared error, so that the
 * typed client reads refusals of the guard or of the listener like any other error.
 */
export function errorResponse(
  code: ErrorCode,
  message: string,
  options: { readonly data?: ErrorData; readonly headers?: Readonly<Record<string, string>> } = {},
): Response {
  const status = ERROR_TABLE[code].status
  const body = { json: { defined: true, code, status, message, data: options.data ?? {} } }
  return Response.json(body, {
    status,
    headers: { 'cache-control': 'no-store', ...options.headers },
  })
}

/** Short enough to read out loud, long enough to find the one line in the log. */
export function createErrorId(): string {
  return randomUUID().slice(0, 8)
}

export function describeInternal(id: string): string {
  return `Something went wrong inside Realign. Nothing you typed is lost; try again, and if it happens again report the id ${id}, which marks the entry in the log.`
}
