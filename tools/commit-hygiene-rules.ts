export interface HygieneProblem {
  readonly where: string
  readonly what: string
}

const MAX_SUBJECT = 72
const MAX_BYTES = 1024 * 1024
/** Art, models and the sample are data; the lock file is what npm makes it. */
const LARGE_ALLOWED = /^(resources\/|package-lock\.json$)/

const UNFINISHED = /^(fixup!|squash!|amend!|wip\b|tmp\b|temp\b|xxx\b)/i

/** A commit's subject: short, imperative, finished. */
export function checkSubject(hash: string, subject: string): readonly HygieneProblem[] {
  const problems: string[] = []
  if (subject.trim() === '') problems.push('has no subject')
  if (subject.length >= MAX_SUBJECT) {
    problems.push(`has a subject of ${subject.length} characters, ${MAX_SUBJECT - 1} are allowed`)
  }
  if (UNFINISHED.test(subject)) problems.push(`looks unfinished: "${subject}"`)
  if (/[.\s]$/.test(subject)) problems.push('has a subject that ends in a full stop or a space')
  return problems.map((what) => ({ where: `commit ${hash}`, what }))
}

export function checkSize(name: string, sizeBytes: number): readonly HygieneProblem[] {
  if (sizeBytes <= MAX_BYTES || LARGE_ALLOWED.test(name)) return []
  const size = (sizeBytes / MAX_BYTES).toFixed(1)
  return [{ where: name, what: `has ${size} MB; what is larger than 1 MB belongs in resources/` }]
}

const TEXT_FILE = /\.(c?js|mjs|tsx?|json|ya?ml|md|css|html|sh|txt|toml|npmrc)$|(^|\/)[^.]+$|rc$/
/** These files name what they look for. */
const EXEMPT = /^tools\/commit-hygiene-rules(\.test)?\.ts$/

interface Pattern {
  readonly expression: RegExp
  readonly what: string
}

/**
 * Paths and hosts that exist on one machine only. Examples in tests and texts use neutral names: somebody,
 * someone, user, name, me, you, example.
 */
const NEUTRAL = '(?:somebody|someone|user|username|name|me|you|example|ada|anna|sam)\\b'
const PATTERNS: readonly Pattern[] = [
  {
    expression: new RegExp(`(?<![\\w.@-])/(?:home|Users)/(?!${NEUTRAL})[a-z][\\w.-]*/`, 'i'),
    what: "names a person's home folder",
  },
  {
    expression: new RegExp(`\\b[A-Z]:\\\\{1,2}Users\\\\{1,2}(?!${NEUTRAL})\\w+\\\\`, 'i'),
    what: "names a person's home folder",
  },
  {
    expression: /(?<![\w.@/-])\/(?:work|workspace|workspaces|builds|github\/workspace)\/\w/,
    what: 'names a folder of a build machine',
  },
  {
    expression: /\/\/[^\s/"']*\b(?:artifactory|nexus|verdaccio|jfrog|npm-proxy)\b/i,
    what: 'names a private package registry',
  },
  {
    expression: /^\s*(?:@[\w-]+:)?registry\s*=|_authToken|_password\s*=/m,
    what: 'sets a package registry or its credentials',
  },
  {
    expression: /"resolved": "(?!https:\/\/registry\.npmjs\.org\/)/,
    what: 'locks a package to a host other than the npm registry',
  },
  {
    expression: /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
    what: 'holds a private key',
  },
  { expression: /^(?:<{7}|>{7}) /m, what: 'holds a merge conflict' },
  {
    expression: /eslint-disable(?!.* -- \S)/,
    what: 'switches a lint rule off without a reason after " -- "',
  },
  {
    expression: /(?:\/\/|\*)\s*(?:TODO|FIXME|XXX|HACK)\b(?!.*#\d)/,
    what: 'holds a note that names no issue',
  },
]

/** Content that only means something on one machine, or that nobody should see. */
export function checkContent(name: string, read: () => Uint8Array): readonly HygieneProblem[] {
  if (!TEXT_FILE.test(name) || EXEMPT.test(name)) return []
  const text = new TextDecoder().decode(read())
  return PATTERNS.flatMap(({ expression, what }) => {
    const match = expression.exec(text)
    if (match === null) return []
    const line = text.slice(0, match.index).split('\n').length
    return [{ where: `${name}:${line}`, what: `${what}: ${match[0].trim()}` }]
  })
}
