import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isAppError } from '@/lib/errors'
import { isInnerOf, type MeshMember } from '../desired'
import type { IpsecFacts } from '../facts/facts'
import { hostWith, onDevice, sidesFor } from '../tunnel/testing'
import { rangeOf } from './address-net'
import { planInner, suggestPrefix } from './address-plan'
import { refuseInner, refuseMtu } from './address-plan-refuse'

function sentenceOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (isAppError(error)) return error.userMessage ?? ''
    throw error
  }
  return 'not refused'
}

const pairs = (plan: ReadonlyMap<string, string>) => [...plan].map(([hostId, inner]) => ({ hostId, inner }))

describe('inner addresses', () => {
  const ids = fc.uniqueArray(fc.integer({ min: 0, max: 40 }).map(String), { maxLength: 20 })

  it('never collide, lie in the net, and stay as members come and go', () => {
    fc.assert(
      fc.property(ids, ids, ids, fc.boolean(), (first, leaving, joining, hasTaken) => {
        const net = rangeOf('10.9.0.16/28')
        const taken = hasTaken && net ? [net] : []
        const start = planInner({ prefix: '10.9.0.0/24', members: [], joining: first, retired: [], taken })
        const members = pairs(start).filter(({ hostId }) => !leaving.includes(hostId))
        const retired = pairs(start).flatMap(({ hostId, inner }) => (leaving.includes(hostId) ? [inner] : []))
        const plan = planInner({ prefix: '10.9.0.0/24', members, joining, retired, taken })
        expect(new Set(plan.values()).size).toBe(plan.size)
        for (const inner of plan.values()) expect(isInnerOf(inner, '10.9.0.0/24')).toBe(true)
        for (const { hostId, inner } of members) expect(plan.get(hostId)).toBe(inner)
        const fresh = pairs(plan).filter(({ hostId }) => !members.some((one) => one.hostId === hostId))
        for (const { inner } of fresh) {
          expect(retired).not.toContain(inner)
          if (hasTaken) expect(isInnerOf(inner, '10.9.0.16/28')).toBe(false)
        }
      }),
    )
  })

  it('come back into use only when the net is through, the longest gone first', () => {
    const plan = planInner({
      prefix: '10.9.0.0/29',
      members: [
        { hostId: 'a', inner: '10.9.0.1' },
        { hostId: 'b', inner: '10.9.0.5' },
      ],
      joining: ['c', 'd', 'e', 'f'],
      retired: ['10.9.0.4', '10.9.0.3'],
    })
    expect([...plan.values()]).toEqual(['10.9.0.1', '10.9.0.5', '10.9.0.6', '10.9.0.2', '10.9.0.4', '10.9.0.3'])
  })

  it('are refused when the net has not enough', () => {
    const plan = { prefix: '10.9.0.0/30', members: [], joining: ['a', 'b', 'c'], retired: [] }
    expect(sentenceOf(() => planInner(plan))).toBe(
      '10.9.0.0/30 has 2 addresses for members, and 3 are needed. Choose a larger net.',
    )
  })
})

