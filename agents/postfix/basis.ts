import type { BasisItem } from '@/lib/agent'
import { fileAt, tagOf } from '@/lib/agent/config-file'
import { bootOf } from './boot'
import type { SetDesired } from './desired'
import type { Instance } from './facts'
import { parameterOf } from './parameters'
import { foreignOn, type Host } from './resolve'
import { ownAddresses } from './wished'

/** All that the plan rests on; whatever else changes on the host leaves it as it is. */
export function basisOf(
  { hostId, facts }: Host,
  instance: Instance,
  desired: SetDesired,
  paths: readonly string[],
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
    ...ownAddresses(desired).map((host) => {
      const there = facts.addresses.find((address) => address.host === host)
      return item(`address ${host}`, there ? `on ${there.device}` : 'not there')
    }),
    ...ports.map(({ port, addresses }) => {
      const wanted = (addresses ?? [null]).map((host) => ({ host, port: Number(port) }))
      return item(`other programs on port ${port}`, foreignOn(facts, wanted).join(', ') || 'none')
    }),
    item('inet_protocols', parameterOf(facts, instance, 'inet_protocols')),
    item('addresses that are not there', bootOf(facts, instance) === 'nonlocal' ? 'can be bound' : 'cannot be bound'),
  ]
}
