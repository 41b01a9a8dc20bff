import type { Drift, PlanHost } from '@/lib/agent'
import type { IpsecFacts } from '../facts/facts'
import type { Guarded } from './guarded'
import { rulesStand as iptablesStand, ruleChange } from './iptables/live'
import { readOwn } from './iptables/read'
import { findMechanism, type Mechanism } from './mechanism'
import type { Tagged } from './names'
import { rulesStand as nftStand } from './nft/live'

/**
 * Where the firewall's rules no longer stand as the mesh needs them: a reload of another tool, or somebody, took them away or
 * set them otherwise. What cannot be told shows no difference. Pure.
 */
export function firewallDrift({ name, facts }: PlanHost<IpsecFacts>, guarded: Guarded): Drift[] {
  const mechanism = guarded.own === null ? null : mechanismIfClear(name, facts)
  const { iptables, nft } = facts.firewall
  if (mechanism?.kind === 'iptables' && iptables !== null && !iptablesStand(iptables, guarded, mechanism.hooks))
    return [differs(guarded, 'iptables', iptablesSeen(iptables, guarded))]
  if ((mechanism?.kind === 'nft' || mechanism?.kind === 'firewalld') && nft !== null && !nftStand(nft, guarded))
    return [differs(guarded, 'nftables', 'not all of them, or others')]
  return []
}

function mechanismIfClear(name: string, facts: IpsecFacts): Mechanism | null {
  const found = findMechanism(name, facts)
  return typeof found === 'string' ? null : found
}

function differs({ tag }: Tagged, where: string, seen: string): Drift {
  return { what: `the firewall's rules of the mesh ${tag} in ${where}`, expected: 'all of them', seen }
}

function iptablesSeen(text: string, guarded: Guarded): string {
  const own = readOwn(text, guarded)
  const { goes, comes } = ruleChange(own, guarded)
  if (own.chains.length === 0) return 'none'
  const words = [
    ...comes.map((line) => `without ${line}`),
    ...goes.map((line) => `with ${line}`),
    ...(own.jumps.length < 2 ? ['not jumped to from both chains'] : []),
  ]
  return words.slice(0, 3).join('; ')
}
