// npm test: unit and domain tests, then the lab of real hosts, then the browser; one closing line sums them up.
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ensureBuilt } from './start/build.mjs'
import { ensureInstalled } from './start/install.mjs'
import { Refusal, sentenceOf } from './start/refusal.mjs'
import { checkNode } from './start/settings.mjs'
import { findObstacle } from './test/find-obstacle.mjs'
import { labDown, labUp } from './test/lab.mjs'
import { add, closing, failedBefore, none } from './test/results.mjs'
import { countSuite, resultsDir, runSuite, suites } from './test/suites.mjs'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
// The terminal sends Ctrl-C to the children too; this process stays to put the lab down.
process.on('SIGINT', () => {})

try {
  checkNode()
  const results = await main(process.argv.slice(2))
  console.log(closing(results))
  process.exitCode = results.failed > 0 ? 1 : 0
} catch (error) {
  console.error(sentenceOf(error) ?? error)
  console.log(closing(failedBefore))
  process.exitCode = 1
}

async function main(words) {
  const wanted = wantedSuites(words)
  rmSync(resultsDir, { recursive: true, force: true })
  await ensureInstalled()
  if (wanted.some((suite) => suite.needsBuild)) await ensureBuilt()
  // First, because unit tests too run other shells, sudo and sshd where the machine has them.
  const obstacle = await findObstacle()
  const onLab = wanted.filter((suite) => suite.needsLab)
  // The lab comes up meanwhile: it is built by few processes, and unit tests wait more than they work.
  const lab = onLab.length > 0 && !obstacle ? labUp().then(asGiven, asRefused) : null
  let results = none
  try {
    for (const suite of wanted.filter((suite) => !suite.needsLab)) results = add(results, await runSuite(suite))
    if (onLab.length === 0) return results
    if (!lab) return add(results, skip(onLab, obstacle))
    if (!(await lab)()) return add(results, skip(onLab, 'This machine can not run the lab; the reason is above.'))
    for (const suite of onLab) results = add(results, await runSuite(suite))
    return results
  } finally {
    if (lab) {
      await lab
      await labDown()
    }
  }
}

// What comes of the lab is told when somebody waits for it, not before.
function asGiven(value) {
  return () => value
}

function asRefused(error) {
  return () => {
    throw error
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
