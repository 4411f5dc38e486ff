import { describe, expect, it } from 'vitest'
import { AppError } from '../../shared/errors.ts'
import { deserializeError, serializeError } from './error-transfer.ts'

describe('serializeError', () => {
  it('carries an expected error over with its code, data and cause', () => {
    const error = new AppError('DISK_FULL', 'The disk is full.', {
      data: { free: 0 },
      cause: new TypeError('inner'),
    })
    const back = deserializeError(structuredClone(serializeError(error)))
    expect(back).toBeInstanceOf(AppError)
    expect(back).toMatchObject({
      code: 'DISK_FULL',
      message: 'The disk is full.',
      data: { free: 0 },
    })
    expect(back.cause).toMatchObject({ name: 'TypeError', message: 'inner' })
  })

  it('keeps the code of a system error', () => {
    const error = Object.assign(new Error('no such file'), { code: 'ENOENT' })
    expect(deserializeError(serializeError(error))).toMatchObject({ code: 'ENOENT' })
  })

  it('can carry what cannot be cloned', () => {
    const loop: Record<string, unknown> = {}
    loop['self'] = loop
    const thrown: unknown[] = [
      new AppError('INTERNAL', 'x', { data: { loop, act: () => 1 } }),
      new Error('x', { cause: Symbol('s') }),
      Symbol('thrown'),
      undefined,
      { toString: 'not a function' },
    ]
    for (const value of thrown) {
      expect(() => structuredClone(serializeError(value))).not.toThrow()
    }
  })

  it('ends at a cause that is its own cause', () => {
    const error = new Error('round')
    error.cause = error
    expect(serializeError(error).message).toBe('round')
  })
})
