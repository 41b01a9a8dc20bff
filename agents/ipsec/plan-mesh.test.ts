import { describe, expect, it } from 'vitest'
import { isEmptyPlan, type Plan, type PlanHost, type Step } from '@/lib/agent'
import { ipsecAgent } from '.'
import { ipsecDesired, type MeshWish } from './desired'
import type { IpsecFacts } from './facts/facts'
import { foreignOf } from './foreign/foreign-of'
import { preparedWith, refusalOf, strongSwan } from './testing/prepared'
import { fileOf, hostWith, onDevice } from './tunnel/testing'

type Host = PlanHost<IpsecFacts>

const emptyFilter = '-P INPUT ACCEPT\n-P FORWARD ACCEPT\n-P OUTPUT ACCEPT\n'

/** A host that was prepared: the nth has 192.0.2.n. */
function prepared(at: number, over: Partial<IpsecFacts> = {}): Host {
  return hostWith(`host${at}`, {
    address: `192.0.${2 + Math.floor(at / 200)}.${1 + (at % 200)}`,
    ...preparedWith(String(at)),
    folders: [],
    firewall: {
      tool: 'iptables',
      because: '',
      iptables: emptyFilter,
      iptablesBackend: 'legacy',
      nft: null,
      isPersistent: false,
    },
    ...over,
  })
}

const outerOf = ({ facts }: Host) => facts.devices[0]?.addresses[0]?.host ?? ''
const numberOf = ({ name }: Host) => Number(name.slice('host'.length))

function wish(members: readonly Host[], leaving: readonly Host[] = []): MeshWish {
  return {
    kind: 'mesh',
    tag: 'cloud',
    name: 'Cloud',
    prefix: '10.20.0.0/16',
    profile: 'modern',
    members: members.map((host) => ({
      hostId: host.hostId,
      label: `m${numberOf(host)}`,
      outer: outerOf(host),
      inner: `10.20.1.${numberOf(host)}`,
    })),
    leaving: leaving.map(({ hostId }) => hostId),
    innerNames: false,
    foreign: [],
  }
}

const plan = (hosts: readonly Host[], desired: MeshWish) => ipsecAgent.plan(hosts, desired)
const applied = (hosts: readonly Host[], made: Plan): Host[] =>
  hosts.map((host) => ({ ...host, facts: ipsecAgent.predict(host, made) }))
const stepsOn = (made: Plan, { hostId }: Host): Step[] =>
  made.phases.flatMap((phase) => phase.hosts.filter((each) => each.hostId === hostId).flatMap((each) => each.steps))
const pathsOf = (steps: readonly Step[]) => steps.flatMap((step) => (step.kind === 'file' ? [step.path] : []))

const three = [1, 2, 3].map((at) => prepared(at))

it('taken back, ends what a peer brought up again of the pairs that came, and of no other', () => {
  const brought = (made: Plan, host: Host) => {
    const step = stepsOn(made, host).find(({ id }) => id.endsWith('files.known'))
    return step?.kind === 'run' && 'run' in step.undo ? step.undo.run.slice(4) : null
  }
  const two = [prepared(1), prepared(2)]
  const first = plan(two, wish(two))
  const [one] = two
  if (!one) throw new Error('expected a host')
  expect(brought(first, one)).toEqual(['cloud-m2'])
  const three = [...applied(two, first), prepared(3)]
  expect(brought(plan(three, wish(three)), one)).toEqual(['cloud-m3'])
})

