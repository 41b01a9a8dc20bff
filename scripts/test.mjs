// npm test: unit and domain tests, then the lab of real hosts, then the browser; one closing line sums them up.
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ensureBuilt } from './start/build.mjs'
import { ensureInstalled } from './start/install.mjs'
import { Refusal, sentenceOf } from './start/refusal.mjs'
import { checkNode } from './start/settings.mjs'
import { findObstacle } from './test/find-obstacle.mjs'
import { labDown, labUp } from './test/lab.mjs'
import { add, closingLine, failedBefore, none } from './test/results.mjs'
import { countSuite, resultsDir, runSuite, suites } from './test/suites.mjs'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
// The terminal sends Ctrl-C to the children too; this process stays to put the lab down.
process.on('SIGINT', () => {})

try {
  checkNode()
  const results = await main(process.argv.slice(2))
  console.log(closingLine(results))
  process.exitCode = results.failed > 0 ? 1 : 0
} catch (error) {
  console.error(sentenceOf(error) ?? error)
  console.log(closingLine(failedBefore))
  process.exitCode = 1
}

async function main(words) {
  const wanted = wantedSuites(words)
  rmSync(resultsDir, { recursive: true, force: true })
  await ensureInstalled()
  if (wanted.some((suite) => suite.needsBuild)) await ensureBuilt()
  // First, because unit tests too run other shells, sudo and sshd where the machine has them.
  const obstacle = await findObstacle()
  let results = none
  for (const suite of wanted.filter((suite) => !suite.needsLab)) results = add(results, await runSuite(suite))
  const onLab = wanted.filter((suite) => suite.needsLab)
  return onLab.length === 0 ? results : add(results, await runOnLab(onLab, obstacle))
}

async function runOnLab(wanted, obstacle) {
  if (obstacle) return skip(wanted, obstacle)
  let results = none
  try {
    if (!(await labUp())) return skip(wanted, 'This machine can not run the lab; the reason is above.')
    for (const suite of wanted) results = add(results, await runSuite(suite))
    return results
  } finally {
    await labDown()
  }
}

function skip(wanted, reason) {
  console.log(`Skipped: ${wanted.map((suite) => suite.name).join(' and ')}. ${reason}`)
  return wanted.map(countSuite).reduce((sum, skipped) => add(sum, { ...none, skipped }), none)
}

function wantedSuites(words) {
  if (words.length === 0) return suites
  const [flag, name] = words
  const wanted = suites.filter((suite) => suite.name === name)
  if (flag === '--only' && words.length === 2 && wanted.length === 1) return wanted
  throw new Refusal(
    `Expected nothing or --only ${suites.map((suite) => suite.name).join('|')}, and got "${words.join(' ')}".`,
  )
}
