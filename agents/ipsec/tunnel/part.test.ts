import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PlanHost } from '@/lib/agent'
import { filesAfter } from '@/lib/agent/config-file'
import { isAppError } from '@/lib/errors'
import type { IpsecFacts } from '../facts/facts'
import { isTunnelStep, tunnelsAfter } from './live'
import { type TunnelPart, tunnelPart } from './part'
import { fileOf, hostWith, mesh, onDevice, sidesFor } from './testing'
import { tunnelsOf } from './tunnel'

const interfaces = 'auto eth0\niface eth0 inet static\n\taddress 192.0.2.1/24\n'
const hosts = {
  networkd: hostWith('own', { address: '192.0.2.1' }),
  netplan: hostWith('own', { address: '192.0.2.1', stack: 'netplan' }),
  'interfaces.d': hostWith('own', {
    address: '192.0.2.1',
    stack: 'ifupdown',
    files: { '/etc/network/interfaces': fileOf(`source /etc/network/interfaces.d/*\n${interfaces}`) },
  }),
  interfaces: hostWith('own', {
    address: '192.0.2.1',
    stack: 'ifupdown',
    files: { '/etc/network/interfaces': fileOf(interfaces) },
  }),
  'one line without an end': hostWith('own', {
    address: '192.0.2.1',
    stack: 'ifupdown',
    files: { '/etc/network/interfaces': fileOf(interfaces.trimEnd()) },
  }),
  networkmanager: hostWith('own', { address: '192.0.2.1', stack: 'networkmanager' }),
  none: hostWith('own', { address: '192.0.2.1', stack: 'none', hasSystemd: false }),
}

/** The host once the part was done. */
function applied(host: PlanHost<IpsecFacts>, part: TunnelPart): PlanHost<IpsecFacts> {
  const after = [...part.down, ...part.up].filter(isTunnelStep).reduce(tunnelsAfter, tunnelsOf(host.facts))
  const tunnels = [...after.values()].map(({ addresses: _, ...tunnel }) => tunnel)
  const devices = [...after.values()].map(({ name, mtu, isUp, addresses }) => ({
    name,
    mtu,
    isUp,
    stack: 'none' as const,
    addresses: addresses.map((text) => {
      const [, own = '', peer = null, prefix = ''] = /^([^@/]+)(?:@([^/]+))?\/(\d+)$/.exec(text) ?? []
      return onDevice(own, Number(prefix), peer)
    }),
  }))
  const others = host.facts.devices.filter(({ name }) => !name.startsWith('tt-'))
  const files = filesAfter(host.facts.files, part.files)
  return { ...host, facts: { ...host.facts, files, tunnels, devices: [...others, ...devices] } }
}

const partOf = (host: PlanHost<IpsecFacts>, labels: readonly string[]) =>
  tunnelPart(host, mesh, sidesFor(host, labels), 0)

function sentenceOf(host: PlanHost<IpsecFacts>): string {
  try {
    partOf(host, ['b'])
  } catch (error) {
    if (isAppError(error)) return error.userMessage ?? ''
  }
  return 'not refused'
}

