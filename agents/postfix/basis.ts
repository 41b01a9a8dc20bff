import type { BasisItem } from '@/lib/agent'
import { fileAt, tagOf } from '@/lib/agent/config-file'
import type { SetDesired } from './desired'
import type { Instance, ListeningSocket, PostfixFacts } from './facts'
import { expandedParameterOf } from './parameters'
import { foreignOn, type Host } from './resolve'
import { hasIpv6 } from './sockets'
import { ownAddresses } from './wished'

/** All that the plan rests on; whatever else changes on the host leaves it as it is. */
export function basisOf(
  { hostId, facts }: Host,
  instance: Instance,
  desired: SetDesired,
  paths: readonly string[],
  sockets: readonly ListeningSocket[],
): BasisItem[] {
  const item = (name: string, value: string): BasisItem => ({ hostId, name, value })
  const ports = desired.listeners.filter(({ port }) => /^\d+$/.test(port))
  return [
    item('Postfix version', facts.version ?? 'none'),
    item(
      `instance ${instance.name}`,
      `${instance.directory} ${instance.unit ?? facts.init} ${instance.isRunning ? 'running' : 'stopped'}`,
    ),
    ...[...new Set(paths)].sort().map((path) => item(`file ${path}`, tagOf(fileAt(facts.files, path)))),
    ...[...new Set([...ownAddresses(desired), ...sockets.flatMap(({ host }) => host ?? [])])].map((host) => {
      const there = facts.addresses.find((address) => address.host === host)
      return item(`address ${host}`, there ? `on ${there.device}` : 'not there')
    }),
    ...ports.map(({ port, addresses }) => {
      const wanted = (addresses ?? [null]).map((host) => ({ host, port: Number(port) }))
      return item(`other programs on port ${port}`, foreignOn(facts, wanted).join(', ') || 'none')
    }),
    ...SAID.map((name) => item(name, expandedParameterOf(facts, instance, name) ?? 'not known')),
    item('IPv6', hasIpv6(facts) ? 'there' : 'not there'),
    item('sockets are read by', facts.socketTable),
    ...([4, 6] as const).map((family) => item(`IPv${family} addresses that are not there`, bindable(facts, family))),
  ]
}

/** What Postfix says where main.cf does not, and the plan or its proof follows. */
const SAID = ['content_filter', 'inet_interfaces', 'inet_protocols', 'myhostname'] as const

function bindable({ nonlocalBind }: PostfixFacts, family: 4 | 6): string {
  const can = nonlocalBind[family]
  return can === null ? 'not told' : can ? 'can be bound' : 'cannot be bound'
}
