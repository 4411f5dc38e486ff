import { describe, expect, it } from 'vitest'
import { AppError } from '../../../shared/errors.ts'
import { describeCode, describeError, findQueryMistake } from './describe-error.ts'

describe('describeError', () => {
  it('gives title, the core’s own text and what to do for a known code', () => {
    const described = describeError(
      new AppError('DISK_FULL', 'Expected 2 MB of free space, found 0.'),
    )
    expect(described).toMatchObject({
      code: 'DISK_FULL',
      title: 'The disk is full',
      text: 'Expected 2 MB of free space, found 0.',
      isRetryable: true,
    })
    expect(described.advice).toContain('Free some space')
  })

  it('calls a failed fetch a lost connection that may be retried', () => {
    const described = describeError(new TypeError('Failed to fetch'))
    expect(described.code).toBe('CONNECTION_LOST')
    expect(described.isRetryable).toBe(true)
  })

  it('calls a bug INTERNAL and keeps its text', () => {
    expect(describeError(new Error('boom'))).toMatchObject({ code: 'INTERNAL', text: 'boom' })
    expect(describeError('boom')).toMatchObject({ code: 'INTERNAL', text: 'boom' })
  })

  it('never shows an abort as an error', () => {
    expect(describeError(new DOMException('stopped', 'AbortError')).code).toBe('CANCELLED')
  })

  it('does not say the title twice', () => {
    expect(describeCode('NOT_FOUND', 'Not found').text).toBe('')
  })
})

describe('findQueryMistake', () => {
  it('reads the span from the error’s data', () => {
    const error = new AppError('QUERY_INVALID', 'No field “statsu”.', {
      data: { start: 3, end: 9 },
    })
    expect(findQueryMistake(error)).toEqual({ start: 3, end: 9, message: 'No field “statsu”.' })
  })

  it('ignores other errors', () => {
    expect(findQueryMistake(new Error('boom'))).toBeUndefined()
  })
})
