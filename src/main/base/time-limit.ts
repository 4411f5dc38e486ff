import { createContext, Script } from 'node:vm'

const CALL = new Script('work()')

/**
 * Runs synchronous work and stops it in the middle once it has taken too long, regular expressions included. Answers
 * null then. The work must hold nothing that is left half done when it stops, such as an open statement.
 */
export function runWithin<Value>(
  limitMs: number,
  work: () => Value,
): { readonly value: Value } | null {
  let value: { readonly value: Value } | null = null
  const context = createContext({
    work: () => {
      value = { value: work() }
    },
  })
  try {
    CALL.runInContext(context, { timeout: Math.ceil(limitMs) })
  } catch (error) {
    if (isTimeout(error)) return null
    throw error
  }
  return value
}

function isTimeout(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  )
}
