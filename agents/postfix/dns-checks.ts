import type { FarCheck, FarRead } from '@/lib/agent'
import { parseAddress } from '@/lib/agent/ip-address'
import type { ProofDesired, SetDesired } from './desired'
import { idOf } from './names'
import { isLoopback } from './typed'

/** What other mail servers look up about an address before they take mail from it. All of it advises. */
export function dnsChecks(hostId: string, desired: SetDesired): FarCheck[] {
  const { helo, source4, source6, senders, proof, listeners } = desired
  const identities = [{ source4, source6, helo }, ...senders]
  const pairs = identities.flatMap((identity) =>
    [identity.source4, identity.source6].flatMap((source) =>
      source === null ? [] : [{ source, helo: identity.helo }],
    ),
  )
  const unique = [...new Map(pairs.map((pair) => [`${pair.source} ${pair.helo}`, pair])).values()]
  return [
    ...unique.flatMap((pair) => identityChecks(hostId, proof, pair)),
    ...domainChecks(hostId, proof, unique, listeners.find(({ port }) => port === '25')?.addresses ?? []),
  ]
}

function identityChecks(
  hostId: string,
  { dnsServer }: ProofDesired,
  { source, helo }: { source: string; helo: string | null },
): FarCheck[] {
  const base = { hostId, weight: 'advise', timeoutS: 30 } as const
  const dns = (ask: Extract<FarRead, { kind: 'dns' }>['ask']) => ({
    far: { kind: 'dns' as const, server: dnsServer, ask },
  })
  return [
    {
      ...base,
      id: idOf('confirmed', source, helo ?? ''),
      title: `A name of ${source} leads back to it`,
      read: dns({ kind: 'confirmed', address: source }),
      expect: { name: 'confirmed', equals: 'yes' },
    },
    ...(helo === null
      ? []
      : [
          {
            ...base,
            id: idOf('reverse', source, helo),
            title: `${source} has the name ${helo}`,
            read: dns({ kind: 'names-of', address: source }),
            expect: { name: 'names', includes: helo },
          },
          {
            ...base,
            id: idOf('forward', source, helo),
            title: `${helo} leads to ${source}`,
            read: dns({ kind: 'addresses-of', name: helo }),
            expect: { name: 'addresses', includes: parseAddress(source)?.host ?? source },
          },
        ]),
  ]
}

function domainChecks(
  hostId: string,
  { dnsServer, domain }: ProofDesired,
  pairs: readonly { source: string; helo: string | null }[],
  listening: readonly string[],
): FarCheck[] {
  if (domain === null) return []
  const base = { hostId, weight: 'advise', timeoutS: 30 } as const
  const [own] = listening.filter((host) => !isLoopback(host))
  const mailHosts: FarCheck[] =
    own === undefined
      ? []
      : [
          {
            ...base,
            id: idOf('mx', domain),
            title: `Mail for ${domain} comes to ${own}`,
            read: { far: { kind: 'dns', server: dnsServer, ask: { kind: 'mail-hosts', domain } } },
            expect: { name: 'addresses', includes: own },
          },
        ]
  return [
    ...mailHosts,
    ...pairs.map(({ source, helo }): FarCheck => {
      const ask = { kind: 'may-send', domain, address: source, helo: helo ?? domain } as const
      return {
        ...base,
        id: idOf('spf', domain, source, helo ?? ''),
        title: `${domain} lets ${source} send (SPF)`,
        read: { far: { kind: 'dns', server: dnsServer, ask } },
        expect: { name: 'result', equals: 'pass' },
      }
    }),
  ]
}
