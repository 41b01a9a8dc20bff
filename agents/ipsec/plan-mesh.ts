import type { BasisItem, Finding, HostSteps, Phase, Plan, PlanHost, Step } from '@/lib/agent'
import { fileAt, tagOf } from '@/lib/agent/config-file'
import { AGENT } from './agent-id'
import type { MeshWish } from './desired'
import type { IpsecFacts } from './facts/facts'
import { type FirewallPart, firewallPart } from './firewall/firewall-part'
import { clearedHost, type ForeignPart, foreignPart, leavingForeign } from './foreign/foreign-part'
import { joinedFiles } from './foreign/joined-files'
import { type IkePart, ikePart } from './ike/ike-part'
import { refuseMtu } from './mesh/address-plan-refuse'
import { leavingOf, membersOf } from './mesh/members'
import { fileBasisName, KEY_BASIS, ownFront } from './mesh/names'
import { type Member, type Side, sidesOf } from './mesh/pair'
import { type NamesPart, namesPart } from './names/names-part'
import { type TunnelPart, tunnelPart } from './tunnel/part'

type Host = PlanHost<IpsecFacts>

interface HostPart {
  host: Host
  sides: readonly Side[]
  foreign: ForeignPart
  ike: IkePart
  tunnel: TunnelPart
  firewall: FirewallPart
  names: NamesPart
}

/**
 * The whole mesh in one guarded change: on each host exactly the pairs of the wish stand afterwards, and pairs that stand
 * as wished are not touched. Each phase is safe with any of the hosts before or behind it: until the traps no packet is
 * held, and from the firewall's on none of a tunnel's leaves or comes in clear. Throws `invalid` with the reason where the
 * wish cannot be met.
 */
export function planMesh(hosts: readonly Host[], wish: MeshWish): Plan {
  // All but what is in the way itself is planned on the hosts as they read without it.
  const staying = new Set(wish.members.map(({ hostId }) => hostId))
  const cleared = hosts.map((host) => (staying.has(host.hostId) ? clearedHost(host, wish) : host))
  const { members, findings } = membersOf(cleared, wish)
  const leaving = leavingOf(hosts, wish)
  const found = new Map(hosts.map((host) => [host.hostId, host]))
  const parts = [
    ...members.map((own, index) => {
      const sides = sidesOf(wish, own, members)
      const ends = { mesh: wish, own, peers: sides.map(({ peer }) => peer) }
      const foreign = foreignPart(found.get(own.hostId) ?? own.host, wish, ends, index)
      return partOf(own.host, index, wish, sides, foreign)
    }),
    ...leaving.map((host, at) => partOf(host, members.length + at, wish, [], leavingForeign(host))),
  ]
  for (const { sides } of parts) refuseMtu(sides)
  const phases = phasesOf(parts)
  const isEmpty = phases.length === 0
  return {
    agent: AGENT,
    title: titleOf(wish, members, leaving),
    summary: isEmpty ? 'Nothing is changed.' : summaryOf(parts),
    phases,
    checks: isEmpty ? [] : parts.flatMap(({ tunnel, firewall }) => [...tunnel.checks, ...firewall.checks]),
    basis: [
      ...members.flatMap(basisOf),
      ...parts.flatMap(({ foreign, tunnel, firewall }) => [...foreign.basis, ...tunnel.basis, ...firewall.basis]),
      ...parts.flatMap((part) => filesBasis(part, wish)),
    ],
    findings: [
      ...findings,
      ...weakFindings(wish, parts),
      ...parts.flatMap(({ foreign, tunnel, firewall, names }) =>
        [foreign, tunnel, firewall, names].flatMap((part) => part.findings),
      ),
    ],
    guard: {
      why: 'A rule of the firewall or a tunnel in the wrong place can cost the way to a host.',
      outlasts: [],
    },
    nothingToDo: isEmpty ? `Each host has its part of ${wish.name} already.` : null,
  }
}

function partOf(host: Host, index: number, wish: MeshWish, sides: readonly Side[], foreign: ForeignPart): HostPart {
  const tunnel = tunnelPart(host, wish, sides, index)
  const renewed = new Set(tunnel.changed)
  return {
    host,
    sides,
    ...joinedFiles(foreign, tunnel),
    ike: ikePart(host, index, wish, sides, ({ name }) => renewed.has(name)),
    firewall: firewallPart(host, wish, sides, (word) => `h${index + 1}.firewall.${word}`),
    names: namesPart(host, wish, index),
  }
}

