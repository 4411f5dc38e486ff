import { expect, test } from 'vitest'
import { canOpenBrowser } from './browser.ts'

test.each([
  ['linux', {}, false],
  ['linux', { DISPLAY: '' }, false],
  ['linux', { DISPLAY: ':0' }, true],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
  ['linux', { DISPLAY: ':0', CI: 'true' }, false],
  ['linux', { DISPLAY: 'localhost:10.0', SSH_CONNECTION: '10.0.0.1 22' }, false],
  ['darwin', {}, true],
  ['darwin', { SSH_CONNECTION: '10.0.0.1 22' }, false],
  ['win32', {}, true],
] as const)('on %s with %j: %s', (platform, env, expected) => {
  expect(canOpenBrowser({ platform, env })).toBe(expected)
})
