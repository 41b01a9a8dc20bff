import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { read } from '@/lib/db'
import { buildFactsScript } from '@/lib/facts'
import { probesOf, type Tier } from '@/lib/reading/probes-of'
import { readAllHosts } from '@/lib/reading/read-hosts'
import { sshPool } from '@/lib/ssh'
import { type Ansible, ansible } from './ansible'
import { benchCtx, withBenchStore } from './bench-store'
import { manyLabHosts } from './lab-hosts'
import { type OpenSsh, openSsh } from './open-ssh'
import { printComparison, printFigure, printMachine } from './report'
import { compareRounds, type Round } from './statistics'

// The facts of many hosts: Pollux, all of its own work included, against bare OpenSSH with the same script, and against Ansible.
const count = Number(process.env['BENCH_HOSTS'] ?? 20)
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 9)
const ansibleRounds = Number(process.env['BENCH_ANSIBLE_ROUNDS'] ?? 2)
const tier: Tier = process.env['BENCH_TIER'] === 'deep' ? 'deep' : 'cheap'

const nonce = '0123456789abcdef'.repeat(2)
const settleMs = 250

type How = 'cold' | 'kept'

const hosts = manyLabHosts(count)
const dir = mkdtempSync('/tmp/pb-')
printMachine()
try {
  await withBenchStore(hosts, async () => {
    const script = `{\n:\n${buildFactsScript(await probesOf('', tier), nonce)}\n} </dev/null\n`
    console.log(
      `facts of ${count} hosts, the ${tier} tier: ${script.length} bytes of script, one unmeasured round first`,
    )
    await compareWithOpenSsh(openSsh(join(dir, 'o'), hosts), script)
    if (ansibleRounds > 0) await compareWithAnsible(ansible(join(dir, 'a'), hosts))
  })
} finally {
  rmSync(dir, { recursive: true, force: true })
}

async function compareWithOpenSsh(ssh: OpenSsh, script: string): Promise<void> {
  const baseline = (how: How) => async () => ssh.runScript(how, script, `\n${nonce} z\n`)
  await ssh.keepConnections()
  try {
    for (const [how, target] of [
      ['cold', 0.6],
      ['kept', 1.1],
    ] as const) {
      const found = compareRounds(await takeRounds(rounds, how, baseline(how)))
      printComparison(`ssh host sh, ${how}`, `Pollux, ${how}`, found)
      printFigure(`facts-${how}-to-openssh`, found.ratio, target)
    }
  } finally {
    await ssh.endConnections()
  }
}

async function compareWithAnsible(peer: Ansible): Promise<void> {
  try {
    for (const how of ['cold', 'kept'] as const) {
      const setup = async () => {
        if (how === 'cold') await peer.endConnections()
        return peer.runModule(['-m', 'setup'])
      }
      const found = compareRounds(await takeRounds(ansibleRounds, how, setup))
      printComparison(`ansible -m setup, ${how}`, `Pollux, ${how}`, found)
      printFigure(`facts-${how}-to-ansible`, found.ratio, null)
    }
  } finally {
    await peer.endConnections()
  }
}

async function takeRounds(many: number, how: How, baseline: () => Promise<number>): Promise<Round[]> {
  await baseline()
  await readAll('cold')
  const taken: Round[] = []
  for (let turn = 0; turn < many; turn += 1) {
    const before = await settled(baseline)
    const ours = await settled(() => readAll(how))
    taken.push([before, ours, await settled(baseline)])
  }
  return taken
}

/** One refresh as the schedule does it: targets unsealed from the store, connections, script, parsing, storing. */
async function readAll(how: How): Promise<number> {
  if (how === 'cold') await sshPool().close()
  const begun = performance.now()
  const results = await readAllHosts(benchCtx, { tier })
  const ms = performance.now() - begun
  const failed = results.find((result) => !result.ok)
  if (failed && !failed.ok) throw new Error(failed.problem)
  const since = new Date(Date.now() - ms - 1000)
  const stored = await read((tx) => tx.host.count({ where: { factsAt: { gte: since } } }))
  if (results.length !== count || stored !== count)
    throw new Error(`expected ${count} hosts read and stored, got ${results.length} and ${stored}`)
  return ms
}

/** What ended just before (daemons that close sessions) shall not fall on the next. */
async function settled(measure: () => Promise<number>): Promise<number> {
  await sleep(settleMs)
  return measure()
}
