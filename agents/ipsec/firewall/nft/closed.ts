import { nftTable, type Tagged } from '../names'
import type { NftChain } from './read'

/**
 * The chains at the hooks of input and output that may end a mesh's packets, so that an accept must stand in each: an accept
 * in one chain does not overrule a drop in the next (nft(8), verdicts). firewalld's own are left to firewalld.
 */
export function closedChains(chains: readonly NftChain[], mesh: Tagged): NftChain[] {
  return chains.filter(
    (chain) =>
      chain.way !== null &&
      chain.isFilter &&
      ['ip', 'inet'].includes(chain.family) &&
      chain.table !== 'firewalld' &&
      !chain.table.startsWith('pollux_') &&
      chain.table !== nftTable(mesh) &&
      (chain.policy === 'drop' || reach(chain, chains).some(ends)),
  )
}

/** The rules of a chain and of those that it goes on in. */
function reach(from: NftChain, chains: readonly NftChain[]): string[] {
  const found = new Set([from])
  for (const chain of found)
    for (const name of chain.rules.flatMap((rule) =>
      [...rule.matchAll(/\b(?:jump|goto) (\S+)/g)].map(([, to]) => to),
    )) {
      const next = chains.find((one) => one.family === from.family && one.table === from.table && one.chain === name)
      if (next) found.add(next)
    }
  return [...found].flatMap(({ rules }) => rules)
}

/** Whether a rule may end ESP, IKE or IP in IP: not one that is about TCP, ICMP, or what belongs to no connection. */
function ends(rule: string): boolean {
  const matches = rule.replace(/\breject with .*/, 'reject')
  return /\b(drop|reject)\b/.test(matches) && !/\b(tcp|icmp|icmpv6|invalid)\b/.test(matches)
}
