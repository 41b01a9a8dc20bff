import type { Plan, PlanHost, Step } from '@/lib/agent'
import { filesAfter } from '@/lib/agent/config-file'
import type { IpsecFacts } from './facts/facts'
import { firewallAfter } from './firewall/firewall-after'
import type { Guarded } from './firewall/guarded'
import { clearedOf } from './foreign/cleared'
import { foreignOf } from './foreign/foreign-of'
import { type KeptPair, keptPairs } from './ike/kept-pairs'
import { pairName } from './mesh/names'
import { isRekeyStep } from './rekey/plan-rekey'
import { isTunnelStep, tunnelsAfter } from './tunnel/live'
import { type Tunnel, tunnelsOf } from './tunnel/tunnel'

/**
 * The host's facts once the plan was applied: files, tunnels with their addresses, the firewall's rules, the connections.
 * Of a preparation the daemon runs; the key that a host makes for itself nobody can foretell. New keys show nowhere.
 */
export function predictFacts(host: PlanHost<IpsecFacts>, plan: Plan): IpsecFacts {
  const steps = plan.phases.flatMap((phase) =>
    phase.hosts.filter(({ hostId }) => hostId === host.hostId).flatMap((each) => each.steps),
  )
  if (steps.every(isRekeyStep)) return host.facts
  const now = withoutForeign(host.facts, steps)
  const before = keptPairs(now.files)
  const files = filesAfter(
    now.files,
    steps.filter((step) => step.kind === 'file'),
  )
  const pairs = keptPairs(files)
  const tunnels = steps.filter(isTunnelStep).reduce(tunnelsAfter, tunnelsOf(now))
  const facts: IpsecFacts = { ...withTunnels(now, tunnels), ...withDaemon(now, steps), files }
  const connections = facts.connections && [
    ...facts.connections.filter((name) => !before.some((pair) => nameOf(pair) === name)),
    ...pairs.map(nameOf),
  ]
  const tags = new Set([...before, ...pairs].map(({ tag }) => tag))
  let after: IpsecFacts = { ...facts, connections }
  for (const tag of tags)
    after = { ...after, ...firewallAfter({ ...host, facts: after }, guardedBy(tag, pairs), after.files) }
  return after
}

/** Without what a mesh's plan takes out of others' making, which one of its steps names. */
function withoutForeign(facts: IpsecFacts, steps: readonly Step[]): IpsecFacts {
  const known = steps.find(({ id }) => id.endsWith('.foreign.known'))
  if (known?.kind !== 'run') return facts
  return clearedOf(
    facts,
    foreignOf(facts).filter(({ id }) => known.run.includes(id)),
  )
}

/** What the firewall guards of one mesh, by the pairs that a host's files tell. */
export function guardedBy(tag: string, pairs: readonly KeptPair[]): Guarded {
  const own = pairs.filter((pair) => pair.tag === tag)
  return {
    tag,
    own: own[0]?.own ?? null,
    peers: own.map((pair) => ({ label: pair.label, address: pair.peer, device: nameOf(pair) })),
  }
}

function nameOf({ tag, label }: KeptPair): string {
  return pairName({ tag }, { label })
}

function withTunnels(facts: IpsecFacts, tunnels: ReadonlyMap<string, Tunnel>): IpsecFacts {
  const others = facts.devices.filter(
    ({ name }) => !facts.tunnels.some((tunnel) => tunnel.name === name) || name === 'tunl0',
  )
  const kept = facts.tunnels.filter(({ name }) => name === 'tunl0' && !tunnels.has(name))
  const made = [...tunnels.values()]
  return {
    ...facts,
    tunnels: [...kept, ...made.map(({ name, local, remote, mtu, isUp }) => ({ name, local, remote, mtu, isUp }))],
    devices: [
      ...others.filter(({ name }) => !tunnels.has(name)),
      ...made.map(({ name, mtu, isUp, addresses }) => ({
        name,
        mtu,
        isUp,
        stack: 'none' as const,
        addresses: addresses.map((text) => {
          const [first = '', prefix = '32'] = text.split('/')
          const [own = '', peer] = first.split('@')
          return {
            family: 4 as const,
            host: own,
            prefix: Number(prefix),
            peer: peer ?? null,
            scope: 'global',
            label: null,
            flags: [],
          }
        }),
      })),
    ],
  }
}

function withDaemon(facts: IpsecFacts, steps: readonly Step[]): Pick<IpsecFacts, 'daemon' | 'daemons'> {
  const isPrepared = steps.some(({ id }) => /^prepare\d+\.start$/.test(id))
  if (!isPrepared) return { daemon: facts.daemon, daemons: facts.daemons }
  const found = facts.daemons.find(({ kind }) => kind === 'swanctl')
  const daemon = {
    ...(found ?? { kind: 'swanctl' as const, version: null, unit: 'strongswan.service' }),
    isActive: true,
    isEnabled: true,
  }
  return { daemon, daemons: [...facts.daemons.filter(({ kind }) => kind !== 'swanctl'), daemon] }
}
