import { expect, test } from 'vitest'
import type { Job } from '../../../shared/contract/jobs.ts'
import type { JobId } from '../../../shared/domain/ids.ts'
import { createProgress, describeProgress } from './progress-line.ts'

const JOB: Job = {
  id: 1 as JobId,
  kind: 'import',
  title: 'Import photos',
  lane: 'io',
  state: 'running',
  done: 1200,
  skipped: 0,
  failed: 0,
  total: 5000,
  ratePerSecond: 99.6,
  remainingMs: 38_000,
  attempts: 1,
  error: null,
  result: {},
  createdAt: 0,
  startedAt: 0,
  endedAt: null,
}

test('says what is known and leaves the rest out', () => {
  expect(describeProgress(JOB)).toBe('Import photos: 1,200 of 5,000, 100/s, about 38 s left')
  const unknown = { ...JOB, total: null, ratePerSecond: null, remainingMs: null, failed: 2 }
  expect(describeProgress(unknown)).toBe('Import photos: 1,200, 2 failed')
  expect(describeProgress({ ...JOB, remainingMs: 7_500_000 })).toContain('2 h 5 min left')
  expect(describeProgress({ ...JOB, ratePerSecond: 0.3 })).toContain(', 18/min, ')
})

test('a terminal has one line, written over', () => {
  const written: string[] = []
  const progress = createProgress({ write: (t) => written.push(t), isTerminal: true, now: () => 0 })
  progress.show(JOB)
  progress.show(JOB)
  progress.show({ ...JOB, done: 1300 })
  progress.end()
  expect(written).toHaveLength(3)
  expect(written[0]).toMatch(/^\r/)
  expect(written[2]).toBe('\n')
})

test('a file gets a line now and then', () => {
  const written: string[] = []
  let nowMs = 0
  const progress = createProgress({
    write: (text) => written.push(text),
    isTerminal: false,
    now: () => nowMs,
  })
  for (let done = 0; done < 100; done++) {
    progress.show({ ...JOB, done })
    nowMs += 200
  }
  progress.end()
  expect(written).toHaveLength(4)
  expect(written.every((line) => line.endsWith('\n'))).toBe(true)
})
