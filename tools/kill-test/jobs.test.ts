import { expect, test } from 'vitest'
import type { Job } from '../../src/shared/contract/jobs.ts'
import type { JobId } from '../../src/shared/domain/ids.ts'
import { isInTheWay } from './jobs.ts'

const EXPORT: Job = {
  ...{
    id: 7 as JobId,
    kind: 'export.run',
    title: 'Export csv to target 2',
    lane: 'io',
    state: 'failed',
  },
  ...{ done: 0, skipped: 0, failed: 0, total: null, ratePerSecond: null, remainingMs: null },
  ...{ attempts: 3, error: { code: 'JOB_POISONED', message: 'Given up.' }, result: {} },
  ...{ createdAt: 1_000, startedAt: 2_000, endedAt: 3_000 },
}

function other(change: Partial<Job>): Job {
  return { ...EXPORT, id: 8 as JobId, state: 'running', endedAt: null, ...change }
}

test.each([
  ['runs with other settings', { title: 'Export txt to target 2' }, true],
  ['ended between two questions', { state: 'done', endedAt: 3_500 }, true],
  ['ended before the first was given up', { state: 'done', endedAt: 2_500 }, false],
  ['writes to another target', { title: 'Export csv to target 3' }, false],
  ['is of another kind', { kind: 'import.run' }, false],
  ['is the same one', { id: EXPORT.id }, false],
] as const)('a job that %s', (_case, change, expected) => {
  expect(isInTheWay(EXPORT, other(change))).toBe(expected)
})
