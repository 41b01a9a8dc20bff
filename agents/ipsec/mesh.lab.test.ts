import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FORGET_MESH_AND_KEY } from '@/e2e/lab/forget-mesh'
import type { Ctx } from '@/lib/auth/actor'
import { setAgents } from '@/lib/changes/agents'
import { setGuardTimes } from '@/lib/changes/deadline'
import { changesSettled } from '@/lib/changes/engine'
import { listDrift } from '@/lib/changes/list-drift'
import { withTestStore } from '@/lib/db/test-store'
import { setAgentProbes } from '@/lib/reading/agent-probes'
import { readHost } from '@/lib/reading/read-host'
import { sshPool } from '@/lib/ssh'
import { makeUser } from '@/prisma/factories'
import { ipsecAgent } from '.'
import {
  addMembers,
  applied,
  areUp,
  innerOf,
  type LabMember,
  labMesh,
  planned,
  reverted,
  shell,
  stateOf,
} from './testing/mesh-on-hosts'

const names = ['quince', 'medlar', 'damson'] as const
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

describe.skipIf(!areUp(names))('a mesh of three hosts', { timeout: 2_400_000 }, () => {
  beforeEach(async () => {
    await Promise.all(names.map((name) => shell(name, FORGET_MESH_AND_KEY)))
  })

  const apply = async (hosts: readonly LabMember[], desired: Parameters<typeof planned>[2]) =>
    applied(ctx, await planned(ctx, hosts, desired))

  it('is prepared, built, grown by a member, shrunk again and taken away without a trace', async () => {
    const hosts = await addMembers(test.current().db, names)
    const [pair, last] = [hosts.slice(0, 2), hosts.slice(2)]
    const prepared = await apply(hosts, { kind: 'prepare' })
    await expect(planned(ctx, hosts, { kind: 'prepare' })).rejects.toThrow('a key of its own')
    const bare = await Promise.all(names.map(stateOf))

    await apply(pair, labMesh(pair))
    expect(await shell('quince', `ping -n -c 2 -W 2 -M do -s 1418 ${innerOf('medlar')}`)).toContain(' 0% packet loss')
    const ofTwo = await Promise.all(names.slice(0, 2).map(stateOf))
    await expect(planned(ctx, pair, labMesh(pair))).rejects.toThrow('already')

    await apply(hosts, labMesh(hosts))
    await expect(planned(ctx, hosts, labMesh(hosts))).rejects.toThrow('already')
    expect(await shell('medlar', `ping -n -c 2 -W 2 ${innerOf('damson')}`)).toContain(' 0% packet loss')

    await apply(hosts, labMesh(pair, last))
    expect(await stateOf('damson')).toBe(bare[2])
    expect(await Promise.all(names.slice(0, 2).map(stateOf))).toEqual(ofTwo)

    await shell('medlar', 'rm /etc/swanctl/conf.d/pollux-lab-quince.trap.conf && swanctl --load-conns')
    const hostId = hosts[1]?.hostId ?? ''
    await readHost(ctx, { hostId, tier: 'deep' })
    expect((await listDrift(ctx, hostId)).map(({ what }) => what)).toContain(
      '/etc/swanctl/conf.d/pollux-lab-quince.trap.conf',
    )
    await apply(pair, labMesh(pair))

    await apply(pair, labMesh([], pair))
    expect(await Promise.all(names.map(stateOf))).toEqual(bare)
    await reverted(ctx, prepared)
    for (const name of names) expect(await shell(name, 'ls /etc/swanctl/private')).not.toContain('pollux')
  })
})
