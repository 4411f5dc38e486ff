import { expect, it, vi } from 'vitest'
import { createCommandRegistry } from './command-registry.ts'

it('gives a command to the screen mounted last, and back when it goes', () => {
  const registry = createCommandRegistry(() => undefined)
  const seen: string[] = []
  registry.register({ 'app.help': { run: () => seen.push('first') } })
  const stop = registry.register({ 'app.help': { run: () => seen.push('second') } })
  expect(registry.run('app.help')).toBe(true)
  stop()
  registry.run('app.help')
  expect(seen).toEqual(['second', 'first'])
})

it('answers false for a command that nobody can run now', () => {
  const registry = createCommandRegistry(() => undefined)
  expect(registry.run('library.align')).toBe(false)
  registry.register({ 'library.align': { isEnabled: () => false, run: () => undefined } })
  expect(registry.canRun('library.align')).toBe(false)
  expect(registry.run('library.align')).toBe(false)
})

it('passes arguments on and reports what fails', async () => {
  const onError = vi.fn()
  const registry = createCommandRegistry(onError)
  const failure = new Error('no')
  registry.register({
    'library.setStatus': { run: ({ status }) => Promise.reject(new Error(status)) },
    'app.help': {
      run: () => {
        throw failure
      },
    },
  })
  registry.run('library.setStatus', { status: 'accepted' })
  registry.run('app.help')
  await vi.waitFor(
    () => {
      expect(onError.mock.calls).toEqual([[failure], [new Error('accepted')]])
    },
    { timeout: 20_000 },
  )
})
