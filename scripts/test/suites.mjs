import { spawnSync } from 'node:child_process'
import { insideLab } from './lab.mjs'
import { afterwards, labLanes } from './lab-lanes.mjs'
import { add, fromPlaywright, fromVitest, none, readResults } from './results.mjs'
import { run } from './run.mjs'

export const resultsDir = 'test-results/reports'

const vitest = 'node_modules/.bin/vitest'
const playwright = 'node_modules/.bin/playwright'

/** In the order in which they run. Of each its stages, one after another, and of each of those the runs at once. */
export const suites = [
  {
    name: 'unit',
    needsBuild: true,
    needsLab: false,
    stages: [[vitestRun('unit')]],
    count: fromVitest,
    list: vitestList('unit'),
  },
  {
    name: 'lab',
    needsBuild: false,
    needsLab: true,
    stages: [labLanes.map(labRun), [labRun(afterwards)]],
    count: fromVitest,
    list: vitestList('lab'),
  },
  {
    name: 'browser',
    needsBuild: true,
    needsLab: true,
    stages: [[{ report: reportFile('browser'), argv: [playwright, 'test', '--reporter=list,json'] }]],
    count: fromPlaywright,
    list: [playwright, 'test', '--list', '--reporter=list'],
  },
]

/** Runs a suite, inside the lab where it needs one, and counts its results. */
export async function runSuite(suite) {
  let results = none
  for (const stage of suite.stages) {
    const ended = await Promise.all(stage.map((one) => runOne(suite, one)))
    results = ended.reduce(add, results)
  }
  return results
}

async function runOne({ needsLab, count }, { report, argv }) {
  const exitCode = await run(needsLab ? insideLab(argv) : argv, {
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    FORCE_COLOR: process.stdout.isTTY ? '1' : '0',
  })
  return readResults(report, count, exitCode)
}

/** How many tests a suite has, without running them: what is skipped when it can't run. */
export function countSuite(suite) {
  const [program, ...words] = suite.list
  const listed = spawnSync(program, words, { encoding: 'utf8', env: { ...process.env, FORCE_COLOR: '0' } })
  return listed.stdout.split('\n').filter((line) => line.includes(' › ') || line.includes(' > ')).length
}

function labRun({ name, paths }) {
  return vitestRun('lab', `lab-${name.replace(' ', '-')}`, paths)
}

function vitestRun(project, name = project, paths = []) {
  const report = reportFile(name)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  return { report, argv: [vitest, 'run', '--project', project, '--passWithNoTests', ...reporters, ...paths] }
}

function vitestList(project) {
  return [vitest, 'list', '--project', project]
}

function reportFile(name) {
  return `${resultsDir}/${name}.json`
}
