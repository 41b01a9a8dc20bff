import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hostExec, hostsForTests, reboot } from '@/e2e/lab/lab'
import { makeLabHost } from '@/e2e/make-lab-host'
import type { Ctx } from '@/lib/auth/actor'
import { setAgents } from '@/lib/changes/agents'
import { planChange } from '@/lib/changes/ask-change'
import { approveChange } from '@/lib/changes/decide-change'
import { changesSettled } from '@/lib/changes/engine'
import { getChange } from '@/lib/changes/get-change'
import { listDrift } from '@/lib/changes/list-drift'
import { readAgentFacts } from '@/lib/changes/read-agent-facts'
import { revertChange } from '@/lib/changes/revert-change'
import { withTestStore } from '@/lib/db/test-store'
import { setAgentProbes } from '@/lib/reading/agent-probes'
import { readHost } from '@/lib/reading/read-host'
import { sshPool } from '@/lib/ssh'
import { makeUser } from '@/prisma/factories'
import { type SchedulerDesired, schedulerAgent, schedulerFacts } from '.'
import { deviceRows, hostView } from './view'

const running = hostsForTests()
const guests = ['umber', 'sienna'].filter((name) => running.some((host) => host.name === name))

const rule = '/etc/udev/rules.d/60-pollux-ioscheduler.rules'
const test = withTestStore()
let ctx: Ctx

beforeEach(async () => {
  const user = await makeUser(test.current().db, { role: 'operator' })
  ctx = { actor: { kind: 'user', id: user.id, name: user.name, role: 'operator' }, requestId: 'test' }
  setAgents([schedulerAgent])
  setAgentProbes([schedulerAgent.probe])
})
afterEach(async () => {
  await changesSettled()
  await sshPool().close()
})

async function add(name: string): Promise<string> {
  const lab = running.find((host) => host.name === name)
  if (!lab) throw new Error(`expected ${name} to run`)
  return (await makeLabHost(test.current().db, lab)).id
}

async function factsOf(hostId: string) {
  const [reading] = await readAgentFacts(ctx, 'scheduler', [hostId])
  if (!reading || reading.problem) throw new Error(reading?.problem ?? 'no reading')
  return schedulerFacts.parse(reading.facts)
}

async function plan(hostId: string, desired: SchedulerDesired) {
  return planChange(ctx, { agentId: 'scheduler', desired, hostIds: [hostId] })
}

async function apply(changeId: number) {
  const { digest } = await getChange(ctx, changeId)
  await approveChange(ctx, { changeId, digest })
  await changesSettled()
  return getChange(ctx, changeId)
}

const scheduler = async (name: string, disk: string) => {
  const { stdout } = await hostExec(name, ['cat', `/sys/block/${disk}/queue/scheduler`])
  return /\[([^\]]+)\]/.exec(stdout)?.[1]
}
const setBehindOurBack = (name: string, disk: string, value: string) =>
  hostExec(name, ['sh', '-c', `printf '%s\\n' ${value} > /sys/block/${disk}/queue/scheduler`])

// A guest's boot takes most of a test's time, and more on a busy machine.
const guestTimeoutMs = 420_000

describe.each(guests)('on %s', { timeout: guestTimeoutMs }, (name) => {
  it('sets two disks now and at every boot, proves it by a real reboot, shows drift, and reverts', async () => {
    await hostExec(name, ['rm', '-f', rule])
    for (const disk of ['sda', 'ubdb']) await setBehindOurBack(name, disk, 'mq-deadline')
    const hostId = await add(name)
    const facts = await factsOf(hostId)
    expect(hostView(facts)).toMatchObject({ whyNotLive: null, whyNotBoot: null })
    const keyOf = (disk: string) => deviceRows(facts).find((row) => row.name === disk)?.key ?? 'none'
    const choices = { [keyOf('sda')]: 'bfq', [keyOf('ubdb')]: 'kyber' }
    const desired: SchedulerDesired = { persistence: 'boot', hosts: { [hostId]: choices } }

    const planned = await plan(hostId, desired)
    if (!('changeId' in planned)) throw new Error(planned.nothingToDo)
    const change = await apply(planned.changeId)
    expect(change).toMatchObject({ state: 'ended', outcome: 'applied' })
    expect(change.proofs.filter((proof) => proof.verdict !== 'yes')).toEqual([])
    expect([await scheduler(name, 'sda'), await scheduler(name, 'ubdb')]).toEqual(['bfq', 'kyber'])
    expect(await plan(hostId, desired)).toHaveProperty('nothingToDo')

    await sshPool().close()
    await reboot(name)
    expect([await scheduler(name, 'sda'), await scheduler(name, 'ubdb')]).toEqual(['bfq', 'kyber'])

    await setBehindOurBack(name, 'sda', 'none')
    await readHost(ctx, { hostId, tier: 'cheap' })
    expect(await listDrift(ctx, hostId)).toMatchObject([
      { changeId: change.id, what: 'scheduler of sda', expected: 'bfq', seen: 'none' },
    ])
    await setBehindOurBack(name, 'sda', 'bfq')

    const revert = await revertChange(ctx, { changeId: change.id })
    if (!('changeId' in revert)) throw new Error(revert.nothingToDo)
    expect(await apply(revert.changeId)).toMatchObject({ outcome: 'applied' })
    expect([await scheduler(name, 'sda'), await scheduler(name, 'ubdb')]).toEqual(['mq-deadline', 'mq-deadline'])
    expect((await hostExec(name, ['ls', rule])).code).not.toBe(0)
  })
})

