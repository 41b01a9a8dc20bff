import { readFileSync } from 'node:fs'

export const none = { passed: 0, failed: 0, skipped: 0 }

/** What to say when not even a test could begin. */
export const failedBefore = { ...none, failed: 1 }

export function add(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }
}

/** The last line of a run. */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

/** Counts a Vitest report. A file that could not even be loaded has no tests in it, and counts as a failure. */
export function fromVitest(report) {
  const unloaded = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/** Counts a Playwright report. A flaky test failed once, and that is a failure. */
export function fromPlaywright({ stats, errors }) {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped }
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