function phasesOf(parts: readonly HostPart[]): Phase[] {
  const phase = (id: string, title: string, note: string, stepsOf: (part: HostPart) => readonly Step[]): Phase[] => {
    const hosts = parts
      .map((part): HostSteps => ({ hostId: part.host.hostId, steps: stepsOf(part) }))
      .filter(({ steps }) => steps.length > 0)
    return hosts.length > 0 ? [{ id, title, note, hosts }] : []
  }
  return [
    ...phase(
      'foreign',
      'Take out what is in the way',
      'Both ends let go of it before anything of the mesh is there.',
      ({ foreign }) => foreign.steps,
    ),
    ...phase('files', 'Write the configuration', 'Nothing of it is active yet.', ({ sides, ike, tunnel, names }) => [
      ...(sides.length === 0 ? names.steps : []),
      ...tunnel.down,
      ...ike.files,
      ...tunnel.files,
    ]),
    ...phase(
      'open',
      'Open the firewall, put the tunnels up',
      'Whatever would leave a tunnel in clear is dropped.',
      ({ firewall, foreign, tunnel }) => [...firewall.steps, ...foreign.down, ...tunnel.up],
    ),
    ...phase('try', 'Try each pair', 'Key exchange, mode, suite, and the largest packet.', ({ ike }) => ike.tries),
    ...phase(
      'traps',
      'Have the kernel ask for each pair',
      'From here a pair comes back by itself.',
      ({ ike }) => ike.traps,
    ),
    ...phase('names', 'Write the inner names', 'Their addresses answer by now.', ({ sides, names }) =>
      sides.length === 0 ? [] : names.steps,
    ),
    ...phase(
      'proof',
      'Prove it with new keys',
      'A wrong group shows at the first new key, an hour later.',
      ({ ike }) => ike.proof,
    ),
  ]
}

function titleOf({ name, members: all }: MeshWish, members: readonly Member[], leaving: readonly Host[]): string {
  const gone = leaving.length > 0 ? `, without ${leaving.map((host) => host.name).join(', ')}` : ''
  if (all.length === 0) return `Mesh ${name} removed from ${leaving.map((host) => host.name).join(', ')}`
  const pairs = (members.length * (members.length - 1)) / 2
  return `Mesh ${name}: ${members.length} members, ${pairs} ${pairs === 1 ? 'pair' : 'pairs'}${gone}`
}

function summaryOf(parts: readonly HostPart[]): string {
  const fresh = new Set(
    parts.flatMap(({ ike, host }) => ike.fresh.map(({ peer }) => [host.hostId, peer.hostId].toSorted().join(' '))),
  )
  const touched = parts.filter(({ foreign, ike, tunnel, firewall, names }) =>
    [
      ...[foreign.steps, ike.files, ike.tries, ike.traps],
      ...[tunnel.files, tunnel.down, tunnel.up, firewall.steps, names.steps],
    ].some((steps) => steps.length > 0),
  )
  const pairs =
    fresh.size === 0 ? 'No pair is made' : fresh.size === 1 ? 'One pair is made' : `${fresh.size} pairs are made`
  return `${pairs}, ${touched.length} of ${parts.length} hosts are touched, and pairs that stand are left alone. Undo takes it all back on each host.`
}

function basisOf({ host, device, outer }: Member): BasisItem[] {
  const { hostId, facts } = host
  return [
    { hostId, name: 'IKE daemon', value: `${facts.daemon?.kind ?? 'none'} ${facts.daemon?.version ?? ''}`.trim() },
    { hostId, name: KEY_BASIS, value: facts.publicKey ?? 'none' },
    { hostId, name: `device of ${outer}`, value: `${device.name}, MTU ${device.mtu}, ${device.stack}` },
  ]
}

/** Every file of the mesh's on the host: those that the plan writes, and those that it leaves because they stand as wished. */
function filesBasis({ host, ike, tunnel, firewall, names }: HostPart, wish: MeshWish): BasisItem[] {
  const { files } = host.facts
  const steps = [...ike.files, ...ike.traps, ...tunnel.files, ...firewall.steps, ...names.steps]
  const written = steps.flatMap((step) => (step.kind === 'file' ? [step.path] : []))
  const own = Object.keys(files).filter(
    (path) => path.includes(`/${ownFront(wish)}`) && fileAt(files, path).state !== 'absent',
  )
  const paths = [...new Set([...written, ...own])]
  return paths.map((path) => ({ hostId: host.hostId, name: fileBasisName(path), value: tagOf(fileAt(files, path)) }))
}

function weakFindings({ profile }: MeshWish, parts: readonly HostPart[]): Finding[] {
  if (profile === 'modern') return []
  const weak = parts.flatMap(({ host, sides }) =>
    sides
      .filter(({ suite, begins }) => begins && suite.id === 'compatible')
      .map(({ peer }) => `${host.name} and ${peer.host.name}`),
  )
  if (weak.length === 0) return []
  return [
    {
      level: 'info',
      hostId: null,
      title: weak.length === 1 ? 'One pair uses the compatible suite' : `${weak.length} pairs use the compatible suite`,
      detail: `AES-256 with HMAC-SHA-256, which is sound and slower than AES-GCM: ${weak.slice(0, 12).join('; ')}${weak.length > 12 ? '; …' : ''}.`,
    },
  ]
}
