import { isIP } from 'node:net'
import type { FarSeen } from '@/lib/agent'
import { sentenceOf } from '../not-seen'
import { allAddresses } from './look-addresses'
import { listed, plainName } from './name'
import type { Dns } from './open-dns'

const mostHosts = 20

interface MailHost {
  /** As the list shows it: the name, and what is wrong with it. */
  text: string
  addresses: readonly string[]
  /** Why something about it could not be asked; null when all was answered. */
  why: string | null
}

/** Where mail for a domain goes (RFC 5321, 5.1): its MX hosts, the best first, and all their addresses. */
export async function lookMailHosts(dns: Dns, domain: string): Promise<FarSeen> {
  const answer = await dns.mx(domain)
  if (answer.state === 'no-name') return { learned: { hosts: 'none (no such domain)', addresses: 'none' }, why: '' }
  if (answer.state === 'no-record') return implicitHost(dns, domain)
  const sorted = [...answer.values].sort((a, b) => a.priority - b.priority || (a.exchange < b.exchange ? -1 : 1))
  // RFC 7505: one MX whose name is the root.
  if (sorted.length === 1 && plainName(sorted[0]?.exchange ?? '') === '')
    return { learned: { hosts: 'none (null MX: the domain takes no mail)', addresses: 'none' }, why: '' }
  const hosts = await Promise.all(sorted.slice(0, mostHosts).map(({ exchange }) => mailHost(dns, plainName(exchange))))
  return seenOf(hosts)
}

async function implicitHost(dns: Dns, domain: string): Promise<FarSeen> {
  const addresses = await allAddresses(dns, domain)
  const name = plainName(domain)
  const hosts = addresses.length === 0 ? 'none' : `${name} (no MX: its own address counts)`
  return { learned: { hosts, addresses: listed(addresses) }, why: '' }
}

async function mailHost(dns: Dns, name: string): Promise<MailHost> {
  if (name === '') return { text: '. (no name)', addresses: [], why: null }
  if (isIP(name) !== 0) return { text: `${name} (an address, where a name must stand)`, addresses: [], why: null }
  try {
    const [alias, addresses] = await Promise.all([dns.cname(name), allAddresses(dns, name)])
    // RFC 2181, 10.3: an MX must not name an alias.
    const isAlias = alias.state === 'found' ? ` (an alias of ${plainName(alias.values[0] ?? '')})` : ''
    return { text: `${name}${isAlias || (addresses.length === 0 ? ' (has no address)' : '')}`, addresses, why: null }
  } catch (error) {
    return { text: name, addresses: [], why: sentenceOf(error) }
  }
}

function seenOf(hosts: readonly MailHost[]): FarSeen {
  const learned: Record<string, string> = { hosts: listed(hosts.map((host) => host.text)) }
  const failure = hosts.find((host) => host.why !== null)
  if (failure === undefined) learned['addresses'] = listed([...new Set(hosts.flatMap((host) => host.addresses))])
  return { learned, why: failure?.why ?? '' }
}
