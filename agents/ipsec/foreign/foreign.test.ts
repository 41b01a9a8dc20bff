import { describe, expect, it } from 'vitest'
import type { PlanHost } from '@/lib/agent'
import { type ConfigFile, filesAfter } from '@/lib/agent/config-file'
import { isAppError } from '@/lib/errors'
import type { DeviceFacts, IpsecFacts, PolicyFacts } from '../facts/facts'
import { strongSwan } from '../testing/prepared'
import { fileOf, hostWith, onDevice } from '../tunnel/testing'
import { adoptable } from './adoptable'
import type { Foreign } from './foreign'
import { foreignOf } from './foreign-of'
import { clearedHost, foreignPart } from './foreign-part'

const starter = { kind: 'starter', version: '5.9.8', unit: null, isActive: false, isEnabled: true } as const
const own = { outer: '192.0.2.1' }
const ends = { mesh: { tag: 'cloud' }, own, peers: [{ label: 'b', outer: '192.0.2.2' }] }
const conf = (path: string) => `/etc/swanctl/conf.d/${path}`

function host(files: Record<string, string | ConfigFile>, over: Partial<IpsecFacts> = {}): PlanHost<IpsecFacts> {
  const all = Object.entries(files).map(
    ([path, file]) => [path, typeof file === 'string' ? fileOf(file) : file] as const,
  )
  return hostWith('a', {
    address: own.outer,
    daemon: strongSwan,
    daemons: [strongSwan],
    programs: ['ip', 'swanctl', 'setkey'],
    connections: [],
    policies: [],
    files: Object.fromEntries(all),
    ...over,
  })
}

const eth0: DeviceFacts = {
  name: 'eth0',
  mtu: 1500,
  isUp: true,
  addresses: [onDevice(own.outer, 24)],
  stack: 'ifupdown',
}
/** A host with a tunnel of somebody else's to 192.0.2.2. */
function withTunnel(files: Record<string, string | ConfigFile> = {}, device: Partial<DeviceFacts> = {}) {
  const tun: DeviceFacts = {
    name: 'tun5',
    mtu: 1480,
    isUp: true,
    addresses: [onDevice('10.20.0.1', 32, '10.20.0.2')],
    stack: 'ifupdown',
    ...device,
  }
  return host(files, {
    devices: [eth0, tun],
    tunnels: [{ name: tun.name, local: own.outer, remote: '192.0.2.2', mtu: 1480, isUp: true }],
    routes: [
      { net: '10.20.0.2/32', device: tun.name, via: null },
      { net: '0.0.0.0/0', device: 'eth0', via: '192.0.2.254' },
    ],
  })
}
const policy = (src: string, dst: string, direction: 'in' | 'out', over: Partial<PolicyFacts> = {}): PolicyFacts => ({
  ...{ src: `${src}/32`, dst: `${dst}/32`, protocol: null, direction, mode: 'transport', action: 'allow' },
  ...over,
})

const wishOf = (deed: 'keep' | 'replace', things: readonly Foreign[]) => ({
  foreign: things.map(({ id }) => ({ hostId: 'a', id, deed })),
})
const replacing = (of: PlanHost<IpsecFacts>) => wishOf('replace', foreignOf(of.facts))
const partOf = (of: PlanHost<IpsecFacts>, wish = wishOf('keep', [])) => foreignPart(of, wish, ends, 0)
const bytesAt = ({ facts }: PlanHost<IpsecFacts>, path: string) => {
  const file = facts.files[path]
  return file?.state === 'there' ? file.bytes : null
}

function refusal(work: () => unknown) {
  try {
    work()
  } catch (error) {
    if (isAppError(error)) return { sentence: error.userMessage ?? '', fields: Object.keys(error.fields ?? {}) }
    throw error
  }
  return { sentence: 'not refused', fields: [] }
}

