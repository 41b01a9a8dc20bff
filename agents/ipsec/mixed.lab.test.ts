import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FORGET_MESH_AND_KEY } from '@/e2e/lab/forget-mesh'
import type { Ctx } from '@/lib/auth/actor'
import { setAgents } from '@/lib/changes/agents'
import { setGuardTimes } from '@/lib/changes/deadline'
import { changesSettled } from '@/lib/changes/engine'
import { getChange } from '@/lib/changes/get-change'
import { withTestStore } from '@/lib/db/test-store'
import { setAgentProbes } from '@/lib/reading/agent-probes'
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

const names = ['nutmeg', 'quince', 'medlar'] as const
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

describe.skipIf(!areUp(names))('a mesh with a member by ipsec.conf', { timeout: 2_400_000 }, () => {
  beforeEach(async () => {
    await Promise.all(names.map((name) => shell(name, FORGET_MESH_AND_KEY)))
  })

  const apply = async (hosts: readonly LabMember[], desired: Parameters<typeof planned>[2]) =>
    applied(ctx, await planned(ctx, hosts, desired))

  it('has of each pair the strongest suite that both speak, and leaves nothing behind', async () => {
    const hosts = await addMembers(test.current().db, names)
    const bare = await stateOf('nutmeg')
    const prepared = await apply(hosts, { kind: 'prepare' })
    await expect(planned(ctx, hosts, { kind: 'prepare' })).rejects.toThrow('a key of its own')
    const ready = await Promise.all(names.map(stateOf))
    await expect(planned(ctx, hosts, labMesh(hosts))).rejects.toThrow('by ipsec.conf')

    const changeId = await apply(hosts, labMesh(hosts, [], 'compatible'))
    expect(JSON.stringify((await getChange(ctx, changeId)).plan)).toContain('2 pairs use the compatible suite')
    expect(await shell('quince', 'swanctl --list-sas --ike lab-medlar')).toContain('AES_GCM_16-256')
    expect(await shell('quince', 'swanctl --list-sas --ike lab-nutmeg')).toContain('AES_CBC-256/HMAC_SHA2_256_128')
    expect(await shell('nutmeg', `ping -n -c 2 -W 2 ${innerOf('medlar')}`)).toContain(' 0% packet loss')
    await expect(planned(ctx, hosts, labMesh(hosts, [], 'compatible'))).rejects.toThrow('already')

    await apply(hosts, labMesh([], hosts))
    expect(await Promise.all(names.map(stateOf))).toEqual(ready)
    await reverted(ctx, prepared)
    expect(await stateOf('nutmeg')).toBe(bare)
  })
})
