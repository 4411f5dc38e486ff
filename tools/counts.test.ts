import { describe, expect, it } from 'vitest'
import { countReport, flakyTests } from './counts.ts'

const spec = (title: string, status: string) => ({
  title,
  file: 'align.spec.ts',
  line: 7,
  tests: [{ status }],
})

describe('a Playwright report', () => {
  const report = {
    stats: { expected: 2, flaky: 1, unexpected: 0, skipped: 0 },
    suites: [
      {
        specs: [spec('is saved', 'expected')],
        suites: [{ specs: [spec('is undone', 'flaky'), spec('is shown', 'expected')] }],
      },
    ],
  }

  it('names the tests that needed a second try, however deep they stand', () => {
    expect(flakyTests(report)).toEqual(['align.spec.ts:7 is undone'])
    expect(flakyTests(null)).toEqual([])
  })

  it('counts them as passed', () => {
    expect(countReport(report, true)).toEqual({ passed: 3, failed: 0, skipped: 0 })
  })

  it('never loses a run that failed without a failed test', () => {
    expect(countReport(report, false).failed).toBe(1)
    expect(countReport(null, false).failed).toBe(1)
  })
})
