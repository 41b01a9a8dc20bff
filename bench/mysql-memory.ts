import { mysqlAgent, type TuneDesired, type TuningAim } from '@/agents/mysql'
import { previewTuning } from '@/agents/mysql/tune/preview'
import { situationOf } from '@/agents/mysql/tune/situation'
import { suggestedAim } from '@/agents/mysql/view'
import { withBenchStore } from './bench-store'
import {
  benchGuest,
  highWater,
  lastErrors,
  outOfMemory,
  readGuest,
  serverOf,
  sqlOn,
  startAgain,
  startWith,
  until,
} from './mysql/guest'
import { fillForMemory } from './mysql/memory-data'
import { loadAllConnections } from './mysql/memory-load'
import { printFigure, printMachine } from './report'

// Whether a server with Pollux's proposal starts, and stays within its budget with all of its connections at work at once:
// on a guest with a kernel and memory of its own, for five kinds of load. `npm run bench` runs it for each guest in turn.
const mega = 2 ** 20

const kinds = [
  ['tiny-nas', 'bacula'],
  ['shared', 'bacula'],
  ['shared', 'web'],
  ['alone', 'web'],
  ['alone', 'general'],
] as const satisfies readonly (readonly [TuningAim['purpose'], TuningAim['load']])[]

const chosen = (process.env['BENCH_KINDS'] ?? '').split(' ').filter((word) => word !== '')
const guest = benchGuest()
const mib = guest.name === 'cobalt' ? 256 : Number(guest.name.slice(1))

printMachine()
await withBenchStore([guest], async ([hostId = '']) => {
  const begun = performance.now()
  await fillForMemory(guest.name, mib)
  // The values that the package brings, and no counters of the filling.
  await startAgain(serverOf(await readGuest(hostId)))
  const host = await readGuest(hostId)
  const situation = situationOf(serverOf(host))
  if (!situation) throw new Error(`expected ${guest.name} to tell its memory`)
  console.log(
    `${mib} MB of memory: the kernel tells ${toMb(situation.machine.memTotal)}; filled in ${secondsSince(begun)} s`,
  )
  let failed = 0
  for (const [purpose, load] of kinds) {
    const name = `${mib}-${purpose}-${load}`
    if (chosen.length > 0 && !chosen.includes(`${purpose}-${load}`)) continue
    // What the wizard begins with; alone, the most that it does not warn of.
    const most = Math.floor((0.8 * situation.machine.memTotal) / mega / 16) * 16 * mega
    const budgetBytes = purpose === 'alone' ? most : suggestedAim(situation, []).budgetBytes
    const aim = { purpose, load, budgetBytes }
    const preview = previewTuning(situation, aim, {})
    const rows = preview.rows.filter(({ to }) => to !== null)
    const wish: TuneDesired = mysqlAgent.desired.parse({
      ...{ kind: 'tune', server: '/var/lib/mysql', aim, restart: true, makeTmpdir: false },
      values: Object.fromEntries(rows.map(({ name, to }) => [name, (to ?? '').trim()])),
      loose: rows.filter(({ isLoose }) => isLoose).map(({ name }) => name),
    }) as TuneDesired
    for (const sentence of preview.refusals) console.log(`  ${name}: ${sentence}`)
    const started = performance.now()
    const why = await startWith(host, wish)
    if (why !== null) {
      failed += 1
      console.log(`  ${name}: did not start: ${why}`)
      continue
    }
    const idle = await highWater(guest.name)
    const before = await outOfMemory(guest.name)
    try {
      const { connections, poolFills, keyCache } = await loadAllConnections(guest)
      const peak = await highWater(guest.name)
      const words = [
        `${connections} connections`,
        `pool of ${wish.values['innodb_buffer_pool_size']} filled ${poolFills.toFixed(1)} times`,
        `key cache of ${wish.values['key_buffer_size']} ${percent(keyCache)} used`,
        `idle ${toMb(idle)}`,
        `peak ${toMb(peak)}`,
        `model ${toMb(preview.totalBytes)}`,
        `budget ${toMb(budgetBytes)}`,
        `${secondsSince(started)} s`,
      ]
      console.log(`  ${name.padEnd(20)} ${words.join(', ')}`)
      printFigure(`mysql-memory-${name}`, peak / budgetBytes, 1)
      printFigure(`mysql-memory-${name}-to-model`, peak / preview.totalBytes, null)
    } catch (error) {
      const killed = (await outOfMemory(guest.name)) - before
      console.log(`  ${name}: ${killed > 0 ? 'ended by the kernel for want of memory: ' : ''}${String(error)}`)
      console.log(await lastErrors(guest.name))
      // The next use finds a server that runs, whatever became of this one.
      await until(
        'the server answers again',
        () =>
          sqlOn(guest.name, 'SELECT 1').then(
            () => true,
            () => false,
          ),
        120,
      )
      printFigure(`mysql-memory-${name}`, Number.POSITIVE_INFINITY, 1)
    }
  }
  printFigure(`mysql-memory-${mib}-not-started`, failed, 0)
})
process.exit(0)

function toMb(bytes: number): string {
  return `${Math.round(bytes / mega)} MB`
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`
}

function secondsSince(begun: number): string {
  return ((performance.now() - begun) / 1000).toFixed(0)
}
