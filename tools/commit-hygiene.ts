import { execFileSync } from 'node:child_process'
import { lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  checkContent,
  checkSize,
  checkSubject,
  type HygieneProblem,
} from './commit-hygiene-rules.ts'
import { ROOT } from './package-root.ts'

const MAX_COMMITS = 500
/** Made before this was checked; a published history is not rewritten for a long subject. */
const EXEMPT_COMMITS = new Set([
  '583b2450f8ce34e513aa290813fea17952c44204',
  '8caa0766151077f54d4506708ba679015d723ba8',
])

function git(...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
}

function checkCommits(): readonly HygieneProblem[] {
  return git('log', `-${MAX_COMMITS}`, '--no-merges', '--format=%H%x09%s')
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => {
      const [hash = '', ...subject] = line.split('\t')
      return EXEMPT_COMMITS.has(hash) ? [] : checkSubject(hash.slice(0, 9), subject.join('\t'))
    })
}

function checkFiles(): readonly HygieneProblem[] {
  return git('ls-files', '-z')
    .split('\0')
    .filter((name) => name !== '')
    .flatMap((name) => {
      const path = join(ROOT, name)
      const stats = lstatSync(path, { throwIfNoEntry: false })
      // A file that was deleted but not yet committed, or a link, has no content of its own.
      if (stats?.isFile() !== true) return []
      return [...checkSize(name, stats.size), ...checkContent(name, () => readFileSync(path))]
    })
}

/** Commits and tracked files as they would be read by others; an unpacked archive has no history to check. */
function isCheckout(): boolean {
  try {
    return git('rev-parse', '--is-inside-work-tree').trim() === 'true'
  } catch {
    return false
  }
}

if (isCheckout()) {
  const problems = [...checkCommits(), ...checkFiles()]
  for (const { where, what } of problems) process.stderr.write(`${where}: ${what}\n`)
  process.exitCode = problems.length === 0 ? 0 : 1
} else {
  process.stdout.write('This is no git checkout, so there is no history to check.\n')
}