const connection = (name: string, local: string, remote: string, more = '') => `	${name} {
		local_addrs = ${local}
		remote_addrs = ${remote} # there
		children { net { ${more} mode = transport
		} }
	}
`
const inConnections = (...all: string[]) => `# ours\nconnections {\n${all.join('')}}\nsecrets {\n}\n`
const web = connection('web', '192.0.2.1', '192.0.2.2')
const office = connection('office', '%any', '203.0.113.9', 'local_ts = 10.1.0.0/16\n\t\tremote_ts = 10.2.0.0/16\n\t\t')
const road = connection('road', '192.0.2.1', '%any')
const spd = `#!/usr/sbin/setkey -f
flush;
spdadd 192.0.2.1 192.0.2.2 any -P out ipsec esp/transport//require;
spdadd 192.0.2.2 192.0.2.1 any -P in ipsec esp/transport//require;
spdadd 192.0.2.1 192.0.2.9 any -P out ipsec esp/transport//require;
`
const spdPolicies = [
  policy('192.0.2.1', '192.0.2.2', 'out'),
  policy('192.0.2.2', '192.0.2.1', 'in'),
  policy('192.0.2.1', '192.0.2.9', 'out'),
]
const stanza = `auto lo eth0 tun5
iface lo inet loopback

auto tun5
iface tun5 inet tunnel
	mode ipip
	# to b
	local 192.0.2.1
	endpoint 192.0.2.2

# the uplink
iface eth0 inet static
	address 192.0.2.1/24
`

interface Case {
  of: PlanHost<IpsecFacts>
  path: string
  left: string | null
}
const cases: [string, Case][] = [
  [
    'a connection among others in a file of swanctl',
    {
      of: host({ [conf('x.conf')]: inConnections(road, web, office) }, { connections: ['web'] }),
      path: conf('x.conf'),
      left: inConnections(road, office),
    },
  ],
  [
    'a connection of ipsec.conf that comes up at the next boot',
    {
      of: host(
        {
          '/etc/ipsec.conf':
            'config setup\n\nconn web\n left=%defaultroute\n right=192.0.2.2\n\nconn far\n left=192.0.2.1\n right=198.51.100.7\n',
        },
        { daemons: [strongSwan, starter] },
      ),
      path: '/etc/ipsec.conf',
      left: 'config setup\n\n\nconn far\n left=192.0.2.1\n right=198.51.100.7\n',
    },
  ],
  [
    'policies of setkey',
    {
      of: host({ '/etc/ipsec-tools.conf': spd }, { policies: spdPolicies }),
      path: '/etc/ipsec-tools.conf',
      left: spd.replace(/spdadd \S+ \S+2 any -P out.*\n/, '').replace(/spdadd \S+2 \S+1 any -P in.*\n/, ''),
    },
  ],
  [
    'a tunnel of ifupdown',
    {
      of: withTunnel({ '/etc/network/interfaces': stanza }),
      path: '/etc/network/interfaces',
      left: 'auto lo eth0\niface lo inet loopback\n\n\n# the uplink\niface eth0 inet static\n\taddress 192.0.2.1/24\n',
    },
  ],
  [
    'a tunnel of networkd',
    {
      of: withTunnel({
        '/etc/systemd/network/t.netdev': '[NetDev]\nName=tun5\nKind=ipip\n',
        '/etc/systemd/network/t.network': '[Match]\nName=tun5\n',
        '/etc/systemd/network/e.network': '[Match]\nName=eth0\n[Network]\nTunnel=tun5\nDNS=192.0.2.3\n',
      }),
      path: '/etc/systemd/network/e.network',
      left: '[Match]\nName=eth0\n[Network]\nDNS=192.0.2.3\n',
    },
  ],
]

describe.each(cases)('%s', (_, { of, path, left }) => {
  const { fields } = refusal(() => partOf(of))
  const inTheWay = foreignOf(of.facts).filter(({ id }) => fields.includes(`foreign.a.${id}`))

  it('is refused at its own field, and cannot be kept', () => {
    expect(inTheWay).toHaveLength(1)
    expect(refusal(() => partOf(of)).sentence).toContain('replaced')
    expect(refusal(() => partOf(of, wishOf('keep', inTheWay))).sentence).toContain('cannot be kept')
  })

  it('is taken out of its file to the letter, and is found no more', () => {
    const wish = wishOf('replace', inTheWay)
    const { steps, down, findings } = partOf(of, wish)
    const files = steps.flatMap((step) => (step.kind === 'file' ? [step] : []))
    const after = { ...of, facts: { ...of.facts, files: filesAfter(of.facts.files, files) } }
    expect(bytesAt(after, path)).toBe(left)
    const cleared = clearedHost(of, wish)
    expect(cleared.facts.files).toEqual(after.facts.files)
    expect(foreignOf(cleared.facts).map(({ id }) => id)).not.toContain(inTheWay[0]?.id)
    expect(partOf(cleared, wish)).toMatchObject({ steps: [], down: [] })
    expect(findings[0]).toMatchObject({ level: 'warn', hostId: 'a' })
    for (const step of [...steps, ...down]) expect(step.id).toMatch(/^h1\.foreign\.[\w.-]+$/)
  })
})

