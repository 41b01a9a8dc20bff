import { destinationsOf } from './destinations'
import type { Instance, PostfixFacts } from './facts'
import { listServices } from './master-cf'
import { masterOf, type ParameterName, parameterOf } from './parameters'
import { isAtLeast } from './version'

const named = [
  ['smtpd_milters', 'milters of smtpd'],
  ['non_smtpd_milters', 'milters of local mail'],
  ['smtpd_proxy_filter', 'a filter in front'],
  ['relayhost', 'all mail to the relay'],
  ['transport_maps', 'ways by table'],
  ['sender_dependent_relayhost_maps', 'relays by sender'],
] as const satisfies readonly (readonly [ParameterName, string])[]

/** Who handles mail besides Postfix's own daemons, and what of them stands apart: in few words each. */
export function throughOf(facts: PostfixFacts, instance: Instance): string[] {
  const services = listServices(masterOf(facts, instance))
  const inward = services.filter(({ type }) => type === 'inet')
  const filters = destinationsOf(facts, instance).filter(({ parameter }) => parameter === 'content_filter')
  const isChrooted = ({ chroot }: { chroot: string }) =>
    chroot === 'y' || (chroot === '-' && !isAtLeast(facts.version, '3.0'))
  const chrooted = services.filter(({ command }) => command === 'smtpd' || command === 'smtp').filter(isChrooted)
  return [
    ...(inward.some(({ command }) => command === 'postscreen') ? ['postscreen in front'] : []),
    ...filters.map(({ nexthop, client }) => `a filter at ${nexthop}, by ${client}`),
    ...named.flatMap(([name, words]) => {
      const value = parameterOf(facts, instance, name)
      return value === '' ? [] : [`${words}: ${value}`]
    }),
    ...(chrooted.length > 0 ? ['smtpd and smtp in a chroot'] : []),
  ]
}
