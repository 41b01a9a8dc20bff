import { describe, expect, it } from 'vitest'
import { cutLink, getLabHost, hostsForTests, restoreLink } from '@/e2e/lab/lab'
import { dial } from './dial'

describe.skipIf(!hostsForTests().some((host) => host.name === 'rowan'))('a host that does not answer', () => {
  it('is told from a name that was not found', async () => {
    const { name, address } = getLabHost('rowan')
    await cutLink(name)
    try {
      await expect(dial({ hostId: name, name, address, port: 22 }, 500)).rejects.toMatchObject({
        data: { stage: 'route' },
      })
    } finally {
      await restoreLink(name)
    }
  })
})
