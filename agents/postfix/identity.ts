import { parseAddress } from '@/lib/agent/ip-address'
import { clientsOf, USUAL } from './clients'
import type { Identity, SetDesired } from './desired'
import type { Instance, PostfixFacts } from './facts'
import { expandedParameterOf, masterOf, ownParameterOf, type ParameterName } from './parameters'
import { isLoopback } from './typed'

/** How mail leaves a Postfix now, and which of its clients say so; `all` when it is main.cf. */
export type IdentityNow = Identity & Pick<SetDesired, 'scope' | 'enforce'>

/**
 * The identity of `smtp unix` where that has one of its own, else of main.cf, else of `relay unix`, else of the first
 * client of master.cf that has one; with the clients that share it.
 */
export function identityOf(facts: PostfixFacts, instance: Instance): IdentityNow {
  const bound = clientsOf(masterOf(facts, instance))
    .filter(({ name }) => !name.startsWith('pollux-'))
    .map(({ key, options }) => {
      const of = (name: string) => options.findLast((option) => option.name === name)?.value ?? null
      return { key, identity: readIdentity(of) }
    })
    .filter(({ identity: { source4, source6, helo } }) => (source4 ?? source6 ?? helo) !== null)
  const main = mainIdentity(facts, instance)
  const isInMain = (main.source4 ?? main.source6 ?? main.helo) !== null
  const usual = USUAL.flatMap((key) => bound.find((one) => one.key === key) ?? [])
  const model = usual.find(({ key }) => key === 'smtp/unix') ?? (isInMain ? undefined : (usual[0] ?? bound[0]))
  if (!model) return { scope: 'all', ...main }
  const same = bound.filter(({ identity }) => JSON.stringify(identity) === JSON.stringify(model.identity))
  return { scope: same.map(({ key }) => key), ...model.identity }
}

/** What main.cf itself says; a name that is `$myhostname` is none of its own. */
function mainIdentity(facts: PostfixFacts, instance: Instance): Identity & Pick<SetDesired, 'enforce'> {
  return readIdentity((name) => {
    const own = ownParameterOf(facts, instance, name)
    return own === null || isUsualName(own) ? own : expandedParameterOf(facts, instance, name)
  })
}

function readIdentity(of: (name: ParameterName) => string | null): Identity & Pick<SetDesired, 'enforce'> {
  return {
    source4: sourceOf(of('smtp_bind_address')),
    source6: sourceOf(of('smtp_bind_address6')),
    helo: heloOf(of('smtp_helo_name')),
    enforce: of('smtp_bind_address_enforce') === 'yes',
  }
}

/** The source that a value of `smtp_bind_address` fixes: what stands for any address, or never leaves the host, is none. */
function sourceOf(value: string | null): string | null {
  if (isAnySource(value)) return null
  const host = parseAddress(value ?? '')?.host ?? value
  return host === null || isLoopback(host) ? null : host
}

/** Whether a value of `smtp_bind_address` leaves the choice to the kernel (postconf(5)). */
export function isAnySource(value: string | null): boolean {
  return value === null || ['', '0.0.0.0', '::'].includes(value)
}

/** Whether a listener greets by this name. */
export function greets(options: readonly { name: string; value: string }[], name: string): boolean {
  return options.findLast((option) => option.name === 'myhostname')?.value === name
}

function heloOf(value: string | null): string | null {
  return value === null || value === '' || isUsualName(value) ? null : value
}

/** Whether a value of `smtp_helo_name` says what Postfix says without it. */
export function isUsualName(value: string): boolean {
  return /^\$(?:myhostname|\{myhostname\}|\(myhostname\))$/.test(value)
}
