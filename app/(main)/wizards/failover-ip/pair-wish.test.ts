import { describe, expect, it } from 'vitest'
import { failoverDesired } from '@/agents/failover-ip'
import type { PairRow } from '@/lib/inventory/list-pairs'
import type { PairPlace } from '@/lib/inventory/pair-seen'
import { asReadNow, whyNotFilled, wishOfPair } from './pair-wish'
import { desiredOf, type HostAddresses } from './wish'

const host = (name: string, devices: Record<string, string[]>): HostAddresses => ({
  hostId: name,
  name,
  whyNot: null,
  devices: Object.entries(devices).map(([device, addresses]) => ({
    name: device,
    heldBy: 'ifupdown',
    because: '',
    whyNotKept: null,
    fileFor: { 4: null, 6: null },
    addresses: addresses.map((cidr) => {
      const isMovable = cidr.endsWith('/32')
      return { cidr, label: null, what: '', isMovable, isFailover: isMovable, keptIn: null }
    }),
  })),
})
const place = (hostId: string): PairPlace => ({
  hostId,
  name: hostId,
  device: 'eth1',
  holds: null,
  onDevice: null,
  readAt: null,
  isOutOfReach: false,
})
const stored: PairRow = {
  id: 'pair',
  address: '192.0.2.81',
  prefix: 32,
  version: 0,
  active: place('fir'),
  standby: place('rowan'),
  seen: 'unknown',
  notYours: null,
}

function filled(hosts: readonly HostAddresses[], unread: readonly string[] = []) {
  const readings = [
    ...hosts.map(({ hostId }) => ({ hostId, problem: null })),
    ...unread.map((hostId) => ({ hostId, problem: 'No answer.' })),
  ]
  const pair = asReadNow(stored, readings, hosts)
  const wish = wishOfPair(hosts, pair)
  const why = whyNotFilled(hosts, pair)
  const desired = why === null ? failoverDesired.parse(desiredOf(hosts, wish)) : null
  return { seen: pair.seen, why, desired, operation: wish.operation, address: wish.address }
}

describe('the wizard filled in for a pair', () => {
  it('moves the address from where it is now to the other, among other addresses and devices', () => {
    const fir = host('fir', { eth0: ['10.0.0.1/24', '192.0.2.8/32'], eth1: ['192.0.2.81/32'] })
    const rowan = host('rowan', { eth0: ['10.0.0.2/24', '192.0.2.9/32'], eth1: [] })
    expect(filled([fir, rowan])).toMatchObject({
      seen: 'active',
      why: null,
      desired: {
        operation: 'move',
        address: '192.0.2.81/32',
        from: { hostId: 'fir', device: 'eth1' },
        to: { hostId: 'rowan', device: 'eth1' },
      },
    })
  })

  it('moves it back from the standby', () => {
    const fir = host('fir', { eth0: [], eth1: [] })
    const rowan = host('rowan', { eth0: ['192.0.2.81/32'] })
    const desired = { operation: 'move', from: { hostId: 'rowan', device: 'eth0' }, to: { hostId: 'fir' } }
    expect(filled([fir, rowan])).toMatchObject({ seen: 'standby', why: null, desired })
  })

  it('puts it on the active one where neither has it, and takes it off the standby where both do', () => {
    const without = [host('fir', { eth1: [] }), host('rowan', { eth1: [] })]
    const add = { operation: 'add', address: '192.0.2.81/32', to: { hostId: 'fir', device: 'eth1' } }
    expect(filled(without)).toMatchObject({ seen: 'neither', why: null, desired: add })
    const both = [host('fir', { eth1: ['192.0.2.81/32'] }), host('rowan', { eth1: ['192.0.2.81/32'] })]
    const remove = { operation: 'remove', address: '192.0.2.81/32', from: { hostId: 'rowan' } }
    expect(filled(both)).toMatchObject({ seen: 'both', why: null, desired: remove })
  })

  it('puts it on the standby where the other does not answer', () => {
    const desired = { operation: 'add', address: '192.0.2.81/32', to: { hostId: 'rowan', device: 'eth1' } }
    expect(filled([host('rowan', { eth0: [], eth1: [] })], ['fir'])).toMatchObject({ why: null, desired })
  })

  it('says what it cannot fill in', () => {
    const rowan = host('rowan', { eth0: [] })
    expect(filled([host('fir', { eth1: ['192.0.2.81/32'] }), rowan]).why).toContain('rowan has no device eth1 any more')
    const main = filled([host('fir', { eth1: ['192.0.2.81/24', '192.0.2.8/32'] }), rowan])
    expect(main.why).toContain('cannot be taken off fir')
    expect(main).toMatchObject({ operation: 'add', address: '' })
    expect(filled([host('fir', { eth1: ['192.0.2.81/32'] })]).why).toContain('rowan is not among the hosts')
    expect(filled([host('fir', { eth1: ['192.0.2.81/32'] })], ['rowan']).why).toContain('out of reach')
  })
})
