import type { DnsAsk, FarSeen } from '@/lib/agent'
import { parseAddress } from '@/lib/agent/ip-address'
import { canonicalIp } from '../addresses'
import { plainName } from '../dns/name'
import type { Dns } from '../dns/open-dns'
import { inert } from '../inert'
import { notSeen } from '../not-seen'
import { checkHost } from './check-host'

/** Whether the SPF of a domain lets the address send in its name. A temperror is no result. */
export async function lookMaySend(dns: Dns, ask: Extract<DnsAsk, { kind: 'may-send' }>): Promise<FarSeen> {
  const ip = parseAddress(canonicalIp(ask.address) ?? '')
  if (ip === null) throw notSeen(`“${ask.address.slice(0, 100)}” is no IP address, so nobody can let it send.`)
  const domain = plainName(ask.domain)
  // RFC 7208, 4.3: who is named without a local part is its postmaster.
  const found = await checkHost(domain, { dns, ip, sender: `postmaster@${domain}`, helo: plainName(ask.helo) })
  return {
    learned: { result: found.result, record: inert(found.record ?? 'none'), reason: inert(found.reason) },
    why: '',
  }
}
