import { describe, expect, it } from 'vitest'
import { MESH_MEMBERS } from '@/e2e/lab/hosts'
import { listDrift } from '@/lib/changes/list-drift'
import { readHost } from '@/lib/reading/read-host'
import {
  addMembers,
  areUp,
  innerOf,
  labMesh,
  planned,
  reverted,
  shell,
  stateOf,
  useMeshLab,
} from './testing/mesh-on-hosts'

const names = MESH_MEMBERS

describe.skipIf(!areUp(names))('a mesh of three hosts', { timeout: 2_400_000 }, () => {
  const lab = useMeshLab(names, 60)
  const { apply } = lab

  it('is prepared, built, grown by a member, shrunk again and taken away without a trace', async () => {
    const hosts = await addMembers(lab.db(), names)
    const [pair, last] = [hosts.slice(0, 2), hosts.slice(2)]
    const prepared = await apply(hosts, { kind: 'prepare' })
    await expect(planned(lab.ctx(), hosts, { kind: 'prepare' })).rejects.toThrow('a key of its own')
    const bare = await Promise.all(names.map(stateOf))

    await apply(pair, labMesh(pair))
    expect(await shell('quince', `ping -n -c 2 -W 2 -M do -s 1418 ${innerOf('medlar')}`)).toContain(' 0% packet loss')
    const ofTwo = await Promise.all(names.slice(0, 2).map(stateOf))
    await expect(planned(lab.ctx(), pair, labMesh(pair))).rejects.toThrow('already')

    await apply(hosts, labMesh(hosts))
    await expect(planned(lab.ctx(), hosts, labMesh(hosts))).rejects.toThrow('already')
    expect(await shell('medlar', `ping -n -c 2 -W 2 ${innerOf('damson')}`)).toContain(' 0% packet loss')

    await apply(hosts, labMesh(pair, last))
    expect(await stateOf('damson')).toBe(bare[2])
    expect(await Promise.all(names.slice(0, 2).map(stateOf))).toEqual(ofTwo)

    await shell('medlar', 'rm /etc/swanctl/conf.d/pollux-lab-quince.trap.conf && swanctl --load-conns')
    const hostId = hosts[1]?.hostId ?? ''
    await readHost(lab.ctx(), { hostId, tier: 'deep' })
    expect((await listDrift(lab.ctx(), hostId)).map(({ what }) => what)).toContain(
      '/etc/swanctl/conf.d/pollux-lab-quince.trap.conf',
    )
    await apply(pair, labMesh(pair))

    await apply(pair, labMesh([], pair))
    expect(await Promise.all(names.map(stateOf))).toEqual(bare)
    await reverted(lab.ctx(), prepared)
    for (const name of names) expect(await shell(name, 'ls /etc/swanctl/private')).not.toContain('pollux')
  })
})
