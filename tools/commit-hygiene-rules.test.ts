import { describe, expect, test } from 'vitest'
import { checkContent, checkSize, checkSubject } from './commit-hygiene-rules.ts'

/** In pieces, so that this file itself passes the rules. */
const REGISTRY = ['registry', 'npmjs', 'org'].join('.')

function problemsIn(text: string, name = 'src/a.ts'): readonly string[] {
  return checkContent(name, () => new TextEncoder().encode(text)).map(({ what }) => what)
}

describe('subjects', () => {
  test.each(['Add the reader for sidecars', 'Temper the progress line', 'a'.repeat(71)])(
    '%s passes',
    (subject) => {
      expect(checkSubject('abc', subject)).toEqual([])
    },
  )

  test.each(['', 'fixup! Add', 'WIP reader', 'wip: reader', 'Add a reader.', 'a'.repeat(72)])(
    '%s does not',
    (subject) => {
      expect(checkSubject('abc', subject)).toHaveLength(1)
    },
  )
})

describe('content', () => {
  test.each([
    "const a = '/home/jdoe/project/a'",
    'see /Users/jdoe/notes.txt',
    String.raw`C:\Users\jdoe\a.txt`,
    "join('/workspace/app')",
    'registry=https://example.org/',
    '//npm.example.org/:_authToken=abc',
    '"resolved": "https://mirror.example.org/a.tgz"',
    '-----BEGIN RSA PRIVATE KEY-----',
    '// eslint-disable-next-line no-console',
    '// TODO later',
    `${'<'.repeat(7)} HEAD`,
  ])('%s is reported', (text) => {
    expect(problemsIn(text)).not.toEqual([])
  })

  test.each([
    "'/home/somebody/pictures/a.jpg'",
    'https://example.org/home/jdoe/page',
    './work/list',
    'network/work/x',
    `"resolved": "https://${REGISTRY}/zod/-/zod-4.tgz"`,
    "'/rpc/jobs/list'",
    '=======',
    '// eslint-disable-next-line no-console -- a command line prints',
    '// TODO #12 later',
    'const TODO = 1',
  ])('%s is not', (text) => {
    expect(problemsIn(text)).toEqual([])
  })

  test('the line is named, and pictures are not read', () => {
    const [problem] = checkContent('docs/a.md', () =>
      new TextEncoder().encode('one\ntwo /home/jdoe/x\n'),
    )
    expect(problem?.where).toBe('docs/a.md:2')
    expect(problemsIn('/home/jdoe/x', 'a.png')).toEqual([])
  })
})

test('large files belong in resources', () => {
  expect(checkSize('docs/a.png', 2_000_000)).toHaveLength(1)
  expect(checkSize('resources/sample/a.png', 2_000_000)).toEqual([])
  expect(checkSize('docs/a.png', 1_000_000)).toEqual([])
})
