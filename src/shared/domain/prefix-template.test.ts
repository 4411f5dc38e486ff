import { expect, test } from 'vitest'
import { parsePrefixTemplate } from './prefix-template.ts'

test('a template is words and fields', () => {
  expect(parsePrefixTemplate('{role}, round {round}: {{x}}')).toEqual({
    ok: true,
    parts: [
      { kind: 'field', field: 'role' },
      { kind: 'words', words: ', round ' },
      { kind: 'field', field: 'round' },
      { kind: 'words', words: ': ' },
      { kind: 'words', words: '{' },
      { kind: 'words', words: 'x' },
      { kind: 'words', words: '}' },
    ],
  })
  expect(parsePrefixTemplate('')).toEqual({ ok: true, parts: [] })
})

test.each(['{nonsense}', '{', 'a } b', '{}'])('%s is told to be wrong', (template) => {
  const parsed = parsePrefixTemplate(template)
  expect(parsed.ok).toBe(false)
  if (!parsed.ok) expect(parsed.message).toMatch(/\{\{|\}\}|may hold \{role\}/)
})