describe('the plan of a mesh', () => {
  it('goes in phases that are safe in any mix, and leaves nothing to do', () => {
    const made = plan(three, wish(three))
    expect(made.phases.map(({ id }) => id)).toEqual(['files', 'open', 'try', 'traps', 'proof'])
    expect(made.guard).not.toBeNull()
    const then = applied(three, made)
    expect(isEmptyPlan(plan(then, wish(then)))).toBe(true)
    expect(ipsecAgent.plan(then, wish(then)).nothingToDo).toContain('already')
  })

  it('drops clear text before any tunnel is up', () => {
    const made = plan(three, wish(three))
    for (const host of three) {
      const open = made.phases.find(({ id }) => id === 'open')?.hosts.find(({ hostId }) => hostId === host.hostId)
      const ids = open?.steps.map(({ id }) => id) ?? []
      const [rules, tunnels] = [
        ids.findIndex((id) => id.includes('iptables')),
        ids.findIndex((id) => id.includes('tunnels')),
      ]
      expect(rules).toBeGreaterThanOrEqual(0)
      expect(tunnels).toBeGreaterThan(rules)
    }
  })

  it('lets one end alone begin each pair', () => {
    const made = plan(three, wish(three))
    const begun = three.flatMap((host) =>
      stepsOn(made, host).flatMap((step) => (step.kind === 'run' && step.id.endsWith('.try') ? [step.run] : [])),
    )
    expect(begun.flat().filter((word) => word === 'begins')).toHaveLength(3)
    expect(begun.flat().filter((word) => word === 'waits')).toHaveLength(3)
  })

  it('touches nobody else’s file when a member joins, and no pair that stands', () => {
    const two = three.slice(0, 2)
    const stood = applied(two, plan(two, wish(two)))
    const all = [...stood, prepared(3)]
    const made = plan(all, wish(all))
    for (const host of stood) {
      const own = pathsOf(stepsOn(made, host)).filter((path) => path.startsWith('/etc/swanctl'))
      expect(own.every((path) => path.includes('-m3.'))).toBe(true)
      expect(own).toHaveLength(3)
      // Others only look, or name all that the daemon must know.
      const acting = stepsOn(made, host).filter(({ id }) => /\.(tunnels|try|rekey|wire|end)$/.test(id))
      const words = acting.flatMap((step) => (step.kind === 'run' ? step.run.slice(4) : []))
      expect(new Set(words.filter((word) => /^cloud-m\d$/.test(word)))).toEqual(new Set(['cloud-m3']))
    }
  })

  it('leaves nothing behind on a member that goes, and the others as though it never came', () => {
    const two = three.slice(0, 2)
    const stood = applied(two, plan(two, wish(two)))
    const all = [...stood, prepared(3)]
    const grown = applied(all, plan(all, wish(all)))
    const shrunk = applied(grown, plan(grown, wish(grown.slice(0, 2), grown.slice(2))))
    expect(shrunk[2]?.facts).toEqual(prepared(3).facts)
    expect(shrunk.slice(0, 2).map(({ facts }) => facts)).toEqual(stood.map(({ facts }) => facts))
  })

  it('takes a tunnel down before what protects it', () => {
    const stood = applied(three, plan(three, wish(three)))
    const made = plan(stood, wish(stood.slice(0, 2), stood.slice(2)))
    const [first] = stepsOn(made, stood[2] as Host)
    expect(first?.title).toBe('Take away 2 tunnels')
  })

  it('asks for a trap only once every pair was tried, and forces new keys behind that', () => {
    const made = plan(three, wish(three))
    for (const host of three) {
      const order = stepsOn(made, host).map(({ id }) => id)
      const at = (end: string) => order.findIndex((id) => id.endsWith(end))
      const isTrap = (path: string) => path.endsWith('.trap.conf')
      const firstTrap = stepsOn(made, host).findIndex((step) => step.kind === 'file' && isTrap(step.path))
      expect(at('.try')).toBeGreaterThan(at('.up.tunnels'))
      expect(firstTrap).toBeGreaterThan(at('.try'))
      expect(at('.trapped')).toBeGreaterThan(firstTrap)
      expect(at('.wire')).toBeGreaterThan(at('.trapped'))
    }
    const tried = made.phases.findIndex(({ hosts }) =>
      hosts.some((each) => each.steps.some((s) => s.id.endsWith('.try'))),
    )
    const trapped = made.phases.findIndex(({ hosts }) =>
      hosts.some((each) => each.steps.some((s) => s.kind === 'file' && s.path.endsWith('.trap.conf'))),
    )
    // Another phase, so that all hosts have tried before any has a trap.
    expect(trapped).toBeGreaterThan(tried)
  })

  it('names each file of a member that goes, on every host', () => {
    const stood = applied(three, plan(three, wish(three)))
    const made = plan(stood, wish(stood.slice(0, 2), stood.slice(2)))
    const owns = (facts: IpsecFacts) => Object.keys(facts.files).filter((path) => path.includes('pollux-cloud-'))
    const gone = stood.map((host) =>
      stepsOn(made, host).flatMap((step) => (step.kind === 'file' && step.after === null ? [step.path] : [])),
    )
    expect(gone[2]?.toSorted()).toEqual(
      owns(stood[2]?.facts ?? prepared(3).facts).filter((path) => !path.includes('.wants/')),
    )
    for (const paths of gone.slice(0, 2)) {
      expect(paths.length).toBeGreaterThanOrEqual(3)
      expect(paths.every((path) => path.includes('-m3'))).toBe(true)
    }
    expect(gone[2]?.length).toBeGreaterThan(6)
  })

  it('keeps the rules of who goes until its tunnels are down, and no longer', () => {
    const stood = applied(three, plan(three, wish(three)))
    const made = plan(stood, wish(stood.slice(0, 2), stood.slice(2)))
    const ids = stepsOn(made, stood[2] ?? prepared(3)).map(({ id }) => id)
    const at = (word: string) => ids.findIndex((id) => id.includes(word))
    expect(at('.down.tunnels')).toBe(0)
    expect(at('.end')).toBeGreaterThan(0)
    expect(at('iptables-rules')).toBeGreaterThan(at('.end'))
  })

  it('shows as drift also what the last change left as an earlier one had made it, and a key that is gone', () => {
    const before = applied(three, plan(three, wish(three.slice(0, 2))))
    const made = plan(before, wish(before))
    const host = applied(before, made)[0] ?? prepared(1)
    expect(ipsecAgent.drift(host, wish(before), made)).toEqual([])
    const trap = '/etc/swanctl/conf.d/pollux-cloud-m2.trap.conf'
    expect(pathsOf(stepsOn(made, host))).not.toContain(trap)
    const { [trap]: _, ...files } = host.facts.files
    const without = { ...host, facts: { ...host.facts, files, publicKey: null } }
    expect(ipsecAgent.drift(without, wish(before), made).map(({ what, seen }) => `${what}: ${seen}`)).toEqual([
      "the host's own key: not there",
      `${trap}: not there`,
    ])
  })

  it('shows no drift of what it left, and what somebody took away', () => {
    const made = plan(three, wish(three))
    const [host] = applied(three, made)
    if (!host) throw new Error('expected a host')
    expect(ipsecAgent.drift(host, wish(three), made)).toEqual([])
    const path = '/etc/swanctl/conf.d/pollux-cloud-m2.trap.conf'
    const { [path]: _, ...files } = host.facts.files
    const facts: IpsecFacts = { ...host.facts, files, tunnels: [], connections: ['cloud-m3'], policies: [] }
    expect(ipsecAgent.drift({ ...host, facts }, wish(three), made).map(({ what }) => what)).toEqual([
      path,
      'the tunnel cloud-m2',
      'the connection cloud-m2 in strongSwan',
      "the kernel's policy for cloud-m2",
      'the tunnel cloud-m3',
      "the kernel's policy for cloud-m3",
    ])
  })
})

