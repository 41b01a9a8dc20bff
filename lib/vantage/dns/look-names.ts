import type { FarSeen } from '@/lib/agent'
import { canonicalIp } from '../addresses'
import { sentenceOf } from '../not-seen'
import { listed, plainName } from './name'
import type { Dns } from './open-dns'

/** More names of one address are not followed: who has that many gains nothing by them. */
const mostNames = 10

/** The names of an address. "none" is an answer. */
export async function lookNames(dns: Dns, address: string): Promise<FarSeen> {
  return { learned: { names: listed(await namesOf(dns, address)) }, why: '' }
}

/** Whether one of the names of an address leads back to it: forward-confirmed reverse DNS (RFC 8601, 2.7.3 "iprev"). */
export async function lookConfirmed(dns: Dns, address: string): Promise<FarSeen> {
  const own = canonicalIp(address)
  const names = await namesOf(dns, address)
  if (names.length === 0) return { learned: { confirmed: `${address} has no name` }, why: '' }
  const found: string[] = []
  const failures: string[] = []
  for (const name of names.slice(0, mostNames)) {
    try {
      const answer = await dns.addresses(name, own?.includes(':') ? 6 : 4)
      const addresses = answer.state === 'found' ? answer.values : []
      if (own !== null && addresses.includes(own)) return { learned: { confirmed: 'yes' }, why: '' }
      found.push(`${name} leads to ${addresses.length === 0 ? 'no such address' : addresses.join(' and ')}`)
    } catch (error) {
      failures.push(sentenceOf(error))
    }
  }
  // The name that could not be asked may be the one that leads back.
  const [failure] = failures
  return failure === undefined ? { learned: { confirmed: listed(found) }, why: '' } : { learned: {}, why: failure }
}

async function namesOf(dns: Dns, address: string): Promise<string[]> {
  const answer = await dns.names(address)
  return answer.state === 'found' ? answer.values.map(plainName).sort() : []
}
