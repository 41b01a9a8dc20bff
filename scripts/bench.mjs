// npm run bench [-- NAME]: what the product costs, beside what others cost. bench/README.md says how to read it.
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ensureBuilt } from './start/build.mjs'
import { bundle } from './start/bundle.mjs'
import { ensureInstalled } from './start/install.mjs'
import { Refusal, sentenceOf } from './start/refusal.mjs'
import { quietEnv } from './start/run-step.mjs'
import { checkNode } from './start/settings.mjs'
import { findObstacle } from './test/find-obstacle.mjs'
import { insideLab } from './test/lab.mjs'
import { run } from './test/run.mjs'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
// The terminal sends Ctrl-C to the children too; this process stays to put away what it started.
process.on('SIGINT', () => {})

const benches = {
  facts: { hosts: 20 },
  plan: { hosts: 20 },
  change: { hosts: 50 },
  weight: { hosts: 1, needsBuild: true },
  memory: { hosts: 100, needsBuild: true },
  install: { hosts: null },
  catalog: { hosts: 1, needsBuild: true },
  mesh: { hosts: null },
  'mesh-page': { hosts: 1, needsBuild: true },
  'mysql-memory': { hosts: null, guests: ['cobalt', 'm512', 'm1024', 'm2048', 'm4096'] },
  'mysql-bacula': { hosts: null, guests: ['cobalt'] },
}

const tsx = 'node_modules/.bin/tsx'
const bundles = `node_modules/.cache/pollux-bench/${process.pid}`

try {
  checkNode()
  Object.assign(process.env, quietEnv, { LOG_LEVEL: process.env.LOG_LEVEL || 'warn' })
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  console.error(sentenceOf(error) ?? error)
  process.exitCode = 1
}

/** The exit code tells whether every bench ran; whether a target was met, its line says. */
async function main(names) {
  const wanted = names.length === 0 ? Object.keys(benches) : names
  const unknown = wanted.find((name) => !Object.hasOwn(benches, name))
  if (unknown) throw new Refusal(`Expected ${Object.keys(benches).join(', ')}, and got "${unknown}".`)
  const guests = [...new Set(Object.values(benches).flatMap(({ guests }) => guests ?? []))]
  const stranger = chosenGuests().find((guest) => !guests.includes(guest))
  if (stranger) throw new Refusal(`Expected ${guests.join(', ')} in BENCH_GUESTS, and got "${stranger}".`)
  await ensureInstalled()
  if (wanted.some((name) => benches[name].needsBuild)) await ensureBuilt()
  const onLab = wanted.filter((name) => benches[name].hosts !== null)
  const codes = onLab.length > 0 ? await runOnLab(onLab) : []
  for (const name of wanted.filter((name) => benches[name].guests)) codes.push(...(await runOnGuests(name)))
  for (const name of wanted.filter((name) => benches[name].hosts === null && !benches[name].guests))
    codes.push(await runBench(name, (argv) => argv))
  return codes.every((code) => code === 0) ? 0 : 1
}

async function runOnLab(names) {
  const obstacle = await findObstacle()
  if (obstacle) throw new Refusal(obstacle)
  await installPeers()
  const before = runningHosts()
  const codes = []
  try {
    // Few hosts first: those that wait for a later bench would take memory and time of an earlier one.
    for (const name of names.toSorted((one, other) => benches[one].hosts - benches[other].hosts)) {
      const { hosts } = benches[name]
      // Its table of hosts would fill the screen; what goes wrong it says on standard error.
      const up = ['e2e/lab/cli.ts', 'up', 'many', String(hosts)]
      if (spawnSync(tsx, up, { stdio: ['ignore', 'ignore', 'inherit'] }).status !== 0)
        throw new Refusal('The lab did not come up; its words are above.')
      codes.push(await runBench(name, insideLab))
    }
    return codes
  } finally {
    await takeDownBeside(before)
  }
}

// One guest at a time: each takes a core and memory of its own. BENCH_GUESTS names some of them.
async function runOnGuests(name) {
  const obstacle = await findObstacle()
  if (obstacle) throw new Refusal(obstacle)
  await installPeers()
  const chosen = chosenGuests()
  const codes = []
  for (const guest of benches[name].guests) {
    if (chosen.length > 0 && !chosen.includes(guest)) continue
    const before = runningHosts()
    try {
      if (spawnSync(tsx, ['e2e/lab/cli.ts', 'up', guest], { stdio: ['ignore', 'ignore', 'inherit'] }).status !== 0)
        throw new Refusal(`The lab's guest ${guest} did not come up; its words are above.`)
      process.env.BENCH_GUEST = guest
      codes.push(await runBench(name, insideLab))
    } finally {
      await takeDownBeside(before)
    }
  }
  return codes
}

function chosenGuests() {
  return (process.env.BENCH_GUESTS ?? '').split(' ').filter((word) => word !== '')
}

async function installPeers() {
  if ((await run([tsx, 'bench/install-peers.ts'])) !== 0)
    throw new Refusal('What the benches compare with could not be installed; the reason is above.')
}

/** Runs one bench as one JavaScript file, as the server is one: nothing is compiled while it measures. */
async function runBench(name, where) {
  console.log(`\n# ${name}`)
  try {
    const file = await bundle(`bench/${name}.ts`, `${bundles}/${name}.mjs`)
    return await run(where([process.execPath, file]))
  } finally {
    rmSync(bundles, { recursive: true, force: true })
  }
}

// A lab that somebody else uses keeps the hosts that it had.
async function takeDownBeside(before) {
  const started = runningHosts().filter((name) => !before.includes(name))
  const words = before.length === 0 ? [] : started
  if (before.length > 0 && started.length === 0) return
  if ((await run([tsx, 'e2e/lab/cli.ts', 'down', ...words])) !== 0)
    console.error('The lab did not go down; its words are above.')
}

function runningHosts() {
  const { stdout } = spawnSync(tsx, ['e2e/lab/cli.ts', 'status'], { encoding: 'utf8' })
  return [...stdout.matchAll(/^(\S+) +\d+\.\d+\.\d+\.\d+:/gm)].map(([, name]) => name)
}
