import { fileAt } from '@/lib/agent/config-file'
import { isAppError } from '@/lib/errors'
import { bootOf } from './boot'
import { clientsOf } from './clients'
import type { ProofDesired, SetDesired } from './desired'
import type { Instance, PostfixFacts } from './facts'
import { greets, identityOf } from './identity'
import { addressesOf, cameFromEveryAddress } from './listeners'
import { openPortsOf } from './open-ports'
import { bytesAt, expandedParameterOf, masterOf } from './parameters'
import { sendersPath } from './paths'
import { hasEnforcedSender, sendersOf } from './senders'
import { isLoopback } from './typed'
import { wishedFiles } from './wished'

/** The wish that a Postfix fulfils as it is now: what the wizard's form begins with. */
export function readWish(facts: PostfixFacts, hostId: string, instance: Instance, proof: ProofDesired): SetDesired {
  const doc = masterOf(facts, instance)
  const { scope, source4, source6, helo, enforce } = identityOf(facts, instance)
  const usual = clientsOf(doc).find(({ key }) => key === 'smtp/unix')
  const isFourOnly = usual?.options.findLast(({ name }) => name === 'inet_protocols')?.value === 'ipv4'
  const ports = openPortsOf(facts, instance, doc)
  const senders = sendersOf(doc, bytesAt(facts.files, sendersPath(instance)))
  // Where nothing but its senders has a source, they alone can tell.
  const isEnforced = (source4 ?? source6) === null ? hasEnforcedSender(doc) : enforce
  return {
    operation: 'set',
    hostId,
    instance: instance.name,
    listeners: ports.map((port) => ({ port: port.port, addresses: addressesOf(port) })),
    source4,
    source6,
    helo,
    sixth: isFourOnly
      ? 'never'
      : expandedParameterOf(facts, instance, 'smtp_address_preference') === 'ipv4'
        ? 'prefer-ipv4'
        : 'any',
    scope,
    enforce: isEnforced,
    greet: ports.some(
      ({ port, services }) => port === '25' && services.some(({ options }) => helo !== null && greets(options, helo)),
    ),
    boot: bootOf(facts, instance),
    senders,
    proof,
  }
}

/** The wish for a Postfix as its package ships it: mail's own ports on every address, no source, no name of its own. */
export function shippedWish(
  facts: PostfixFacts,
  instance: Instance,
  { hostId, proof }: { hostId: string; proof: ProofDesired },
): SetDesired {
  const doc = masterOf(facts, instance)
  // What was written for loopback alone is for a filter, not to be met from outside.
  const listeners = openPortsOf(facts, instance, doc).filter((port) => {
    const addresses = addressesOf(port)
    if (addresses === null) return false
    return port.port === '25' || addresses.some((host) => !isLoopback(host)) || cameFromEveryAddress(doc, port)
  })
  return {
    ...readWish(facts, hostId, instance, proof),
    listeners: listeners.map(({ port }) => ({ port, addresses: null })),
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

/** Whether nothing would be left to do for `shippedWish`. */
export function isShipped(facts: PostfixFacts, instance: Instance): boolean {
  const wish = shippedWish(facts, instance, { hostId: '', proof: { probe: null, dnsServer: null, domain: null } })
  try {
    return [...wishedFiles(facts, instance, wish)].every(([path, wanted]) => {
      const file = fileAt(facts.files, path)
      return file.state === 'there' ? file.bytes === wanted : wanted === null
    })
  } catch (error) {
    if (isAppError(error)) return false
    throw error
  }
}
