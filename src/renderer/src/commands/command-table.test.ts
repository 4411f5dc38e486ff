import { expect, test } from 'vitest'
import { COMMAND_TABLE } from './command-table.ts'

/** Commands of one screen and those of every screen must not share a key; two screens may. */
const SCREENS = [
  ['app', 'jobs', 'align', 'proposals', 'conflict'],
  ['app', 'jobs', 'library'],
]

test.each(SCREENS)('no key means two things on one screen: %s', (...areas) => {
  const keys = COMMAND_TABLE.filter((row) => areas.includes(row.id.split('.')[0] ?? '')).flatMap(
    (row) => (row.keys ?? []).map((key) => key.toLowerCase()),
  )
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
})