describe.each(Object.entries(hosts))('on a host with %s', (_, host) => {
  const labels = fc.uniqueArray(fc.constantFrom('a', 'b', 'b-1', 'web', 'web-1', 'x9'), { maxLength: 6 })

  it('nothing is left to do once it was done, and all is as before once no member is left', () => {
    if (host === hosts.none) return
    fc.assert(
      fc.property(labels, labels, (first, second) => {
        const one = applied(host, partOf(host, first))
        const two = applied(one, partOf(one, second))
        for (const [at, wanted] of [
          [one, first],
          [two, second],
        ] as const) {
          const again = partOf(at, wanted)
          expect([again.files, again.down, again.up, again.checks]).toEqual([[], [], [], []])
          expect([...tunnelsOf(at.facts).keys()].toSorted()).toEqual(wanted.map((label) => `tt-${label}`).toSorted())
        }
        const end = applied(two, partOf(two, []))
        expect(end.facts.files).toEqual(host.facts.files)
        expect(end.facts.tunnels).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  it('another member touches nobody else’s file or tunnel', () => {
    if (host === hosts.none) return
    const before = applied(host, partOf(host, ['a', 'b']))
    const turned = tunnelPart(before, mesh, sidesFor(before, ['a', 'b']).toReversed(), 0)
    expect([turned.files, turned.down, turned.up]).toEqual([[], [], []])
    const part = tunnelPart(before, mesh, sidesFor(before, ['a', 'b', 'c']), 0)
    const words = part.up[0]?.run.slice(4).filter((word) => word.startsWith('tt-'))
    expect(words).toEqual(['tt-c'])
    for (const step of part.files)
      expect(`${step.path} ${step.before === null}`).toMatch(/tt-c.* true|\/interfaces false/)
    const undone = part.up[0]?.undo
    expect(undone && 'run' in undone && undone.run.slice(4)).toEqual(['tt-c', '-', '-', '-', '-', '-'])
  })
})

describe('the files of the boot', () => {
  const written = (name: keyof typeof hosts) =>
    partOf(hosts[name], ['b']).files.map(({ path, after }) => `${path}\n${after?.bytes}`)

  it('for networkd, and for netplan beside its own', () => {
    expect(written('networkd')).toMatchInlineSnapshot(`
      [
        "/etc/systemd/network/pollux-tt-b.netdev
      # Mesh tt: own to b, written by Pollux
      [NetDev]
      Name=tt-b
      Kind=ipip
      MTUBytes=1446

      [Tunnel]
      Independent=yes
      Local=192.0.2.1
      Remote=192.0.2.10
      TTL=64
      ",
        "/etc/systemd/network/pollux-tt-b.network
      # Mesh tt: own to b, written by Pollux
      [Match]
      Name=tt-b

      [Link]
      RequiredForOnline=no

      [Network]
      LinkLocalAddressing=no
      IPv6AcceptRA=no

      [Address]
      Address=10.9.0.1/32
      Peer=10.9.0.10/32
      ",
      ]
    `)
    expect(written('netplan')).toEqual(written('networkd'))
  })

  it('for ifupdown', () => {
    expect(written('interfaces.d')).toMatchInlineSnapshot(`
      [
        "/etc/network/interfaces.d/pollux-tt-b
      # Mesh tt: own to b, written by Pollux
      auto tt-b
      iface tt-b inet manual
      	pre-up [ -d /sys/class/net/tt-b ] || ip tunnel add tt-b mode ipip remote 192.0.2.10 local 192.0.2.1 ttl 64
      	up ip link set dev tt-b mtu 1446 up
      	up ip addr replace 10.9.0.1 peer 10.9.0.10/32 dev tt-b
      	post-down [ ! -d /sys/class/net/tt-b ] || ip tunnel del tt-b
      ",
      ]
    `)
    expect(written('interfaces')).toMatchInlineSnapshot(`
      [
        "/etc/network/interfaces
      auto eth0
      iface eth0 inet static
      	address 192.0.2.1/24
      # >>> Pollux: tunnel tt-b >>>
      auto tt-b
      iface tt-b inet manual
      	pre-up [ -d /sys/class/net/tt-b ] || ip tunnel add tt-b mode ipip remote 192.0.2.10 local 192.0.2.1 ttl 64
      	up ip link set dev tt-b mtu 1446 up
      	up ip addr replace 10.9.0.1 peer 10.9.0.10/32 dev tt-b
      	post-down [ ! -d /sys/class/net/tt-b ] || ip tunnel del tt-b
      # <<< Pollux: tunnel tt-b <<<
      ",
      ]
    `)
  })

  it('for a host whose network’s files Pollux does not write', () => {
    expect(written('networkmanager')).toMatchInlineSnapshot(`
      [
        "/etc/systemd/system/pollux-tt-b.tunnel.service
      # Mesh tt: own to b, written by Pollux
      [Unit]
      Description=Tunnel tt-b
      After=network-pre.target
      Before=network.target

      [Service]
      Type=oneshot
      RemainAfterExit=yes
      ExecStart=/bin/sh -c '[ -d /sys/class/net/tt-b ] || ip tunnel add tt-b mode ipip remote 192.0.2.10 local 192.0.2.1 ttl 64'
      ExecStart=/bin/sh -c 'ip link set dev tt-b mtu 1446 up'
      ExecStart=/bin/sh -c 'ip addr replace 10.9.0.1 peer 10.9.0.10/32 dev tt-b'
      ExecStop=/bin/sh -c '[ ! -d /sys/class/net/tt-b ] || ip tunnel del tt-b'
      ",
        "/etc/systemd/system/multi-user.target.d/pollux-tt-b.tunnel.conf
      # Mesh tt: own to b, written by Pollux
      [Unit]
      Wants=pollux-tt-b.tunnel.service
      ",
      ]
    `)
    expect(written('none')).toEqual([])
  })

  it('says what a person should know', () => {
    const titles = (name: keyof typeof hosts) => partOf(hosts[name], ['b']).findings.map(({ title }) => title)
    expect(titles('networkd')).toEqual(['A device tunl0 appears'])
    expect(titles('none')[0]).toBe('The tunnels of own do not come back after a boot')
    expect(titles('netplan')[0]).toBe("networkd's own files keep the tunnels of own")
    expect(titles('networkmanager')[0]).toBe('Units of systemd make the tunnels of own at boot')
    expect(partOf(hosts.none, []).findings).toEqual([])
  })
})

describe('what stands', () => {
  const ours = { '/etc/systemd/network/pollux-tt-b.netdev': fileOf('') }
  const tunnel = { name: 'tt-b', local: '192.0.2.1', remote: '192.0.2.10', mtu: 1400, isUp: false }
  const device = (name: string) => ({ name, mtu: 1400, isUp: true, addresses: [], stack: 'none' as const })
  const host = (facts: Partial<IpsecFacts>) => {
    const plain = hosts.networkd
    return { ...plain, facts: { ...plain.facts, ...facts } }
  }

  it('is put right where it is this mesh’s, keeping an address without another end', () => {
    const eth0 = hosts.networkd.facts.devices
    const addresses = [onDevice('10.9.0.77', 32, '10.9.0.10'), onDevice('10.5.5.5', 24)]
    const part = partOf(
      host({ files: ours, tunnels: [tunnel], devices: [...eth0, { ...device('tt-b'), addresses }] }),
      ['b'],
    )
    expect(part.up[0]?.title).toBe('Put one tunnel right')
    expect(part.up[0]?.run.slice(4).join(' ')).toBe(
      'tt-b 192.0.2.1 192.0.2.10 1446 up 10.5.5.5/24,10.9.0.1@10.9.0.10/32',
    )
    const undo = part.up[0]?.undo
    expect(undo && 'run' in undo && undo.run.slice(4).join(' ')).toBe(
      'tt-b 192.0.2.1 192.0.2.10 1400 down 10.5.5.5/24,10.9.0.77@10.9.0.10/32',
    )
  })

  it.each([
    [
      'a device of that name',
      { devices: [...hosts.networkd.facts.devices, device('tt-b')] },
      'a device tt-b that Pollux',
    ],
    ['a tunnel of that name', { tunnels: [tunnel] }, 'a device tt-b that Pollux did not make'],
    [
      'ours that is no tunnel now',
      { files: ours, devices: [...hosts.networkd.facts.devices, device('tt-b')] },
      'no ip-ip',
    ],
    ['another with these ends', { tunnels: [{ ...tunnel, name: 'tunA' }] }, 'tunA, and the kernel takes no second one'],
    [
      'no module',
      { kernel: { release: '', hasEsp: null, hasIpip: false, hasXfrm: null, hasPolicyMatch: null } },
      'no ip-ip tunnels',
    ],
    [
      'a stanza of that name',
      { files: { '/etc/network/interfaces': fileOf('auto lo\niface tt-b inet tunnel\n') } },
      'sets up tt-b in line 2 of /etc/network/interfaces',
    ],
    [
      'a .network file that is read first',
      { files: { '/etc/systemd/network/10-all.network': fileOf('[Match]\nName=t* !eth0\n[Network]\nDHCP=yes\n') } },
      'not refused',
    ],
    [
      'a .network file for every name',
      { files: { '/etc/systemd/network/10-all.network': fileOf('[Match]\nName=*\n') } },
      'by /etc/systemd/network/10-all.network',
    ],
    [
      'one for every Ethernet device',
      { files: { '/etc/systemd/network/10-all.network': fileOf('[Match]\nName=*\nType=ether\n') } },
      'not refused',
    ],
    ['tunl0', { tunnels: [{ ...tunnel, name: 'tunl0', local: null, remote: null }] }, 'not refused'],
  ])('%s', (_, facts, sentence) => {
    expect(sentenceOf(host(facts))).toContain(sentence)
  })

  it('is this mesh’s by the connection’s file where no file makes it at boot', () => {
    const files = { '/etc/swanctl/conf.d/pollux-tt-b.conf': fileOf('') }
    const live = { ...hosts.none, facts: { ...hosts.none.facts, files, tunnels: [tunnel] } }
    expect(tunnelPart(live, mesh, [], 0).down[0]?.title).toBe('Take away one tunnel')
    expect(partOf(live, ['b']).up[0]?.title).toBe('Put one tunnel right')
    expect(tunnelPart(live, { tag: 't' }, [], 0).down).toEqual([])
  })

  it('of somebody else with the mesh’s front in its name stays', () => {
    const part = tunnelPart(host({ tunnels: [{ ...tunnel, name: 'tt-mine' }] }), mesh, [], 0)
    expect([part.up, part.files]).toEqual([[], []])
  })
})

it('plans 200 peers at once', () => {
  const labels = Array.from({ length: 200 }, (_, at) => `p${at}`)
  const part = partOf(hosts.networkd, labels)
  expect([part.files.length, part.up.length]).toEqual([400, 2])
  expect(new Set([...part.files, ...part.up, ...part.checks].map(({ id }) => id)).size).toBe(403)
})
