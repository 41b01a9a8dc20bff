import type { SetDesired } from '../desired'
import { findInstance, type PostfixFacts } from '../facts'
import { readWish } from '../read-wish'
import { isAtLeast } from '../version'

/** A failover IP of the lab, and the name that elm's DNS has for it (e2e/lab/setup/zones). */
export const mail = { address: '203.0.113.40', helo: 'mail.example.org' } as const
export const mail2 = { address: '203.0.113.41', helo: 'mail2.example.org' } as const

/** The lab's name server, which is also elm. */
export const nameServer = '10.77.0.33'

const proof: SetDesired['proof'] = { probe: { to: 'pollux' }, dnsServer: nameServer, domain: 'example.org' }

/** What a host's Postfix does now, as a wish. */
export function wishOfNow(facts: PostfixFacts, hostId: string, instance = '-'): SetDesired {
  const found = findInstance(facts, instance)
  if (!found) throw new Error(`expected an instance ${instance}`)
  return readWish(facts, hostId, found, proof)
}

/** Mail on one address of its own and on loopback, from that address and under its name, with all proofs. */
export function ownAddressWish(
  facts: PostfixFacts,
  hostId: string,
  { address, helo } = mail as typeof mail | typeof mail2,
): SetDesired {
  return {
    ...wishOfNow(facts, hostId),
    listeners: [{ port: '25', addresses: [address, '127.0.0.1'] }],
    source4: address,
    helo,
    greet: true,
    enforce: isAtLeast(facts.version, '3.7'),
    sixth: 'prefer-ipv4',
  }
}
