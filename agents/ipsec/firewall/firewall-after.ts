import type { PlanHost } from '@/lib/agent'
import type { ConfigFile } from '@/lib/agent/config-file'
import type { FirewallFacts, IpsecFacts } from '../facts/facts'
import type { Guarded } from './guarded'
import { iptablesAfter } from './iptables/after'
import { plainHooks } from './iptables/read'
import { type Mechanism, mechanismOf } from './mechanism'
import { firewallPaths, firewallUnit, type Tagged } from './names'
import { nftAfter } from './nft/after'

/**
 * What the firewall's part of a mesh leaves on a host: the rules as they will read, and the files, in which those that its
 * steps write must stand already (`files`); the link of its unit comes and goes with the unit. Pure.
 */
export function firewallAfter(
  { name, facts }: PlanHost<IpsecFacts>,
  guarded: Guarded,
  files: IpsecFacts['files'],
): Pick<IpsecFacts, 'firewall' | 'files'> {
  const mechanism: Mechanism = guarded.own === null ? { kind: 'none' } : mechanismOf(name, facts)
  return { firewall: rulesAfter(facts.firewall, guarded, mechanism), files: withLink(files, guarded) }
}

function rulesAfter(firewall: FirewallFacts, guarded: Guarded, mechanism: Mechanism): FirewallFacts {
  const none: Guarded = { tag: guarded.tag, own: null, peers: [] }
  const { iptables, nft } = firewall
  const [hooks, inIptables] = mechanism.kind === 'iptables' ? [mechanism.hooks, guarded] : [plainHooks, none]
  const inNft = mechanism.kind === 'nft' || mechanism.kind === 'firewalld' ? guarded : none
  return {
    ...firewall,
    iptables: iptables === null ? null : iptablesAfter(iptables, inIptables, hooks),
    nft: nft === null ? null : nftAfter(nft, inNft),
  }
}

function withLink(files: IpsecFacts['files'], mesh: Tagged): IpsecFacts['files'] {
  const { link } = firewallUnit(mesh)
  const enabled: ConfigFile = { state: 'there', type: 'link', mode: '0777', owner: 'root', group: 'root', bytes: '' }
  const { [link]: _, ...others } = files
  return files[firewallPaths(mesh).unit]?.state === 'there' ? { ...others, [link]: enabled } : others
}