describe('inner names', () => {
  const hosts = '127.0.0.1 localhost\n'
  const named = (members: readonly Host[], leaving: readonly Host[] = []): MeshWish => ({
    ...wish(members, leaving),
    innerNames: true,
  })
  const withHosts = [1, 2, 3].map((at) => prepared(at, { files: { '/etc/hosts': fileOf(hosts) } }))
  const two = withHosts.slice(0, 2)
  const hostsOf = ({ facts }: Host) => {
    const file = facts.files['/etc/hosts']
    return file?.state === 'there' ? file.bytes : ''
  }

  it('are written once the pairs were tried, alone where all else stands, and once', () => {
    const made = plan(two, named(two))
    expect(made.phases.map(({ id }) => id)).toEqual(['files', 'open', 'try', 'traps', 'names', 'proof'])
    const stood = applied(two, plan(two, wish(two)))
    expect(plan(stood, named(stood)).phases.map(({ id }) => id)).toEqual(['names'])
    const then = applied(stood, plan(stood, named(stood)))
    expect(isEmptyPlan(plan(then, named(then)))).toBe(true)
    expect(hostsOf(then[0] ?? prepared(1))).toContain('10.20.1.2\tm2.cloud\n')
    expect(applied(then, plan(then, wish(then)))).toEqual(stood)
  })

  it('of who joins come to all, and of who goes leave all, its own host first', () => {
    const stood = applied(two, plan(two, named(two)))
    const all = [...stood, ...withHosts.slice(2)]
    const grown = applied(all, plan(all, named(all)))
    expect(grown.map(hostsOf).map((bytes) => bytes.includes('10.20.1.3\tm3.cloud'))).toEqual([true, true, true])
    const made = plan(grown, named(grown.slice(0, 2), grown.slice(2)))
    expect(stepsOn(made, grown[2] ?? prepared(3))[0]?.id).toContain('.names.')
    const shrunk = applied(grown, made)
    expect(shrunk.map(hostsOf)).toEqual([...stood.map(hostsOf), hosts])
  })

  it('show in the drift, and what others write beside them does not', () => {
    const made = plan(two, named(two))
    const [host] = applied(two, made)
    if (!host) throw new Error('expected a host')
    const driftWith = (bytes: string) => {
      const facts = { ...host.facts, files: { ...host.facts.files, '/etc/hosts': fileOf(bytes) } }
      return ipsecAgent.drift({ ...host, facts }, named(two), made).map(({ what }) => what)
    }
    expect(driftWith(`10.0.0.1 first\n${hostsOf(host)}`)).toEqual([])
    expect(driftWith(hosts)).toEqual(['the inner names of cloud in /etc/hosts'])
  })
})

