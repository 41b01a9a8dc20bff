import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { schedulerFacts } from '@/agents/scheduler'
import { planChange } from '@/lib/changes/ask-change'
import { readAgentFacts } from '@/lib/changes/read-agent-facts'
import { ansible } from './ansible'
import { benchCtx, withBenchStore } from './bench-store'
import { manyLabHosts } from './lab-hosts'
import { printComparison, printFigure, printMachine } from './report'
import { compareRounds, type Round } from './statistics'

// Planning the scheduler of many hosts on which nothing is to do, against `ansible-playbook --check` of the same. Both
// look at every disk's scheduler and at the file that keeps it over a reboot; connections are kept on both sides.
const count = Number(process.env['BENCH_HOSTS'] ?? 20)
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 3)

const playbook = `- hosts: all
  gather_facts: false
  tasks:
    - name: look at the schedulers
      ansible.builtin.shell: grep -H . /sys/block/*/queue/scheduler
      check_mode: false
      changed_when: false
    - name: no rule sets one at boot
      ansible.builtin.lineinfile:
        path: /etc/udev/rules.d/60-pollux-ioscheduler.rules
        regexp: 'ATTR\\{queue/scheduler\\}'
        state: absent
`

const hosts = manyLabHosts(count)
const dir = mkdtempSync('/tmp/pb-')
printMachine()
try {
  await withBenchStore(hosts, async (hostIds) => {
    const desired = { persistence: 'boot', hosts: await leaveEveryDisk(hostIds) }
    const plan = () => planNothing(hostIds, desired)
    const check = checkNothing()
    try {
      await check.run()
      await plan()
      const taken: Round[] = []
      for (let turn = 0; turn < rounds; turn += 1) taken.push([await check.run(), await plan(), await check.run()])
      const found = compareRounds(taken)
      console.log(
        `plan of ${count} hosts with nothing to do: every disk is left as it is, and no rule sets one at boot`,
      )
      printComparison('ansible-playbook --check', 'Pollux', found)
      printFigure('plan-to-ansible-check', found.ratio, 0.1)
    } finally {
      await check.end()
    }
  })
} finally {
  rmSync(dir, { recursive: true, force: true })
}

// The lab's plain hosts share this machine's /sys, which is read-only to them: to set a disk would be refused, while to
// leave one is planned as ever (facts, disks, rules, basis, digest).
async function leaveEveryDisk(hostIds: readonly string[]): Promise<Record<string, Record<string, 'leave'>>> {
  const readings = await readAgentFacts(benchCtx, 'scheduler', hostIds)
  return Object.fromEntries(
    readings.map(({ hostId, facts, problem }) => {
      if (problem !== null) throw new Error(problem)
      const { devices } = schedulerFacts.parse(facts)
      return [hostId, Object.fromEntries(devices.map(({ key }) => [key, 'leave' as const]))]
    }),
  )
}

async function planNothing(hostIds: readonly string[], desired: unknown): Promise<number> {
  const begun = performance.now()
  const planned = await planChange(benchCtx, { agentId: 'scheduler', desired, hostIds: [...hostIds] })
  const ms = performance.now() - begun
  if ('changeId' in planned) throw new Error('expected nothing to do, got a change')
  return ms
}

function checkNothing() {
  const peer = ansible(join(dir, 'a'), hosts)
  const file = join(dir, 'scheduler.yml')
  writeFileSync(file, playbook)
  return {
    end: peer.endConnections,
    async run(): Promise<number> {
      const { ms, stdout } = await peer.runPlaybook(['--check', file])
      const unchanged = stdout.match(/ok=2\s+changed=0\s+unreachable=0\s+failed=0/g)?.length
      if (unchanged !== count) throw new Error(`expected ${count} unchanged hosts, got:\n${stdout.slice(-2000)}`)
      return ms
    },
  }
}