describe('what goes', () => {
  const stepsOf = (of: PlanHost<IpsecFacts>, wish: Parameters<typeof partOf>[1]) => {
    const { steps, down } = partOf(of, wish)
    return [...steps, ...down]
  }

  it('is ended in the daemon behind its files, and read again by the undo behind them', () => {
    const of = host({ [conf('x.conf')]: inConnections(web) }, { connections: ['web'] })
    const steps = stepsOf(of, replacing(of))
    expect(steps.map(({ id }) => id.slice('h1.foreign.'.length))).toEqual(['known', 'file-1', 'load', 'end'])
    expect(steps[0]).toMatchObject({ notAtBoot: true })
    expect(steps[0]?.undo).toMatchObject({ run: ['sh', '-c', expect.stringContaining('--load-conns'), 'pollux'] })
    expect(steps.at(-1)).toMatchObject({ run: ['sh', '-c', expect.stringContaining('--terminate'), 'pollux', 'web'] })
  })

  it('is taken from the kernel by setkey, and put back as it was written', () => {
    const of = host({ '/etc/ipsec-tools.conf': spd }, { policies: spdPolicies.slice(0, 1) })
    const pair = foreignOf(of.facts).filter(({ name }) => name === '192.0.2.1 and 192.0.2.2')
    const step = stepsOf(of, wishOf('replace', pair)).at(-1)
    expect(step).toMatchObject({
      run: ['sh', '-c', expect.any(String), 'pollux', 'spddelete 192.0.2.1 192.0.2.2 any -P out;', ''],
      undo: {
        run: [
          ...['sh', '-c', expect.any(String), 'pollux', 'spddelete 192.0.2.1 192.0.2.2 any -P out;'],
          'spdadd 192.0.2.1 192.0.2.2 any -P out ipsec esp/transport//require;',
        ],
      },
    })
  })

  it('is taken down as a tunnel, with its addresses back by the undo', () => {
    const { down } = partOf(withTunnel(), replacing(withTunnel()))
    expect(down[0]?.run.slice(4)).toEqual(['tun5', '-', '-', '-', '-', '-'])
    const back = ['tun5', '192.0.2.1', '192.0.2.2', '1480', 'up', '10.20.0.1@10.20.0.2/32']
    expect(down[0]?.undo).toMatchObject({ run: ['sh', '-c', expect.any(String), 'tunnels', ...back] })
    const { devices, routes } = clearedHost(withTunnel(), replacing(withTunnel())).facts
    expect(devices.map(({ name }) => name)).toEqual(['eth0'])
    expect(routes).toHaveLength(1)
  })

  it('may be what is not in the way', () => {
    const of = host({ [conf('x.conf')]: inConnections(office) }, { connections: ['office'] })
    expect(stepsOf(of, replacing(of)).map(({ kind }) => kind)).toEqual(['run', 'file', 'run', 'run'])
  })

  it('is nothing where the thing is gone already, or the host is another', () => {
    const of = host({ [conf('x.conf')]: inConnections(office) })
    const deed = { hostId: 'other', id: foreignOf(of.facts)[0]?.id ?? '', deed: 'replace' } as const
    expect(stepsOf(of, { foreign: [deed, { hostId: 'a', id: 'tunnel-000000000000', deed: 'replace' }] })).toEqual([])
  })
})

