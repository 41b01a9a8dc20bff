import type { Instance, ListeningSocket, PostfixFacts } from './facts'
import { addressesOf, portsOf } from './listeners'
import type { MasterCf } from './master-cf'
import { expandedParameterOf, masterOf } from './parameters'

/** The sockets that an instance listens on by its master.cf, as the kernel will show them. Ports that only a name tells are left out. */
export function expectedSockets(
  facts: PostfixFacts,
  instance: Instance,
  doc: MasterCf = masterOf(facts, instance),
): ListeningSocket[] {
  const interfaces = expandedParameterOf(facts, instance, 'inet_interfaces')?.trim() ?? 'all'
  const protocols = (expandedParameterOf(facts, instance, 'inet_protocols') ?? 'all').split(/[\s,]+/)
  const families = ([4, 6] as const).filter((family) => protocols.includes('all') || protocols.includes(`ipv${family}`))
  const named =
    interfaces === 'loopback-only' ? ['127.0.0.1', '::1'] : interfaces === 'all' ? null : interfaces.split(/[\s,]+/)
  return portsOf(doc).flatMap((port) => {
    const number = Number(port.port)
    if (!Number.isInteger(number)) return []
    const hosts = addressesOf(port) ?? named
    if (hosts === null) return families.map((family) => ({ host: null, family, port: number, program: 'master' }))
    return hosts.flatMap((host) => {
      const all = host === 'localhost' ? ['127.0.0.1', '::1'] : [host]
      return all.map(
        (one): ListeningSocket => ({ host: one, family: one.includes(':') ? 6 : 4, port: number, program: 'master' }),
      )
    })
  })
}

/** "203.0.113.9:25", "[2001:db8::9]:25", "every IPv4 address:25" */
export function socketText({ host, family, port }: Pick<ListeningSocket, 'host' | 'family' | 'port'>): string {
  if (host === null) return `port ${port} of every IPv${family} address`
  return family === 6 ? `[${host}]:${port}` : `${host}:${port}`
}

/** Whether two sets of sockets are the same, whatever their order. */
export function sameSockets(one: readonly ListeningSocket[], other: readonly ListeningSocket[]): boolean {
  const texts = (sockets: readonly ListeningSocket[]) => [...new Set(sockets.map(socketText))].sort().join()
  return texts(one) === texts(other)
}
