import { type IpAddress, isInNet, parseAddress } from '@/lib/agent/ip-address'
import { plainName } from '../dns/name'
import { PermError } from './budget'
import { type Evaluation, targetOf } from './evaluation'
import type { Mechanism } from './record'
import { validatedNames } from './validated-names'

/** RFC 7208, 4.6.4: a domain with more MX hosts cannot be judged. */
const mostMx = 10

/**
 * Whether a mechanism speaks of the address (RFC 7208, 5).
 * @param at the domain whose record it is
 * @param passes whether another domain's record lets the address send
 * @throws PermError, and AppError `unreachable` as `Dns` does
 */
export async function matches(
  mechanism: Mechanism,
  at: string,
  run: Evaluation,
  passes: (domain: string) => Promise<boolean>,
): Promise<boolean> {
  const { dns, ip, budget } = run
  if (mechanism.kind === 'all') return true
  if ('net' in mechanism) return isInNet(ip, mechanism.net)
  budget.countTerm()
  const target = await targetOf(mechanism.domain, at, run)
  switch (mechanism.kind) {
    case 'include':
      return passes(target)
    case 'exists':
      // Always A records, whatever the address is (5.7).
      return budget.valuesOf(await dns.addresses(target, 4)).length > 0
    case 'ptr':
      return (await validatedNames(run)).some((name) => isInDomain(name, target))
    case 'a':
      return isOneOf(ip, budget.valuesOf(await dns.addresses(target, ip.family)), mechanism)
    case 'mx':
      return isMxOf(target, run, mechanism)
  }
}

async function isMxOf(target: string, { dns, ip, budget }: Evaluation, prefixes: Prefixes): Promise<boolean> {
  const hosts = budget.valuesOf(await dns.mx(target))
  if (hosts.length > mostMx) throw new PermError(`${target} has more than ${mostMx} MX hosts`)
  for (const { exchange } of [...hosts].sort((a, b) => a.priority - b.priority)) {
    // The root, as in a null MX, has no address.
    if (exchange === '' || exchange === '.') continue
    if (isOneOf(ip, budget.valuesOf(await dns.addresses(exchange, ip.family)), prefixes)) return true
  }
  return false
}

interface Prefixes {
  prefix4: number
  prefix6: number
}

function isOneOf(ip: IpAddress, addresses: readonly string[], { prefix4, prefix6 }: Prefixes): boolean {
  const prefix = ip.family === 4 ? prefix4 : prefix6
  return addresses.some((text) => {
    const address = parseAddress(text)
    return address !== null && isInNet(ip, { ...address, prefix })
  })
}

function isInDomain(name: string, domain: string): boolean {
  const plain = plainName(domain)
  return name === plain || name.endsWith(`.${plain}`)
}
