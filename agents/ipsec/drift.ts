import type { Drift, Plan, PlanHost } from '@/lib/agent'
import { appliedFiles } from '@/lib/agent'
import { type ConfigFile, fileAt, tagOf } from '@/lib/agent/config-file'
import type { IpsecDesired, MeshWish } from './desired'
import type { IpsecFacts } from './facts/facts'
import { firewallDrift } from './firewall/firewall-drift'
import { foreignOf } from './foreign/foreign-of'
import { inWords } from './foreign/in-words'
import { exchangeOf } from './ike/exchange'
import { fileBasisName, KEY_BASIS, pairName } from './mesh/names'
import { HOSTS } from './names/inner-names'
import { namesDrift } from './names/names-part'

const IPIP = 4

/**
 * Where a host no longer stands as the last change of a mesh left it: files, tunnels, the connections that the daemon knows,
 * the kernel's policies, the firewall's rules; after a preparation, daemon and key.
 */
export function driftOf({ hostId, name, facts }: PlanHost<IpsecFacts>, desired: IpsecDesired, applied: Plan): Drift[] {
  // Of /etc/hosts one block alone is the mesh's, and of files that something was taken out of, nothing.
  const others = new Set([HOSTS, ...cutPaths(applied, hostId)])
  const written = appliedFiles(applied, hostId)
  const files = [...written]
    .filter(([path]) => !others.has(path))
    .flatMap(([path, after]) => fileDrift(path, after, fileAt(facts.files, path)))
  if (desired.kind === 'prepare') return preparedDrift(facts)
  if (desired.kind === 'clean' || desired.kind === 'rekey') return []
  const host = { hostId, name, facts }
  const left = leftFiles(applied, hostId, facts).filter(({ what }) => !written.has(what) && !others.has(what))
  return [
    ...keyDrift(applied, host),
    ...files,
    ...left,
    ...pairsDrift(host, desired),
    ...namesDrift(host, desired),
    ...foreignDrift(host, desired),
  ]
}

function cutPaths({ phases }: Plan, hostId: string): string[] {
  const steps = phases.flatMap(({ hosts }) =>
    hosts.filter((host) => host.hostId === hostId).flatMap((host) => host.steps),
  )
  return steps.flatMap((step) => (step.kind === 'file' && step.id.includes('.foreign.') ? [step.path] : []))
}

/** What the mesh took out and somebody put back. A wish comes as it was kept, also from before it could say that. */
function foreignDrift({ hostId, facts }: PlanHost<IpsecFacts>, { foreign = [] }: Partial<MeshWish>): Drift[] {
  const gone = new Set(foreign.filter((one) => one.hostId === hostId && one.deed === 'replace').map(({ id }) => id))
  if (gone.size === 0) return []
  const back = foreignOf(facts).filter(({ id }) => gone.has(id))
  return back.map((one) => ({ what: inWords(one), expected: 'taken out', seen: 'there' }))
}

/** Whether the host still has the key that its peers know. */
function keyDrift({ basis }: Plan, { hostId, facts }: PlanHost<IpsecFacts>): Drift[] {
  const known = basis.find((item) => item.hostId === hostId && item.name === KEY_BASIS)?.value
  if (known === undefined || known === facts.publicKey) return []
  const seen = facts.publicKey === null ? 'not there' : 'another'
  return [{ what: "the host's own key", expected: 'the one that its peers know', seen }]
}

/** The files that an earlier change of the mesh wrote and the last one left, because they stood as wished. */
function leftFiles({ basis }: Plan, hostId: string, { files }: IpsecFacts): Drift[] {
  const front = fileBasisName('')
  return basis.flatMap((item) => {
    if (item.hostId !== hostId || !item.name.startsWith(front)) return []
    const path = item.name.slice(front.length)
    const seen = fileAt(files, path)
    if (seen.state === 'unread' || tagOf(seen) === item.value) return []
    return [{ what: path, expected: 'as it was written', seen: seen.state === 'there' ? 'edited' : 'not there' }]
  })
}

function fileDrift(path: string, after: { bytes: string } | null, seen: ConfigFile): Drift[] {
  if (seen.state === 'unread') return []
  const expected = after === null ? 'not there' : 'as it was written'
  const isThere = seen.state === 'there'
  if (after === null) return isThere ? [{ what: path, expected, seen: 'there' }] : []
  if (!isThere) return [{ what: path, expected, seen: 'not there' }]
  return seen.bytes === after.bytes ? [] : [{ what: path, expected, seen: 'edited' }]
}

function preparedDrift({ daemon: main, daemons, publicKey }: IpsecFacts): Drift[] {
  const kept = exchangeOf(main).kind
  const daemon = daemons.find(({ kind }) => kind === kept)
  return [
    ...(daemon?.isActive
      ? []
      : [{ what: 'strongSwan', expected: 'runs', seen: daemon ? 'stands still' : 'not installed' }]),
    ...(!daemon || daemon.isEnabled
      ? []
      : [{ what: 'strongSwan at boot', expected: 'starts', seen: 'does not start' }]),
    ...(publicKey === null ? [{ what: "the host's own key", expected: 'there', seen: 'not there' }] : []),
  ]
}

function pairsDrift(host: PlanHost<IpsecFacts>, wish: MeshWish): Drift[] {
  const { hostId, facts } = host
  const own = wish.members.find((member) => member.hostId === hostId)
  const peers = own ? wish.members.filter((member) => member.hostId !== hostId) : []
  if (!own) return firewallDrift(host, { tag: wish.tag, own: null, peers: [] })
  const pairs = peers.flatMap((peer): Drift[] => {
    const name = pairName(wish, peer)
    const tunnel = facts.tunnels.find((one) => one.name === name)
    const device = facts.devices.find((one) => one.name === name)
    const what = `the tunnel ${name}`
    const tunnelDrift = !tunnel
      ? [{ what, expected: 'there', seen: 'not there' }]
      : tunnel.local !== own.outer || tunnel.remote !== peer.outer
        ? [
            {
              what,
              expected: `from ${own.outer} to ${peer.outer}`,
              seen: `from ${tunnel.local ?? 'any'} to ${tunnel.remote ?? 'any'}`,
            },
          ]
        : !tunnel.isUp
          ? [{ what, expected: 'up', seen: 'down' }]
          : device?.addresses.some(({ host: inner, peer: other }) => inner === own.inner && other === peer.inner)
            ? []
            : [{ what, expected: `${own.inner} to ${peer.inner}`, seen: 'without it' }]
    const connection =
      facts.connections === null || facts.connections.includes(name)
        ? []
        : [{ what: `the connection ${name} in strongSwan`, expected: 'loaded', seen: 'not loaded' }]
    const isTrapped = (from: string, to: string, direction: 'in' | 'out') =>
      facts.policies?.some(
        (policy) =>
          policy.direction === direction &&
          policy.protocol === IPIP &&
          plain(policy.src) === from &&
          plain(policy.dst) === to,
      ) ?? true
    const policy =
      isTrapped(own.outer, peer.outer, 'out') && isTrapped(peer.outer, own.outer, 'in')
        ? []
        : [{ what: `the kernel's policy for ${name}`, expected: 'in and out', seen: 'missing' }]
    return [...tunnelDrift, ...connection, ...policy]
  })
  const guarded = {
    tag: wish.tag,
    own: own.outer,
    peers: peers.map((peer) => ({ label: peer.label, address: peer.outer, device: pairName(wish, peer) })),
  }
  return [...pairs, ...firewallDrift(host, guarded)]
}

/** An address of a policy without its prefix. */
function plain(net: string): string {
  return net.replace(/\/32$/, '')
}
