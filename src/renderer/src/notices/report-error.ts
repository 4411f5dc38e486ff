import { describeError } from '../api/describe-error.ts'
import { showNotice } from './notice-store.ts'

/** Shows an error as a notice; cancelled work is not an error. */
export function reportError(error: unknown): void {
  const { code, title, text, advice } = describeError(error)
  if (code === 'CANCELLED') return
  showNotice({ tone: 'error', title, text: [text, advice].filter(Boolean).join(' ') })
}
