import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FORGET_MESH_AND_KEY } from '@/e2e/lab/forget-mesh'
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
import { readJournal } from '@/lib/changes/read-journal'
import { revertChange } from '@/lib/changes/revert-change'
import { withTestStore } from '@/lib/db/test-store'
import { setAgentProbes } from '@/lib/reading/agent-probes'
import { readHost } from '@/lib/reading/read-host'
import { sshPool } from '@/lib/ssh'
import { makeUser } from '@/prisma/factories'
import { ipsecAgent } from '.'
import type { IpsecDesired } from './desired'

const running = hostsForTests()
const names = ['quince', 'medlar', 'damson'] as const
const areUp = names.every((name) => running.some((host) => host.name === name))
const test = withTestStore()
let ctx: Ctx

beforeEach(async () => {
  const user = await makeUser(test.current().db, { role: 'operator' })
  ctx = { actor: { kind: 'user', id: user.id, name: user.name, role: 'operator' }, requestId: 'test' }
  setAgents([ipsecAgent])
  setAgentProbes([ipsecAgent.probe])
  setGuardTimes({ slackS: 60, marginS: 5, betweenLoginsS: 0 })
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

/** All that a mesh may touch, byte for byte, and what the kernel has of it. */
const stateOf = (name: string) =>
  shell(
    name,
    `for f in $(find /etc/swanctl /etc/network /etc/systemd /etc/pollux /etc/hosts -type f ! -name 'pollux.pem' 2>/dev/null | sort)
do echo "== $f $(stat -c '%a %U %G' "$f")"; cat "$f"; done
find /etc/swanctl /etc/network /etc/systemd /etc/pollux 2>/dev/null | sort
ip -o -4 addr show; ip route; ip tunnel show | sort; ip xfrm policy | grep -v '^[[:space:]]' | grep -v 'socket\\|src 0.0.0.0/0\\|src ::/0' || :
iptables-save | grep '^[-:*]' | sed 's/ \\[.*//'; swanctl --list-conns`,
  )

async function add(name: string): Promise<string> {
  const lab = running.find((host) => host.name === name)
  if (!lab) throw new Error(`expected ${name} to run`)
  return (await makeLabHost(test.current().db, lab)).id
}

async function planned(hostIds: string[], desired: IpsecDesired): Promise<number> {
  const made = await planChange(ctx, { agentId: 'ipsec', desired, hostIds })
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
  return applied(made.changeId)
}

/** Applies a change; throws its journal where it did not come to stand. */
async function applied(changeId: number): Promise<number> {
  const { outcome } = await apply(changeId)
  if (outcome === 'applied') return changeId
  const { lines } = await readJournal(ctx, changeId, 0)
  throw new Error(`${outcome}\n${lines.map(({ text }) => text).join('\n')}`)
}

const addressOf = (name: string) => running.find((host) => host.name === name)?.address ?? ''

/** By their order: 10.20.0.1 and on. */
const innerOf = (name: string) => `10.20.0.${1 + [...names].map(String).indexOf(name)}`

const mesh = (members: readonly { name: string; hostId: string }[], leaving: string[] = []): IpsecDesired => ({
  kind: 'mesh',
  tag: 'lab',
  name: 'Lab',
  prefix: '10.20.0.0/24',
  profile: 'modern',
  members: members.map(({ name, hostId }) => ({
    hostId,
    label: name,
    outer: addressOf(name),
    inner: innerOf(name),
  })),
  leaving,
  innerNames: false,
  foreign: [],
})

describe.skipIf(!areUp)('a mesh of three hosts', { timeout: 2_400_000 }, () => {
  beforeEach(async () => {
    await Promise.all(names.map((name) => shell(name, FORGET_MESH_AND_KEY)))
  })

  it('is prepared, built, grown by a member, shrunk again and taken away without a trace', async () => {
    const hosts = await Promise.all(names.map(async (name) => ({ name, hostId: await add(name) })))
    const ids = hosts.map(({ hostId }) => hostId)
    const prepared = await applied(await planned(ids, { kind: 'prepare' }))
    await expect(planned(ids, { kind: 'prepare' })).rejects.toThrow('a key of its own')
    const bare = await Promise.all(names.map(stateOf))

    await applied(await planned(ids.slice(0, 2), mesh(hosts.slice(0, 2))))
    expect(await shell('quince', 'ping -n -c 2 -W 2 -M do -s 1418 10.20.0.2')).toContain(' 0% packet loss')
    const ofTwo = await Promise.all(names.slice(0, 2).map(stateOf))
    await expect(planned(ids.slice(0, 2), mesh(hosts.slice(0, 2)))).rejects.toThrow('already')

    await applied(await planned(ids, mesh(hosts)))
    await expect(planned(ids, mesh(hosts))).rejects.toThrow('already')
    expect(await shell('medlar', 'ping -n -c 2 -W 2 10.20.0.3')).toContain(' 0% packet loss')

    await applied(await planned(ids, mesh(hosts.slice(0, 2), ids.slice(2))))
    expect(await stateOf('damson')).toBe(bare[2])
    expect(await Promise.all(names.slice(0, 2).map(stateOf))).toEqual(ofTwo)

    await shell('medlar', 'rm /etc/swanctl/conf.d/pollux-lab-quince.trap.conf && swanctl --load-conns')
    await readHost(ctx, { hostId: ids[1] ?? '', tier: 'deep' })
    expect((await listDrift(ctx, ids[1] ?? '')).map(({ what }) => what)).toContain(
      '/etc/swanctl/conf.d/pollux-lab-quince.trap.conf',
    )
    await applied(await planned(ids.slice(0, 2), mesh(hosts.slice(0, 2))))

    await applied(await planned(ids.slice(0, 2), mesh([], ids.slice(0, 2))))
    expect(await Promise.all(names.map(stateOf))).toEqual(bare)
    await revert(prepared)
    for (const name of names) expect(await shell(name, 'ls /etc/swanctl/private')).not.toContain('pollux')
  })
})
