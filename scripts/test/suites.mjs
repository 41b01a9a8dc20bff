import { spawnSync } from 'node:child_process'
import { insideLab } from './lab.mjs'
import { fromPlaywright, fromVitest, readResults } from './results.mjs'
import { run } from './run.mjs'

export const resultsDir = 'test-results/reports'

const vitest = 'node_modules/.bin/vitest'
const playwright = 'node_modules/.bin/playwright'

/** In the order in which they run. */
export const suites = [
  {
    name: 'unit',
    needsBuild: true,
    needsLab: false,
    argv: vitestArgv('unit'),
    count: fromVitest,
    list: vitestList('unit'),
  },
  {
    name: 'lab',
    needsBuild: false,
    needsLab: true,
    argv: vitestArgv('lab'),
    count: fromVitest,
    list: vitestList('lab'),
  },
  {
    name: 'browser',
    needsBuild: true,
    needsLab: true,
    argv: [playwright, 'test', '--reporter=list,json'],
    count: fromPlaywright,
    list: [playwright, 'test', '--list', '--reporter=list'],
  },
]

/** Runs a suite, inside the lab where it needs one, and counts its results. */
export async function runSuite(suite) {
  const report = reportFile(suite.name)
  const argv = suite.needsLab ? insideLab(suite.argv) : suite.argv
  const exitCode = await run(argv, {
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    FORCE_COLOR: process.stdout.isTTY ? '1' : '0',
  })
  return readResults(report, suite.count, exitCode)
}

/** How many tests a suite has, without running them: what is skipped when it can't run. */
export function countSuite(suite) {
  const [program, ...words] = suite.list
  const listed = spawnSync(program, words, { encoding: 'utf8', env: { ...process.env, FORCE_COLOR: '0' } })
  return listed.stdout.split('\n').filter((line) => line.includes(' › ') || line.includes(' > ')).length
}

function vitestArgv(project) {
  const report = `--outputFile.json=${reportFile(project)}`
  return [vitest, 'run', '--project', project, '--passWithNoTests', '--reporter=default', '--reporter=json', report]
}

function vitestList(project) {
  return [vitest, 'list', '--project', project]
}

function reportFile(name) {
  return `${resultsDir}/${name}.json`
}