describe('a mesh', () => {
  const member = (name: string, at: number, more: Partial<MeshMember> = {}): MeshMember => ({
    hostId: name,
    label: name,
    outer: `192.0.2.${at}`,
    inner: `10.9.0.${at}`,
    ...more,
  })
  const meshOf = (members: readonly MeshMember[], prefix = '10.9.0.0/24') => ({
    tag: 'tt',
    prefix,
    members: [...members],
  })
  const umber = (facts: Partial<IpsecFacts> = {}) => {
    const host = hostWith('umber', { address: '192.0.2.1' })
    return { ...host, facts: { ...host.facts, ...facts } }
  }
  const sienna = hostWith('sienna', { address: '192.0.2.2' })
  const hostsOf = (facts: Partial<IpsecFacts> = {}) =>
    new Map([umber(facts), sienna].map((host) => [host.hostId, host]))
  const two = [member('umber', 1), member('sienna', 2)]
  const eth0 = sienna.facts.devices.map((device) => ({ ...device, addresses: [onDevice('192.0.2.1', 24)] }))
  const bridge = (name: string, address: string) => ({
    devices: [...eth0, { name, mtu: 1500, isUp: true, addresses: [onDevice(address, 16)], stack: 'none' as const }],
  })

  it('of good addresses is not refused, with its own tunnels there', () => {
    const own = {
      devices: [
        ...eth0,
        {
          name: 'tt-sienna',
          mtu: 1446,
          isUp: true,
          addresses: [onDevice('10.9.0.1', 32, '10.9.0.2')],
          stack: 'none' as const,
        },
      ],
      tunnels: [{ name: 'tt-sienna', local: '192.0.2.1', remote: '192.0.2.2', mtu: 1446, isUp: true }],
      routes: [
        { net: '0.0.0.0/0', device: 'eth0', via: '192.0.2.254' },
        { net: '0.0.0.0/1', device: 'tun0', via: '10.8.0.1' },
        { net: '10.9.0.2/32', device: 'tt-sienna', via: null },
      ],
    }
    expect(refuseInner(meshOf(two), hostsOf(own))).toEqual([])
  })

  it.each<[string, ReturnType<typeof meshOf>, Partial<IpsecFacts>, string]>([
    [
      'the same inner address',
      meshOf([member('umber', 1), member('sienna', 2, { inner: '10.9.0.1' })]),
      {},
      'umber and sienna both have the inner address 10.9.0.1.',
    ],
    [
      'the same outer address',
      meshOf([member('umber', 1), member('sienna', 2, { outer: '192.0.2.1' })]),
      {},
      'both have the outer address 192.0.2.1',
    ],
    ['the same label', meshOf([member('umber', 1), member('sienna', 2, { label: 'umber' })]), {}, 'both called umber'],
    ['the first address', meshOf([member('umber', 1, { inner: '10.9.0.0' })]), {}, 'its first or last'],
    ['the last address', meshOf([member('umber', 1, { inner: '10.9.0.255' })]), {}, 'its first or last'],
    [
      'an address outside',
      meshOf([member('umber', 1, { inner: '10.8.0.1' })]),
      {},
      '10.8.0.1, the inner address of umber, is not in 10.9.0.0/24',
    ],
    [
      'an address behind NAT',
      meshOf([member('umber', 1, { outer: '198.51.100.7' })]),
      {},
      'it has 192.0.2.1 on eth0. Where that address is translated on the way (NAT)',
    ],
    ['no IPv4 at all', meshOf(two), { devices: [] }, 'umber has no IPv4 address'],
    [
      'a loopback address',
      meshOf([member('umber', 1, { outer: '127.0.0.1' })]),
      bridge('lo', '127.0.0.1'),
      'is a loopback address',
    ],
    [
      'Docker’s net',
      meshOf(two),
      bridge('docker0', '10.9.0.1'),
      'umber uses: it has 10.9.0.0/16 on docker0, a network of containers or guests. Choose another net, such as 10.96.0.0/24.',
    ],
    [
      'a VPN’s route',
      meshOf(two),
      { routes: [{ net: '10.0.0.0/8', device: 'tun0', via: '10.8.0.1' }] },
      'it has a route to 10.0.0.0/8 by tun0, a VPN. Choose another net, such as 172.16.0.0/24.',
    ],
    [
      'a route of one host',
      meshOf(two),
      { routes: [{ net: '10.9.0.77/32', device: null, via: null }] },
      'it has a route to 10.9.0.77/32 that leads nowhere',
    ],
    ['another mesh’s tunnel', meshOf(two), { routes: [{ net: '10.9.0.77/32', device: 'tu-b', via: null }] }, 'by tu-b'],
    [
      'the outer net itself',
      meshOf([member('umber', 1, { inner: '192.0.2.77' })], '192.0.2.0/24'),
      {},
      'it has 192.0.2.0/24 on eth0',
    ],
    ['a loopback net', meshOf([], '127.9.0.0/24'), {}, 'has addresses that no device can have'],
  ])('with %s is refused', (_, mesh, facts, sentence) => {
    expect(sentenceOf(() => refuseInner(mesh, hostsOf(facts)))).toContain(sentence)
  })

  it('on a public net is warned of', () => {
    expect(refuseInner(meshOf([], '198.51.100.0/24'), hostsOf()).map(({ title }) => title)).toEqual([
      '198.51.100.0/24 is a net of the public Internet',
    ])
    expect(refuseInner(meshOf([], '172.31.255.0/24'), hostsOf())).toEqual([])
    expect(refuseInner(meshOf([], '172.32.0.0/24'), hostsOf())).toHaveLength(1)
  })

  it('whose tunnels would be too small is refused', () => {
    const sides = sidesFor(umber(), ['b'])
    expect(sentenceOf(() => refuseMtu(sides))).toBe('not refused')
    expect(sentenceOf(() => refuseMtu(sides.map((side) => ({ ...side, mtu: 1280 }))))).toBe('not refused')
    expect(sentenceOf(() => refuseMtu(sides.map((side) => ({ ...side, mtu: 1279 }))))).toContain(
      'Between umber and b a tunnel would take packets of 1279 bytes',
    )
  })
})

it('suggests a net that nobody has', () => {
  const facts = hostWith('umber', { address: '192.0.2.1' }).facts
  const nets = ['10.0.0.0/8', '172.16.0.0/13', '172.24.0.0/13', '192.168.1.0/24', '192.168.0.128/25']
  const route = (net: string) => ({ net, device: 'eth1', via: null })
  expect(suggestPrefix([facts])).toBe('10.96.0.0/24')
  expect(suggestPrefix([facts, { ...facts, routes: nets.map(route) }])).toBe('192.168.2.0/24')
  expect(suggestPrefix([{ ...facts, routes: [...nets, '192.168.0.0/16'].map(route) }])).toBe(null)
})