describe('what stands beside a mesh', () => {
  it.each([
    ['a connection to others', host({ [conf('x.conf')]: inConnections(office) })],
    ['one that anybody may answer to', host({ [conf('x.conf')]: inConnections(road) })],
    ['a connection by name', host({ [conf('x.conf')]: inConnections(connection('dns', '192.0.2.1', 'b.example')) })],
    ['ipsec.conf that nothing reads', host({ '/etc/ipsec.conf': 'conn web\n left=192.0.2.1\n right=192.0.2.2\n' })],
    ['policies of TCP', host({ '/etc/ipsec-tools.conf': spd.replaceAll('any', 'tcp') })],
    ['policies of one port', host({ '/etc/ipsec-tools.conf': spd.replaceAll('192.0.2.1 ', '192.0.2.1[22] ') })],
    ['policies to others', host({ '/etc/ipsec-tools.conf': spd.replaceAll('192.0.2.2', '192.0.2.7') })],
    [
      'a tunnel to any',
      host({}, { tunnels: [{ name: 't', local: null, remote: '192.0.2.2', mtu: 1480, isUp: true }] }),
    ],
    [
      'a policy of the mesh’s own kind',
      host({}, { policies: [policy('192.0.2.1', '192.0.2.2', 'out', { protocol: 4 })] }),
    ],
    [
      'a connection of a file with a key',
      host({ [conf('x.conf')]: { state: 'unread', why: 'it holds a key' } }, { connections: ['psk'] }),
    ],
    [
      'a connection by an include',
      host({ '/etc/swanctl/swanctl.conf': 'include /opt/*.conf\n' }, { connections: ['opt'] }),
    ],
  ])('is %s', (_, of) => {
    const { steps, down, findings, basis } = partOf(of)
    expect([steps, down, basis]).toEqual([[], [], []])
    expect(findings[0]).toMatchObject({ level: 'info', hostId: 'a', title: expect.stringContaining('stays beside') })
  })

  it('may be in a file that was not read, which is told', () => {
    const unread = { state: 'unread', why: 'it holds a key or a password' } as const
    const of = host({ '/etc/ipsec-tools.conf': unread, [conf('pollux-x-b.conf')]: unread })
    expect(partOf(of).findings.map(({ detail }) => detail)).toEqual([
      expect.stringContaining('/etc/ipsec-tools.conf (it holds a key or a password). What'),
    ])
    const live = { ...of, facts: { ...of.facts, policies: [policy('192.0.2.1', '192.0.2.2', 'out')] } }
    expect(refusal(() => partOf(live)).sentence).toContain('It may come from /etc/ipsec-tools.conf')
  })

  it('is nothing of Pollux’s own, whatever the mesh', () => {
    const of = host(
      {
        [conf('pollux-other-b.conf')]:
          'connections {\n  other-b {\n    local_addrs = 192.0.2.1\n    remote_addrs = 192.0.2.2\n  }\n}\n',
        '/etc/swanctl/swanctl.conf': 'include conf.d/*.conf\n',
        '/etc/systemd/network/pollux-other-b.netdev': '[NetDev]\nName=other-b\nKind=ipip\n',
        '/etc/network/interfaces':
          '# >>> Pollux: tunnel next-b >>>\niface next-b inet manual\n# <<< Pollux: tunnel next-b <<<\n',
      },
      {
        connections: ['other-b'],
        policies: [policy('192.0.2.1', '192.0.2.2', 'out', { protocol: 4 })],
        tunnels: ['other-b', 'next-b', 'tunl0'].map((name) => ({
          ...{ name, local: name === 'tunl0' ? null : '192.0.2.1', remote: name === 'tunl0' ? null : '192.0.2.2' },
          ...{ mtu: 1446, isUp: true },
        })),
      },
    )
    expect(foreignOf(of.facts)).toEqual([])
  })

  it('is told once: policies of a connection or of setkey are not told beside it', () => {
    const of = host(
      { [conf('x.conf')]: inConnections(office), '/etc/ipsec-tools.conf': spd },
      {
        policies: [
          ...spdPolicies,
          { ...policy('10.1.0.0', '10.2.0.0', 'out'), src: '10.1.0.0/16', dst: '10.2.0.0/16' },
        ],
      },
    )
    expect(foreignOf(of.facts).map(({ kind }) => kind)).toEqual(['swanctl', 'setkey', 'setkey'])
  })
})

