import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { HYGIENE_RULES } from './rules.ts'

const guide = readFileSync(
  join(import.meta.dirname, '../../../../docs/guide/hygiene-rules.md'),
  'utf8',
)

test('the guide lists each rule with what it finds, how sure it is and where it looks', () => {
  const rows = HYGIENE_RULES.map(({ id, severity, roles, finds }) => {
    const where = roles.length === 2 ? 'both' : (roles[0] ?? '')
    return `| \`${id}\` | ${severity} | ${where} | ${finds.replaceAll('|', '\\|')} |`
  })
  expect(guide.split('\n').filter((line) => line.startsWith('| `'))).toEqual(rows)
})
