import { bootOf } from './boot'
import { clientsOf } from './clients'
import type { ProofDesired, SetDesired } from './desired'
import type { Instance, PostfixFacts } from './facts'
import { addressesOf, portsOf } from './listeners'
import { bytesAt, expandedParameterOf, masterOf, ownParameterOf } from './parameters'
import { sendersPath } from './paths'
import { sendersOf } from './senders'
import { isLoopback } from './typed'

/** The wish that a Postfix fulfils as it is now: what the wizard's form begins with. */
export function readWish(facts: PostfixFacts, hostId: string, instance: Instance, proof: ProofDesired): SetDesired {
  const doc = masterOf(facts, instance)
  const bound = clientsOf(doc).filter(({ name, options }) => !name.startsWith('pollux-') && options.some(isSource))
  const scope = bound.length > 0 ? bound.map(({ key }) => key) : ('all' as const)
  const of = (name: 'smtp_bind_address' | 'smtp_bind_address6' | 'smtp_helo_name') =>
    (scope === 'all'
      ? ownParameterOf(facts, instance, name)
      : bound[0]?.options.findLast((one) => one.name === name)?.value) || null
  const enforce =
    scope === 'all'
      ? ownParameterOf(facts, instance, 'smtp_bind_address_enforce')
      : bound[0]?.options.findLast((one) => one.name === 'smtp_bind_address_enforce')?.value
  const usual = clientsOf(doc).find(({ key }) => key === 'smtp/unix')
  const isFourOnly = usual?.options.findLast(({ name }) => name === 'inet_protocols')?.value === 'ipv4'
  const ports = portsOf(doc)
  return {
    operation: 'set',
    hostId,
    instance: instance.name,
    listeners: ports.map((port) => ({ port: port.port, addresses: addressesOf(port) })),
    source4: of('smtp_bind_address'),
    source6: of('smtp_bind_address6'),
    helo: of('smtp_helo_name'),
    sixth: isFourOnly
      ? 'never'
      : expandedParameterOf(facts, instance, 'smtp_address_preference') === 'ipv4'
        ? 'prefer-ipv4'
        : 'any',
    scope,
    enforce: enforce === 'yes',
    greet: ports.some(
      ({ port, services }) =>
        port === '25' && services.some(({ options }) => options.some(({ name }) => name === 'myhostname')),
    ),
    boot: bootOf(facts, instance),
    senders: sendersOf(doc, bytesAt(facts.files, sendersPath(instance))),
    proof,
  }
}

/** The wish for a Postfix as its package ships it: mail's own ports on every address, no source, no name of its own. */
export function shippedWish(
  facts: PostfixFacts,
  instance: Instance,
  { hostId, proof }: { hostId: string; proof: ProofDesired },
): SetDesired {
  const now = readWish(facts, hostId, instance, proof)
  return {
    ...now,
    // What listens on loopback alone was made for a filter, not to be met from outside.
    listeners: now.listeners
      .filter(
        ({ port, addresses }) => addresses !== null && (port === '25' || addresses.some((host) => !isLoopback(host))),
      )
      .map(({ port }) => ({ port, addresses: null })),
    source4: null,
    source6: null,
    helo: null,
    sixth: 'any',
    scope: 'all',
    enforce: false,
    greet: false,
    boot: 'fail',
    senders: [],
  }
}

function isSource({ name, value }: { name: string; value: string }): boolean {
  return ['smtp_bind_address', 'smtp_bind_address6'].includes(name) && value !== ''
}