describe('what others made', () => {
  const interfaces = 'auto eth0\niface eth0 inet static\n\taddress 192.0.2.1/24\n'
  const tunnel = 'auto tun5\niface tun5 inet tunnel\n\tlocal 192.0.2.1\n'
  /** Hosts of the article: a tunnel by hand, policies of setkey, and a connection in the same file as another. */
  const byHand = (at: number, other: number): Host => {
    const [own, peer] = [`192.0.2.${1 + at}`, `192.0.2.${1 + other}`]
    const line = (src: string, dst: string, way: string) =>
      `spdadd ${src} ${dst} any -P ${way} ipsec esp/transport//require;\n`
    const policy = (src: string, dst: string, direction: 'in' | 'out') => ({
      ...{ src: `${src}/32`, dst: `${dst}/32`, protocol: null, direction, mode: 'transport', action: 'allow' },
    })
    const eth0 = { name: 'eth0', mtu: 1500, isUp: true, addresses: [onDevice(own, 24)], stack: 'ifupdown' as const }
    const inner = [onDevice(`10.20.1.${at}`, 32, `10.20.1.${other}`)]
    return prepared(at, {
      programs: ['ip', 'swanctl', 'setkey'],
      connections: ['old', 'far'],
      files: {
        '/etc/ipsec-tools.conf': fileOf(`flush;\n${line(own, peer, 'out')}${line(peer, own, 'in')}`),
        '/etc/network/interfaces': fileOf(`${interfaces}${tunnel}`),
        '/etc/swanctl/conf.d/x.conf': fileOf(
          `connections {\n  old {\n    remote_addrs = ${peer}\n  }\n  far {\n    remote_addrs = 198.51.100.1\n  }\n}\n`,
        ),
      },
      policies: [policy(own, peer, 'out'), policy(peer, own, 'in')],
      devices: [eth0, { ...eth0, name: 'tun5', mtu: 1480, addresses: inner }],
      tunnels: [{ name: 'tun5', local: own, remote: peer, mtu: 1480, isUp: true }],
      routes: [{ net: `10.20.1.${other}/32`, device: 'tun5', via: null }],
    })
  }
  const hosts = [byHand(1, 2), byHand(2, 1)]
  const deeds = (of: readonly Host[], kinds: readonly string[]): MeshWish => ({
    ...wish(of),
    foreign: of.flatMap(({ hostId, facts }) =>
      foreignOf(facts)
        .filter(({ kind, name }) => kinds.includes(kind) && name !== 'far')
        .map(({ id }) => ({ hostId, id, deed: 'replace' as const })),
    ),
  })
  const all = deeds(hosts, ['swanctl', 'setkey', 'tunnel'])

  it('is never written over without a word', () => {
    for (const kinds of [[], ['swanctl'], ['swanctl', 'setkey'], ['setkey', 'tunnel']])
      expect(
        refusalOf(() => plan(hosts, deeds(hosts, kinds))),
        kinds.join(),
      ).not.toBe('not refused')
    expect(refusalOf(() => plan(hosts, all))).toBe('not refused')
  })

  it('goes first of all, its tunnels between the firewall and those of the mesh', () => {
    const made = plan(hosts, all)
    expect(made.phases.map(({ id }) => id)).toEqual(['foreign', 'files', 'open', 'try', 'traps', 'proof'])
    const ids = made.phases.find(({ id }) => id === 'open')?.hosts[0]?.steps.map(({ id }) => id) ?? []
    const at = (word: string) => ids.findIndex((id) => id.includes(word))
    expect(at('iptables-rules')).toBeLessThan(at('.foreign.tunnels'))
    expect(at('.foreign.tunnels')).toBeLessThan(at('.tunnel.up.tunnels'))
  })

  it('is one step a file, with what stands there now', () => {
    const made = plan(hosts, all)
    for (const host of hosts) {
      const files = stepsOn(made, host).flatMap((step) => (step.kind === 'file' ? [step] : []))
      expect(new Set(files.map(({ path }) => path)).size).toBe(files.length)
      for (const { path, before } of files) {
        const file = host.facts.files[path]
        expect(before?.bytes ?? null, path).toBe(file?.state === 'there' ? file.bytes : null)
      }
    }
  })

  it('leaves nothing to do once it went, and shows where it is back', () => {
    const made = plan(hosts, all)
    const then = applied(hosts, made)
    expect(isEmptyPlan(plan(then, all))).toBe(true)
    const [host] = then
    if (!host) throw new Error('expected a host')
    expect(host.facts.connections).toEqual(['far', 'cloud-m2'])
    expect(host.facts.policies).toEqual([])
    expect(ipsecAgent.drift(host, all, made)).toMatchObject(
      ['m2'].map((label) => ({ what: `the kernel's policy for cloud-${label}` })),
    )
    // What others write into a file that something was taken out of is theirs.
    const edited = { ...host.facts.files, '/etc/ipsec-tools.conf': fileOf('flush;\nspdflush;\n') }
    expect(ipsecAgent.drift({ ...host, facts: { ...host.facts, files: edited } }, all, made)).toHaveLength(1)
    const files = {
      ...host.facts.files,
      '/etc/ipsec-tools.conf': hosts[0]?.facts.files['/etc/ipsec-tools.conf'] ?? fileOf(''),
    }
    expect(ipsecAgent.drift({ ...host, facts: { ...host.facts, files } }, all, made).at(-1)).toMatchObject({
      what: "setkey's policy between 192.0.2.2 and 192.0.2.3",
      seen: 'there',
    })
  })

  it('goes on one host as well as on all, and of a mesh without it nothing is asked', () => {
    const [first] = hosts
    if (!first) throw new Error('expected a host')
    const mixed = [first, prepared(2)]
    expect(isEmptyPlan(plan(mixed, deeds(mixed, ['swanctl', 'setkey', 'tunnel'])))).toBe(false)
    const others = [prepared(4), prepared(5)]
    expect(stepsOn(plan(others, wish(others)), others[0] ?? first).some(({ id }) => id.includes('foreign'))).toBe(false)
  })

  it('is taken out of no host that leaves, which is told what strongSwan drops', () => {
    const stood = applied(three, plan(three, wish(three)))
    const last = { ...(stood[2] ?? prepared(3)) }
    last.facts = { ...last.facts, connections: [...(last.facts.connections ?? []), 'hand'] }
    const made = plan([...stood.slice(0, 2), last], wish(stood.slice(0, 2), [last]))
    expect(stepsOn(made, last).some(({ id }) => id.includes('foreign'))).toBe(false)
    expect(made.findings.map(({ title }) => title)).toContain('strongSwan on host3 drops the connection hand')
  })

  it('is nothing that a drift of it would stumble over, in wishes of before it could be said', () => {
    const made = plan(three, wish(three))
    const old: MeshWish = JSON.parse(JSON.stringify({ ...wish(three), foreign: undefined }))
    const [host] = applied(three, made)
    if (!host) throw new Error('expected a host')
    expect(ipsecAgent.drift(host, old, made)).toEqual([])
  })

  it('is kept where it is beside the mesh, of wishes from before it could be said too', () => {
    const { foreign: _, ...old } = wish(three)
    expect(ipsecDesired.parse(old)).toEqual(wish(three))
  })
})

