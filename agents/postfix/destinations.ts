import type { Instance, PostfixFacts } from './facts'
import { listServices, type MasterCf } from './master-cf'
import { masterOf, parameterOf } from './parameters'

/** Somewhere that mail is handed to by name of a client of master.cf: `transport:nexthop`. */
export interface Destination {
  /** "content_filter in main.cf", "content_filter of 127.0.0.1:smtp" */
  where: string
  /** The service that carries `-o`; null for main.cf. */
  service: string | null
  parameter: 'content_filter' | 'relayhost' | 'default_transport' | 'relay_transport'
  /** The client that delivers: "smtp-amavis". */
  client: string
  nexthop: string
  /** Whether it stays on the host. */
  isLoopback: boolean
}

/** Where main.cf and the options in master.cf hand mail to. Tables (`transport_maps`) are not looked into. */
export function destinationsOf(
  facts: PostfixFacts,
  instance: Instance,
  doc: MasterCf = masterOf(facts, instance),
): Destination[] {
  const value = (name: Destination['parameter']) => parameterOf(facts, instance, name)
  return [
    ...destination('content_filter in main.cf', null, 'content_filter', value('content_filter')),
    ...filtersOf(doc),
    ...relayOf(value('relayhost'), value('default_transport')),
    ...destination('default_transport', null, 'default_transport', value('default_transport')),
    ...destination('relay_transport', null, 'relay_transport', value('relay_transport')),
  ].filter(({ nexthop }) => nexthop !== '')
}

function filtersOf(doc: MasterCf): Destination[] {
  return listServices(doc).flatMap(({ key, name, options }) => {
    const filter = options.findLast((option) => option.name === 'content_filter')
    return filter ? destination(`content_filter of ${name}`, key, 'content_filter', filter.value) : []
  })
}

/** relayhost names a next hop alone; the client is the one of default_transport. */
function relayOf(relayhost: string, transport: string): Destination[] {
  const client = transport.split(':')[0] || 'smtp'
  return destination('relayhost', null, 'relayhost', relayhost === '' ? '' : `${client}:${relayhost}`)
}

function destination(
  where: string,
  service: string | null,
  parameter: Destination['parameter'],
  value: string,
): Destination[] {
  const match = /^([\w.-]+):(.*)$/.exec(value.trim())
  if (!match) return []
  const nexthop = match[2] ?? ''
  const isLoopback = /^(?:inet:)?\[?(?:ipv6:)?(?:127(?:\.\d+){3}|::1|localhost)(?:[\]:]|$)/i.test(nexthop)
  return [{ where, service, parameter, client: match[1] ?? '', nexthop, isLoopback }]
}
