import { expect, it } from 'vitest'
import type { FirewallFacts } from '../facts/facts'
import { hostWith } from '../tunnel/testing'
import { mechanismOf } from './mechanism'

const kindOf = (firewall: Partial<FirewallFacts>) => {
  const none: FirewallFacts = {
    ...{ tool: 'none', because: '', iptables: null, iptablesBackend: null, nft: null, isPersistent: false },
    ...firewall,
  }
  return mechanismOf('quince', hostWith('quince', { address: '192.0.2.1', firewall: none }).facts).kind
}

it.each<[string, Partial<FirewallFacts>, string]>([
  ['neither program', {}, 'none'],
  ['nft alone', { nft: '' }, 'nft'],
  ['iptables alone', { iptables: '-P INPUT ACCEPT\n', iptablesBackend: 'legacy' }, 'iptables'],
  ['both of nftables', { nft: '', iptables: '-P INPUT ACCEPT\n', iptablesBackend: 'nf_tables' }, 'nft'],
  ['nft beside the old iptables', { nft: '', iptables: '-P INPUT ACCEPT\n', iptablesBackend: 'legacy' }, 'iptables'],
  ['nft beside the old iptables that did not answer', { nft: '', iptablesBackend: 'legacy' }, 'nft'],
])('a host without rules that has %s gets them there', (_, firewall, kind) => {
  expect(kindOf(firewall)).toBe(kind)
})