describe('what is refused before anything is touched', () => {
  const at1 = (over: Partial<IpsecFacts>) => {
    const hosts = [prepared(1, over), ...three.slice(1)]
    return refusalOf(() => plan(hosts, wish(hosts)))
  }
  const kernel = { release: '6.1.0', hasXfrm: true, hasPolicyMatch: true }

  it.each([
    ['a host without ESP', { kernel: { ...kernel, hasEsp: false, hasIpip: true } }, 'has no ESP'],
    ['a host without IP-IP', { kernel: { ...kernel, hasEsp: true, hasIpip: false } }, 'no IP-IP tunnels'],
    ['a host without a daemon', { daemon: null, daemons: [] }, 'Prepare it first'],
    ['a host without a key', { publicKey: null }, 'no key of its own'],
    ['a daemon that stands still', { daemon: { ...strongSwan, isActive: false } }, 'does not run'],
    ['another daemon', { daemon: { ...strongSwan, kind: 'libreswan' as const } }, 'hinder each other'],
    ['a net that is in use', { routes: [{ net: '10.20.4.0/24', device: 'docker0', via: null }] }, 'overlaps'],
  ])('%s', (_, over, sentence) => {
    expect(at1(over)).toContain(sentence)
  })

  it.each([
    ['two members with one outer address', { outer: '192.0.2.3' }, 'both have the outer address'],
    ['one inner address twice', { inner: '10.20.1.2' }, 'both have the inner address'],
    ['an inner address outside the net', { inner: '10.21.0.1' }, 'is not in 10.20.0.0/16'],
    ['one label twice', { label: 'm2' }, 'both called m2'],
    ['an address that is on no device', { outer: '203.0.113.7' }, 'translated on the way (NAT)'],
  ])('%s', (_, over, sentence) => {
    const desired = wish(three)
    const members = desired.members.map((member, at) => (at === 0 ? { ...member, ...over } : member))
    expect(refusalOf(() => plan(three, { ...desired, members }))).toContain(sentence)
  })

  it.each([
    ['a name with a second line', { name: 'a\nconnections {' }],
    ['a tag that is no part of a name', { tag: '../x' }],
    ['a net with bits behind its prefix', { prefix: '10.20.0.1/16' }],
    [
      'a label of the firewall’s',
      { members: [{ hostId: 'a', label: 'firewall', outer: '192.0.2.1', inner: '10.20.0.1' }] },
    ],
    ['IPv6 outside', { members: [{ hostId: 'a', label: 'a', outer: '2001:db8::1', inner: '10.20.0.1' }] }],
  ])('%s, by the schema', (_, over) => {
    expect(ipsecDesired.safeParse({ ...wish(three), ...over }).success).toBe(false)
  })
})

it('plans 60 members with the same work for each pair as of 20', () => {
  const stepsPerPair = (many: number) => {
    const hosts = Array.from({ length: many }, (_, at) => prepared(at + 1))
    const made = plan(hosts, wish(hosts))
    const steps = made.phases.flatMap((phase) => phase.hosts.flatMap((host) => host.steps))
    const files = steps.filter(({ kind }) => kind === 'file').length
    return { files: files / (many * (many - 1)), others: Math.ceil((steps.length - files) / many) }
  }
  const [few, many] = [stepsPerPair(20), stepsPerPair(60)]
  expect(many.files).toBeLessThanOrEqual(few.files)
  expect(many.others).toBe(few.others)
})
