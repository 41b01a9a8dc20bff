import { describe, expect, it } from 'vitest'
import type { IpsecFacts } from './facts/facts'
import { memberView } from './member-view'
import { planPrepare } from './prepare/plan-prepare'
import { preparedWith, strongSwan } from './testing/prepared'
import { fileOf, hostWith, onDevice } from './tunnel/testing'

const prepared = preparedWith('quince')
const libreswan = { ...strongSwan, kind: 'libreswan', unit: 'ipsec.service' } as const

function viewOf(over: Partial<IpsecFacts>, address = '192.0.2.1') {
  const { facts } = hostWith('quince', { address: '192.0.2.1', canInstall: true, ...over })
  return memberView({ hostId: 'q', name: 'quince', address }, facts, 1_000_000)
}

describe('what a host is for a mesh', () => {
  it.each<[string, Partial<IpsecFacts>, string]>([
    ['prepared', prepared, 'ready'],
    ['without a daemon', {}, 'preparable'],
    [
      'with a daemon that does not start at boot',
      { ...prepared, daemon: { ...strongSwan, isEnabled: false } },
      'preparable',
    ],
    ['without a key', { ...prepared, publicKey: null }, 'preparable'],
    ['of which apt did not tell', { canInstall: null }, 'preparable'],
    ['whose packages have no strongSwan', { canInstall: false }, 'unable'],
    ['without systemd', { hasSystemd: false }, 'unable'],
    ['with libreswan at work', { daemon: libreswan, daemons: [libreswan] }, 'unable'],
    [
      'without ESP',
      { ...prepared, kernel: { release: '6.1', hasEsp: false, hasIpip: true, hasXfrm: true, hasPolicyMatch: true } },
      'unable',
    ],
    ['with IPv6 alone', { ...prepared, devices: [] }, 'unable'],
    [
      'under Shorewall',
      {
        ...prepared,
        firewall: {
          tool: 'shorewall',
          because: '',
          iptables: null,
          iptablesBackend: null,
          nft: null,
          isPersistent: false,
        },
      },
      'unable',
    ],
  ])('%s', (_, over, state) => {
    const view = viewOf(over)
    expect(view.state).toBe(state)
    expect(view.whyNot !== null).toBe(state === 'unable')
  })

  it('is preparable exactly where the preparation does not refuse', () => {
    for (const over of [
      {},
      { canInstall: false },
      { hasSystemd: false },
      { daemon: libreswan, daemons: [libreswan] },
    ]) {
      const host = hostWith('quince', { address: '192.0.2.1', canInstall: true, ...over })
      const isRefused = () => {
        try {
          planPrepare([host], {})
          return false
        } catch {
          return true
        }
      }
      expect(isRefused()).toBe(viewOf(over).state === 'unable')
    }
  })

  it('offers the address that Pollux uses first, then those of the way out, and none inside a tunnel or on loopback', () => {
    const device = (name: string, ...hosts: string[]) => ({
      name,
      mtu: 1500,
      isUp: true,
      stack: 'none' as const,
      addresses: hosts.map((host) => onDevice(host, 24)),
    })
    const loopback = { ...device('lo', '127.0.0.1', '127.9.9.9') }
    const over: Partial<IpsecFacts> = {
      devices: [
        loopback,
        device('docker0', '172.17.0.1'),
        device('eth0', '192.0.2.1'),
        device('eth1', '198.51.100.4'),
        device('cloud-a', '10.20.0.1'),
      ],
      tunnels: [{ name: 'cloud-a', local: '192.0.2.1', remote: '192.0.2.9', mtu: 1446, isUp: true }],
      routes: [{ net: '0.0.0.0/0', device: 'eth1', via: '198.51.100.1' }],
    }
    expect(viewOf(over).outers.map(({ address }) => address)).toEqual(['192.0.2.1', '198.51.100.4', '172.17.0.1'])
    expect(viewOf(over, 'quince.example').outers[0]?.address).toBe('198.51.100.4')
  })

  it.each<[string, string, boolean]>([
    ['an address of its own', '192.0.2.1', false],
    ['an address that is on none of its devices', '203.0.113.7', true],
    ['a name, of which nothing can be told', 'quince.example', false],
  ])('suspects NAT of %s', (_, address, isSuspected) => {
    expect(viewOf(prepared, address).hints.some((hint) => hint.includes('NAT'))).toBe(isSuspected)
  })

  it.each<[number | null, string | null]>([
    [null, null],
    [1_000_000 + 86_399, null],
    [1_000_000 + 86_400, '1 day ahead of'],
    [1_000_000 - 3 * 86_400, '3 days behind'],
  ])('says of the clock %s', (clockS, words) => {
    const hints = viewOf({ ...prepared, clockS }).hints.join(' ')
    if (words === null) expect(hints).not.toContain('clock')
    else expect(hints).toContain(words)
  })

  it('can be cleaned where it has a key and nothing of a mesh', () => {
    expect(viewOf(prepared).canBeCleaned).toBe(true)
    expect(viewOf({}).canBeCleaned).toBe(false)
    const pair = '/etc/swanctl/conf.d/pollux-cloud-web1.conf'
    const text = 'connections {\n  cloud-web1 {\n    local_addrs = 192.0.2.1\n    remote_addrs = 192.0.2.9\n  }\n}\n'
    const inMesh = viewOf({ ...prepared, files: { [pair]: fileOf(text) } })
    expect([inMesh.canBeCleaned, inMesh.meshes]).toEqual([false, ['cloud']])
    expect(viewOf({ ...prepared, files: { '/etc/pollux/pollux-cloud-firewall': fileOf('') } }).canBeCleaned).toBe(false)
  })
})