describe.skipIf(!guests.includes('umber'))('on umber, with faults', { timeout: guestTimeoutMs }, () => {
  it('undoes all when udev does not do what the rule says', async () => {
    const hostId = await add('umber')
    await setBehindOurBack('umber', 'ubdb', 'mq-deadline')
    const facts = await factsOf(hostId)
    const key = deviceRows(facts).find((row) => row.name === 'ubdb')?.key ?? 'none'
    const planned = await plan(hostId, { persistence: 'boot', hosts: { [hostId]: { [key]: 'kyber' } } })
    if (!('changeId' in planned)) throw new Error(planned.nothingToDo)
    // udev still runs and takes events, and leaves the disks alone.
    const mute = '/run/udev/rules.d/00-mute.rules'
    await hostExec('umber', [
      'sh',
      '-c',
      `mkdir -p /run/udev/rules.d; printf 'SUBSYSTEM=="block", GOTO="end"\\nLABEL="end"\\n' > ${mute}`,
    ])
    await hostExec('umber', [
      'sh',
      '-c',
      `printf 'ATTR{queue/scheduler}="mq-deadline"\\n' > /run/udev/rules.d/99-other.rules; udevadm control --reload`,
    ])
    try {
      const change = await apply(planned.changeId)
      expect(['reverted', 'stale', 'not-started']).toContain(change.outcome ?? change.state)
      expect(await scheduler('umber', 'ubdb')).toBe('mq-deadline')
      expect((await hostExec('umber', ['ls', rule])).code).not.toBe(0)
    } finally {
      await hostExec('umber', ['sh', '-c', `rm -f ${mute} /run/udev/rules.d/99-other.rules; udevadm control --reload`])
    }
  })

  it('touches nothing when a disk has gone since the plan, and says which', async () => {
    const hostId = await add('umber')
    const facts = await factsOf(hostId)
    const key = deviceRows(facts).find((row) => row.name === 'sdc')?.key ?? 'none'
    const planned = await plan(hostId, { persistence: 'live-only', hosts: { [hostId]: { [key]: 'kyber' } } })
    if (!('changeId' in planned)) throw new Error(planned.nothingToDo)
    await hostExec('umber', ['sh', '-c', 'printf 1 > /sys/block/sdc/device/delete'])
    try {
      const change = await apply(planned.changeId)
      expect(change).toMatchObject({ state: 'ended', outcome: 'not-started' })
      expect(change.detail).toContain('umber')
    } finally {
      const scan = 'for host in /sys/class/scsi_host/*; do printf "%s\\n" "- - -" > "$host/scan"; done; udevadm settle'
      await hostExec('umber', ['sh', '-c', scan])
    }
  })

  it('refuses on a host whose /sys is the machine’s own', async ({ skip }) => {
    const alder = running.find((host) => host.name === 'alder')
    if (!alder) return skip('alder does not run')
    const hostId = await add('alder')
    const facts = await factsOf(hostId)
    expect(hostView(facts).whyNotLive).not.toBeNull()
  })
})

describe.skipIf(!guests.includes('sienna'))('on sienna, without udev', { timeout: guestTimeoutMs }, () => {
  it('sets a disk from rc.local before its exit 0, also after a real reboot, and gives the file back byte for byte', async () => {
    const hostId = await add('sienna')
    await setBehindOurBack('sienna', 'ubdb', 'mq-deadline')
    const before = (await hostExec('sienna', ['cat', '/etc/rc.local'])).stdout
    // As on a host that never had udev: no daemon, and no database of one. The reboot brings both back.
    await hostExec('sienna', ['sh', '-c', '/etc/init.d/udev stop; rm -rf /run/udev/data'])
    const facts = await factsOf(hostId)
    expect(hostView(facts).bootWay).toBe('lines in /etc/rc.local')
    const key = deviceRows(facts).find((row) => row.name === 'ubdb')?.key ?? 'none'
    const planned = await plan(hostId, { persistence: 'boot', hosts: { [hostId]: { [key]: 'bfq' } } })
    if (!('changeId' in planned)) throw new Error(planned.nothingToDo)
    expect(await apply(planned.changeId)).toMatchObject({ outcome: 'applied' })
    expect(await scheduler('sienna', 'ubdb')).toBe('bfq')
    const after = (await hostExec('sienna', ['cat', '/etc/rc.local'])).stdout
    expect(after.trimEnd().endsWith('exit 0')).toBe(true)

    await sshPool().close()
    await reboot('sienna')
    expect(await scheduler('sienna', 'ubdb')).toBe('bfq')

    const revert = await revertChange(ctx, { changeId: planned.changeId })
    if (!('changeId' in revert)) throw new Error(revert.nothingToDo)
    expect(await apply(revert.changeId)).toMatchObject({ outcome: 'applied' })
    expect((await hostExec('sienna', ['cat', '/etc/rc.local'])).stdout).toBe(before)
    expect(await scheduler('sienna', 'ubdb')).toBe('mq-deadline')
  })
})
