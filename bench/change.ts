import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LabHost } from '@/e2e/lab/lab'
import { setAgents } from '@/lib/changes/agents'
import { planChange } from '@/lib/changes/ask-change'
import { approveChange } from '@/lib/changes/decide-change'
import { changesSettled } from '@/lib/changes/engine'
import { getChange } from '@/lib/changes/get-change'
import { testAgent } from '@/lib/changes/testing/test-agent'
import { read } from '@/lib/db'
import { sshPool } from '@/lib/ssh'
import { ansible } from './ansible'
import { benchCtx, withBenchStore } from './bench-store'
import { manyLabHosts } from './lab-hosts'
import { clientOptions } from './open-ssh'
import { printComparison, printFigure, printMachine } from './report'
import { runCommand } from './run-command'
import { compareRounds, type Round } from './statistics'

// One file is written, a command is told of it, and its content is proved. On one host against scp and ssh, which prove
// and keep nothing; on many against Ansible's copy with backup, validation and a handler. Connections are kept on all
// sides. Every run writes something new.
const count = Number(process.env['BENCH_HOSTS'] ?? 50)
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 3)
const path = '/etc/pollux-bench.conf'

const hosts = manyLabHosts(count)
const dir = mkdtempSync('/tmp/pb-')
let serial = 0

printMachine()
try {
  await withBenchStore(hosts, async (hostIds) => {
    setAgents([testAgent(path)])
    await onOne(hostIds[0] ?? '')
    await onMany(hostIds)
  })
} finally {
  rmSync(dir, { recursive: true, force: true })
}

/** Content that no run before wrote. */
function fresh(): string {
  serial += 1
  return `run ${serial} ${process.pid}\n`
}

async function onOne(hostId: string): Promise<void> {
  const copy = keptScp(hosts.slice(0, 1))
  try {
    await copy.run()
    await change([hostId])
    const taken: Round[] = []
    for (let turn = 0; turn < rounds * 3; turn += 1)
      taken.push([await copy.run(), (await change([hostId])).ms, await copy.run()])
    const { trips } = await change([hostId])
    console.log(`change of one file on one host: ${trips} round trips, where scp and ssh take 2`)
    const found = compareRounds(taken)
    printComparison('scp, then ssh', 'Pollux', found)
    printFigure('change-round-trips-beyond-scp-and-ssh', trips - 2, 3)
    printFigure('change-to-scp-and-ssh', found.ratio, null)
  } finally {
    await copy.end()
  }
}

async function onMany(hostIds: readonly string[]): Promise<void> {
  const peer = ansible(join(dir, 'a'), hosts)
  const file = join(dir, 'change.yml')
  const play = async () => {
    writeFileSync(file, playbook(fresh()))
    const { ms, stdout } = await peer.runPlaybook([file])
    const changed = stdout.match(/changed=2\s+unreachable=0\s+failed=0/g)?.length
    if (changed !== count) throw new Error(`expected ${count} changed hosts, got:\n${stdout.slice(-2000)}`)
    return ms
  }
  try {
    await play()
    await change(hostIds)
    const taken: Round[] = []
    for (let turn = 0; turn < rounds; turn += 1) taken.push([await play(), (await change(hostIds)).ms, await play()])
    const found = compareRounds(taken)
    console.log(`change of one file on ${count} hosts`)
    printComparison('ansible-playbook', 'Pollux', found)
    printFigure('change-to-ansible', found.ratio, 0.2)
  } finally {
    await peer.endConnections()
  }
}

/**
 * From the approval to the end that the screen shows, with the proof of everything, and how many commands went over SSH
 * meanwhile. The reading of all facts that lists and drift live on comes behind, before the next round.
 */
async function change(hostIds: readonly string[]): Promise<{ ms: number; trips: number }> {
  const desired = { path, bytes: fresh(), run: ['true'] }
  const planned = await planChange(benchCtx, { agentId: 'test', desired, hostIds: [...hostIds] })
  if ('nothingToDo' in planned) throw new Error(planned.nothingToDo)
  const { digest } = await getChange(benchCtx, planned.changeId)
  const trips = countTrips()
  const begun = performance.now()
  await approveChange(benchCtx, { changeId: planned.changeId, digest })
  await ended(planned.changeId)
  const ms = performance.now() - begun
  const count = trips()
  await changesSettled()
  const { outcome, detail } = await getChange(benchCtx, planned.changeId)
  if (outcome !== 'applied') throw new Error(`expected the change to be applied, got ${outcome}: ${detail}`)
  return { ms, trips: count }
}

async function ended(changeId: number): Promise<void> {
  const isOpen = () => read((tx) => tx.change.count({ where: { id: changeId, state: { not: 'ended' } } }))
  while ((await isOpen()) > 0) await sleep(20)
}

/** Counts from here on; gives how many scripts the pool ran, and stops counting. */
function countTrips(): () => number {
  const pool = sshPool()
  const { script } = pool
  let trips = 0
  pool.script = (...words: Parameters<typeof script>) => {
    trips += 1
    return script.apply(pool, words)
  }
  return () => {
    pool.script = script
    return trips
  }
}

/** What somebody does by hand, on a connection that stays open: the file goes over, then a command puts it in place. */
function keptScp(to: readonly LabHost[]) {
  const address = to[0]?.address ?? ''
  const options = [...clientOptions(join(dir, 's'), to), '-o', `ControlPath=${join(dir, 'm')}`]
  const file = join(dir, 'file')
  let isOpen = false
  return {
    async run(): Promise<number> {
      if (!isOpen) await runCommand(['ssh', ...options, '-M', '-N', '-f', `root@${address}`])
      isOpen = true
      writeFileSync(file, fresh())
      const begun = performance.now()
      await runCommand(['scp', '-q', ...options, file, `root@${address}:${path}.new`])
      await runCommand(['ssh', ...options, `root@${address}`, `mv ${path}.new ${path} && true && cat ${path}`])
      return performance.now() - begun
    },
    end: async () => void (await runCommand(['ssh', ...options, '-O', 'exit', `root@${address}`])),
  }
}

function playbook(content: string): string {
  return `- hosts: all
  gather_facts: false
  tasks:
    - name: write the file
      ansible.builtin.copy:
        content: "${content.trim()}\\n"
        dest: ${path}
        mode: '0644'
        backup: true
        validate: cat %s
      notify: tell
  handlers:
    - name: tell
      ansible.builtin.command: 'true'
`
}
