import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { add, closing, fromPlaywright, fromVitest, none, readResults } from './results.mjs'

const file = (status: string, tests: number) => ({
  name: '/clone/lib/a.test.ts',
  status,
  message: 'no such module',
  assertionResults: Array(tests).fill({}),
})
const vitest = (report: object) =>
  fromVitest({ numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [], ...report })

it('sums up in one line', () => {
  const sum = add(add(none, { ...none, passed: 3, failed: 1 }), { ...none, passed: 2, skipped: 4 })
  expect(closing(sum)).toBe('5 passed, 1 failed, 4 skipped')
})

it('counts a file that could not be loaded as a failure', () => {
  const report = { numPassedTests: 2, testResults: [file('passed', 2), file('failed', 0)] }
  expect(vitest(report)).toMatchObject({ passed: 2, failed: 1, skipped: 0 })
  const skipping = { numFailedTests: 1, numTodoTests: 1, numPendingTests: 2, testResults: [file('failed', 4)] }
  expect(vitest(skipping)).toMatchObject({ passed: 0, failed: 1, skipped: 3 })
})

it('counts a flaky test and an error outside the tests as failures', () => {
  const report = {
    stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 },
    errors: [{ message: 'no browser' }],
    suites: [],
  }
  expect(fromPlaywright(report)).toMatchObject({ passed: 5, failed: 3, skipped: 2 })
})

it('names each test that failed at the end, with its reason and without colours', () => {
  const failed = { status: 'failed', fullName: 'adds up', failureMessages: ['\u001b[31mexpected 1\u001b[39m\n  at a'] }
  const name = join(process.cwd(), 'lib/a.test.ts')
  const unit = vitest({ numFailedTests: 1, testResults: [{ name, status: 'failed', assertionResults: [failed] }] })
  const spec = (title: string, ok: boolean, status: string) => ({
    ...{ file: 'b.spec.ts', title, ok },
    tests: [{ status, results: [{ errors: [{ message: `${title} broke` }] }] }],
  })
  const browser = fromPlaywright({
    ...{ stats: { expected: 1, unexpected: 1, flaky: 1, skipped: 0 }, errors: [] },
    suites: [
      { suites: [{ specs: [spec('good', true, 'expected'), spec('bad', false, 'unexpected')] }] },
      { specs: [spec('flaky', true, 'flaky')] },
    ],
  })
  expect(closing(add(unit, browser)).split('\n').filter(Boolean)).toEqual([
    ...['Failed: lib/a.test.ts › adds up', '    expected 1', '      at a'],
    ...['Failed: b.spec.ts › bad', '    bad broke', 'Failed: b.spec.ts › flaky', '    flaky broke'],
    '1 passed, 3 failed, 0 skipped',
  ])
})

it('does not take a run for good that left no report, or ended badly', () => {
  const dir = mkdtempSync(join(tmpdir(), 'pollux-results-'))
  const report = join(dir, 'report.json')
  expect(readResults(report, fromPlaywright, 0).failed).toBe(1)
  writeFileSync(
    report,
    JSON.stringify({ stats: { expected: 5, unexpected: 0, flaky: 0, skipped: 0 }, errors: [], suites: [] }),
  )
  expect(readResults(report, fromPlaywright, 0)).toMatchObject({ passed: 5, failed: 0, skipped: 0 })
  expect(readResults(report, fromPlaywright, 1)).toMatchObject({ passed: 5, failed: 1, skipped: 0 })
  rmSync(dir, { recursive: true })
})
