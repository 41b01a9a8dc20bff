import { describe, expect, it } from 'vitest'
import { failoverDesired } from '@/agents/failover-ip'
import { desiredOf, firstWish, type HostAddresses, sourcesOf, targetsFor, type Wish } from './wish'

const address = (cidr: string, over: object = {}) => ({
  cidr,
  label: null,
  what: '',
  isMovable: true,
  isFailover: true,
  keptIn: null,
  ...over,
})
const host = (hostId: string, ...addresses: ReturnType<typeof address>[]): HostAddresses => ({
  hostId,
  name: hostId,
  whyNot: null,
  devices: [
    { name: 'eth0', heldBy: 'ifupdown', because: '', whyNotKept: null, fileFor: { 4: null, 6: null }, addresses },
  ],
})

const fir = host(
  'fir',
  address('198.51.100.5/24', { isMovable: false, isFailover: false }),
  address('198.51.100.6/24', { isFailover: false }),
  address('203.0.113.9/32'),
)
const rowan = host('rowan')

describe("the wizard's wish", () => {
  it('offers failover IPs first, and main addresses not at all', () => {
    expect(sourcesOf([fir, rowan]).map((one) => one.address.cidr)).toEqual(['203.0.113.9/32', '198.51.100.6/24'])
  })

  it('moves to another host than the one that has it', () => {
    const wish: Wish = { ...firstWish([fir, rowan], null), operation: 'move' }
    expect(targetsFor([fir, rowan], wish).map((one) => one.host.hostId)).toEqual(['rowan'])
    expect(failoverDesired.parse(desiredOf([fir, rowan], wish))).toEqual({
      operation: 'move',
      address: '203.0.113.9/32',
      from: { hostId: 'fir', device: 'eth0' },
      to: { hostId: 'rowan', device: 'eth0' },
      keep: 'boot',
      announce: true,
    })
  })

  it('keeps of a draft what still fits', () => {
    const kept: Wish = { ...firstWish([fir, rowan], null), operation: 'move', from: 'gone eth0 x', to: 'rowan eth0' }
    expect(firstWish([fir, rowan], kept)).toMatchObject({
      operation: 'move',
      from: 'fir eth0 203.0.113.9/32',
      to: 'rowan eth0',
    })
    expect(firstWish([fir], kept)).toMatchObject({ operation: 'add', to: 'fir eth0' })
  })

  it('is nothing to plan with while there is no address to choose', () => {
    expect(desiredOf([rowan], { ...firstWish([rowan], null), operation: 'remove' })).toBeNull()
  })
})
