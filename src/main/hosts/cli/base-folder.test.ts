import { expect, test } from 'vitest'
import { findBaseFolder } from './base-folder.ts'

const packageRoot = '/opt/realign'

test('npm run realign starts at the folder where the person stands', () => {
  const env = { npm_lifecycle_event: 'realign', INIT_CWD: '/data/project' }
  expect(findBaseFolder({ cwd: '/opt/realign/', packageRoot, env })).toBe('/data/project')
})

test('without npm it is the current folder', () => {
  expect(findBaseFolder({ cwd: '/data', packageRoot, env: {} })).toBe('/data')
})

test("somebody's own script that changes folders means its own folder", () => {
  const env = { npm_lifecycle_event: 'make-data', INIT_CWD: '/their/package' }
  expect(findBaseFolder({ cwd: '/their/package/raw', packageRoot, env })).toBe('/their/package/raw')
})

test("a script of somebody else's with the name of ours means its own folder too", () => {
  const env = { npm_lifecycle_event: 'realign', INIT_CWD: '/their/package' }
  expect(findBaseFolder({ cwd: '/their/package/raw', packageRoot, env })).toBe('/their/package/raw')
})
