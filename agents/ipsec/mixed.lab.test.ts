import { describe, expect, it } from 'vitest'
import { getChange } from '@/lib/changes/get-change'
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

const names = ['nutmeg', 'quince', 'medlar'] as const

describe.skipIf(!areUp(names))('a mesh with a member by ipsec.conf', { timeout: 2_400_000 }, () => {
  const lab = useMeshLab(names, 60)
  const { apply } = lab

  it('has of each pair the strongest suite that both speak, and leaves nothing behind', async () => {
    const hosts = await addMembers(lab.db(), names)
    const bare = await stateOf('nutmeg')
    const prepared = await apply(hosts, { kind: 'prepare' })
    await expect(planned(lab.ctx(), hosts, { kind: 'prepare' })).rejects.toThrow('a key of its own')
    const ready = await Promise.all(names.map(stateOf))
    await expect(planned(lab.ctx(), hosts, labMesh(hosts))).rejects.toThrow('by ipsec.conf')

    const changeId = await apply(hosts, labMesh(hosts, [], 'compatible'))
    expect(JSON.stringify((await getChange(lab.ctx(), changeId)).plan)).toContain('2 pairs use the compatible suite')
    expect(await shell('quince', 'swanctl --list-sas --ike lab-medlar')).toContain('AES_GCM_16-256')
    expect(await shell('quince', 'swanctl --list-sas --ike lab-nutmeg')).toContain('AES_CBC-256/HMAC_SHA2_256_128')
    expect(await shell('nutmeg', `ping -n -c 2 -W 2 ${innerOf('medlar')}`)).toContain(' 0% packet loss')
    await expect(planned(lab.ctx(), hosts, labMesh(hosts, [], 'compatible'))).rejects.toThrow('already')

    await apply(hosts, labMesh([], hosts))
    expect(await Promise.all(names.map(stateOf))).toEqual(ready)
    await reverted(lab.ctx(), prepared)
    expect(await stateOf('nutmeg')).toBe(bare)
  })
})