describe('what Pollux cannot take out', () => {
  const other = connection('other : web', '198.51.100.1', '198.51.100.2')
  it.each([
    [
      'policies of nobody’s',
      host({}, { policies: [policy('192.0.2.1', '192.0.2.2', 'out')] }),
      'ip xfrm policy delete',
    ],
    [
      'policies for all',
      host({}, { policies: [policy('0.0.0.0', '0.0.0.0', 'out', { src: '0.0.0.0/0', dst: '0.0.0.0/0' })] }),
      'No file tells',
    ],
    ['a connection that no file tells of', host({}, { connections: ['hand'] }), 'drops it'],
    ['a connection that others refer to', host({ [conf('x.conf')]: inConnections(web, other) }), 'refers to it'],
    ['a connection in a broken file', host({ [conf('x.conf')]: `${inConnections(web)}}` }), 'does not edit it'],
    [
      'policies of setkey without it',
      host({ '/etc/ipsec-tools.conf': spd }, { policies: spdPolicies, programs: [] }),
      'no setkey',
    ],
    [
      'ipsec.conf whose daemon runs',
      host(
        { '/etc/ipsec.conf': 'conn web\n left=192.0.2.1\n right=192.0.2.2\n' },
        { daemons: [strongSwan, { ...starter, isActive: true }] },
      ),
      'stop that first',
    ],
    [
      'a tunnel of netplan',
      withTunnel({ '/etc/netplan/1.yaml': 'network:\n  tunnels:\n    tun5:\n      mode: ipip\n' }),
      'netplan sets it up in /etc/netplan/1.yaml',
    ],
    ['a tunnel of NetworkManager', withTunnel({}, { stack: 'networkmanager' }), 'nmcli connection delete'],
    ['a tunnel whose name is an option', withTunnel({}, { name: '-all' }), 'does not hand on'],
  ])('is %s', (_, of, sentence) => {
    const bare = refusal(() => partOf(of))
    expect(bare.sentence).toContain(sentence)
    expect(bare.fields).toHaveLength(1)
    const replaced = refusal(() => partOf(of, replacing(of)))
    expect(replaced.sentence).toContain(sentence)
    expect(
      clearedHost(
        of,
        wishOf(
          'replace',
          foreignOf(of.facts).filter(({ fixed }) => fixed !== null),
        ),
      ).facts,
    ).toEqual(of.facts)
  })

  it.each([
    ['a connection', host({ [conf('x.conf')]: inConnections(connection('cloud-b', '192.0.2.1', '198.51.100.9')) })],
    ['a tunnel', withTunnel({}, { name: 'cloud-b' })],
  ])('a name of the mesh’s own is in the way: %s', (_, of) => {
    expect(refusal(() => partOf(of)).sentence).toMatch(/same name|that name/)
  })
})

it('hands a hostile name on as one word, and as no option of a shell', () => {
  const name = '$(reboot);`x`|&'
  const of = host(
    { [conf('x.conf')]: inConnections(connection(name, '192.0.2.1', '192.0.2.2')) },
    { connections: [name] },
  )
  const { steps } = partOf(of, replacing(of))
  const end = steps.at(-1)
  expect(end?.kind === 'run' && end.run.slice(3)).toEqual(['pollux', name])
  for (const step of steps) if (step.kind === 'run') expect(step.run[2] ?? '').not.toContain('reboot')
  expect(foreignOf(of.facts)[0]?.id).toMatch(/^swanctl-[0-9a-f]{12}$/)
})

describe('inner addresses that a tunnel would give a mesh', () => {
  it('are those of its two ends', () => {
    expect(adoptable(withTunnel().facts)).toMatchObject([
      { tunnel: 'tun5', ownOuter: '192.0.2.1', peerOuter: '192.0.2.2', ownInner: '10.20.0.1', peerInner: '10.20.0.2' },
    ])
  })

  it.each([
    ['10.20.0.5', 30, '10.20.0.6'],
    ['10.20.0.4', 31, '10.20.0.5'],
    ['10.20.0.4', 30, null],
    ['10.20.0.1', 24, null],
  ])('are told by the net, where that tells: %s/%d', (address, prefix, peerInner) => {
    expect(adoptable(withTunnel({}, { addresses: [onDevice(address, prefix)] }).facts)).toMatchObject([{ peerInner }])
  })

  it('are none of a tunnel that Pollux cannot take out, or without an address', () => {
    expect(adoptable(withTunnel({}, { stack: 'networkmanager' }).facts)).toEqual([])
    expect(adoptable(withTunnel({}, { addresses: [] }).facts)).toEqual([])
  })
})
