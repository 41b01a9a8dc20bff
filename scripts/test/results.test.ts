import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { add, closingLine, fromPlaywright, fromVitest, none, readResults } from './results.mjs'

const file = (status: string, tests: number) => ({ status, assertionResults: Array(tests).fill({}) })
const vitest = (report: object) =>
  fromVitest({ numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [], ...report })

it('sums up in one line', () => {
  const sum = add(add(none, { passed: 3, failed: 1, skipped: 0 }), { passed: 2, failed: 0, skipped: 4 })
  expect(closingLine(sum)).toBe('5 passed, 1 failed, 4 skipped')
})

it('counts a file that could not be loaded as a failure', () => {
  const report = { numPassedTests: 2, testResults: [file('passed', 2), file('failed', 0)] }
  expect(vitest(report)).toEqual({ passed: 2, failed: 1, skipped: 0 })
  expect(vitest({ numFailedTests: 1, numTodoTests: 1, numPendingTests: 2, testResults: [file('failed', 4)] })).toEqual({
    passed: 0,
    failed: 1,
    skipped: 3,
  })
})

it('counts a flaky test and an error outside the tests as failures', () => {
  const report = { stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 }, errors: [{ message: 'no browser' }] }
  expect(fromPlaywright(report)).toEqual({ passed: 5, failed: 3, skipped: 2 })
})

it('does not take a run for good that left no report, or ended badly', () => {
  const dir = mkdtempSync(join(tmpdir(), 'pollux-results-'))
  const report = join(dir, 'report.json')
  expect(readResults(report, fromPlaywright, 0).failed).toBe(1)
  writeFileSync(report, JSON.stringify({ stats: { expected: 5, unexpected: 0, flaky: 0, skipped: 0 }, errors: [] }))
  expect(readResults(report, fromPlaywright, 0)).toEqual({ passed: 5, failed: 0, skipped: 0 })
  expect(readResults(report, fromPlaywright, 1)).toEqual({ passed: 5, failed: 1, skipped: 0 })
  rmSync(dir, { recursive: true })
})
