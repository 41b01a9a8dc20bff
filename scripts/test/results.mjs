import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

const linesOfReason = 20

export const none = { passed: 0, failed: 0, skipped: 0, failures: [] }

/** What to say when not even a test could begin. */
export const failedBefore = { ...none, failed: 1 }

export function add(a, b) {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    failures: [...a.failures, ...b.failures],
  }
}

/** The last lines of a run: each test that failed with its reason, as these stand far above, and one line that sums up. */
export function closing({ passed, failed, skipped, failures }) {
  return [...failures.map(failureLines), `${passed} passed, ${failed} failed, ${skipped} skipped`].join('\n')
}

function failureLines({ test, reason }) {
  const lines = stripVTControlCharacters(reason).split('\n').slice(0, linesOfReason)
  return `Failed: ${test}\n${lines.map((line) => `    ${line}`).join('\n')}\n`
}

/** Counts a Vitest report. A file that could not even be loaded has no tests in it, and counts as a failure. */
export function fromVitest(report) {
  const unloaded = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: [...unloaded.map(unloadedFile), ...report.testResults.flatMap(failuresOfFile)],
  }
}

function unloadedFile({ name, message }) {
  return { test: relative('.', name), reason: message }
}

function failuresOfFile({ name, assertionResults }) {
  return assertionResults
    .filter(({ status }) => status === 'failed')
    .map(({ fullName, failureMessages }) => ({
      test: `${relative('.', name)} › ${fullName}`,
      reason: failureMessages.join('\n'),
    }))
}

/** Counts a Playwright report. A flaky test failed once, and that is a failure. */
export function fromPlaywright({ stats, errors, suites }) {
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
    failures: [...errors.map(outsideTests), ...suites.flatMap(failuresOfSuite)],
  }
}

function outsideTests({ message }) {
  return { test: 'outside the tests of the browser', reason: message }
}

function failuresOfSuite({ specs = [], suites = [] }) {
  const failed = specs.filter(({ ok, tests }) => !ok || tests.some(({ status }) => status === 'flaky'))
  return [...failed.map(failedSpec), ...suites.flatMap(failuresOfSuite)]
}

function failedSpec({ file, title, tests }) {
  const errors = tests.flatMap(({ results }) => results.flatMap((result) => result.errors))
  return { test: `${file} › ${title}`, reason: errors.map(({ message }) => message).join('\n') }
}

/** Reads and counts a report; a run that left none, or that ended badly without a failed test, failed. */
export function readResults(file, count, exitCode) {
  const results = countReport(file, count)
  return results.failed === 0 && exitCode !== 0 ? { ...results, failed: 1 } : results
}

function countReport(file, count) {
  try {
    return count(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    console.error(`No report in ${file}: ${error.message}`)
    return failedBefore
  }
}
