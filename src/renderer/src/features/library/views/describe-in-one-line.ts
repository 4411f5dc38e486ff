import { describeError } from '../../../api/describe-error.ts'

/** What went wrong and what to do, for the note under a field. */
export function describeInOneLine(error: unknown): string {
  const { title, text, advice } = describeError(error)
  return [text === '' ? title : text, advice].filter(Boolean).join(' ')
}
