import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hostExec, hostsForTests } from '@/e2e/lab/lab'
import { makeLabHost } from '@/e2e/make-lab-host'
import type { Ctx } from '@/lib/auth/actor'
import { setAgents } from '@/lib/changes/agents'
import { planChange } from '@/lib/changes/ask-change'
import { setGuardTimes } from '@/lib/changes/deadline'
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
import { type FailoverDesired, failoverAgent, failoverFacts } from '.'

const running = hostsForTests()
const has = (name: string) => running.some((host) => host.name === name)
const test = withTestStore()
let ctx: Ctx

beforeEach(async () => {
  const user = await makeUser(test.current().db, { role: 'operator' })
  ctx = { actor: { kind: 'user', id: user.id, name: user.name, role: 'operator' }, requestId: 'test' }
  setAgents([failoverAgent])
  setAgentProbes([failoverAgent.probe])
  setGuardTimes({ slackS: 30, marginS: 5, betweenLoginsS: 0 })
})
afterEach(async () => {
  await changesSettled()
  await sshPool().close()
})

const shell = async (name: string, script: string) => {
  const { code, stdout, stderr } = await hostExec(name, ['sh', '-c', script])
  if (code !== 0) throw new Error(`${name}: ${script}: ${code} ${stderr}`)
  return stdout
}
const addressesOf = (name: string) => shell(name, 'ip -o addr show dev eth0')
/** All that a change may touch, byte for byte, and what the kernel has. */
const stateOf = (name: string) =>
  shell(
    name,
    `for f in $(find /etc/network /etc/systemd/network /etc/netplan -type f | sort); do echo "== $f $(stat -c '%a %U %G' "$f")"; cat "$f"; done
find /etc/network /etc/systemd/network /etc/netplan | sort
ip -o addr show dev eth0; ip route; ip -6 route`,
  )

async function add(name: string): Promise<string> {
  const lab = running.find((host) => host.name === name)
  if (!lab) throw new Error(`expected ${name} to run`)
  return (await makeLabHost(test.current().db, lab)).id
}

async function factsOf(hostId: string) {
  const [reading] = await readAgentFacts(ctx, 'failover-ip', [hostId])
  if (!reading || reading.problem) throw new Error(reading?.problem ?? 'no reading')
  return failoverFacts.parse(reading.facts)
}

const plan = (hostIds: string[], desired: FailoverDesired) =>
  planChange(ctx, { agentId: 'failover-ip', desired, hostIds })

async function planned(hostIds: string[], desired: FailoverDesired): Promise<number> {
  const made = await plan(hostIds, desired)
  if (!('changeId' in made)) throw new Error(made.nothingToDo)
  return made.changeId
}

async function apply(changeId: number) {
  const { digest } = await getChange(ctx, changeId)
  await approveChange(ctx, { changeId, digest })
  await changesSettled()
  return getChange(ctx, changeId)
}

async function revert(changeId: number) {
  const made = await revertChange(ctx, { changeId })
  if (!('changeId' in made)) throw new Error(made.nothingToDo)
  return apply(made.changeId)
}

const cases = [
  ['fir', '203.0.113.9/32', '/etc/network/interfaces.d/pollux-failover-203-0-113-9'],
  ['fir', '2001:db8::9/128', '/etc/network/interfaces.d/pollux-failover-2001-db8--9'],
  ['rowan', '198.51.100.7/32', '/etc/network/interfaces'],
  ['rowan', '2001:db8:0:1::7/128', '/etc/network/interfaces'],
  ['hazel', '203.0.113.8/32', '/etc/systemd/network/10-eth0.network.d/50-pollux-failover-203-0-113-8.conf'],
  ['hazel', '2001:db8::8/128', '/etc/systemd/network/10-eth0.network.d/50-pollux-failover-2001-db8--8.conf'],
] as const

describe.each(cases.filter(([name]) => has(name)))('%s, %s', (name, address, path) => {
  it('is put on now and at every boot, shows drift, and is taken back byte for byte', async () => {
    const before = await stateOf(name)
    const hostId = await add(name)
    const desired: FailoverDesired = {
      operation: 'add',
      address,
      to: { hostId, device: 'eth0' },
      keep: 'boot',
      announce: true,
    }
    const changeId = await planned([hostId], desired)
    const change = await apply(changeId)
    expect(change).toMatchObject({ state: 'ended', outcome: 'applied' })
    expect(change.proofs.filter((proof) => proof.verdict !== 'yes')).toEqual([])
    expect(await addressesOf(name)).toContain(` ${address} `)
    expect(await shell(name, `cat ${path}`)).toContain(address)
    expect(await plan([hostId], desired)).toHaveProperty('nothingToDo')

    await shell(name, `ip addr del ${address} dev eth0`)
    await readHost(ctx, { hostId, tier: 'cheap' })
    expect(await listDrift(ctx, hostId)).toMatchObject([
      { changeId, what: `${address} on eth0`, expected: 'there', seen: 'not there' },
    ])
    await shell(name, `ip addr add ${address} dev eth0`)

    expect(await revert(changeId)).toMatchObject({ outcome: 'applied' })
    expect(await stateOf(name)).toBe(before)
  })
})

it.skipIf(!has('fir'))('knows what holds the network', async () => {
  const facts = await factsOf(await add('fir'))
  expect(facts.devices.find((device) => device.name === 'eth0')).toMatchObject({ stack: 'ifupdown' })
  expect(facts).toMatchObject({ hasIp: true, hasArping: true, hasPing: true, logins: ['10.77.0.21'] })
})
