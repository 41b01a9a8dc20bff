import type { Check, FarCheck, FarRead, HostCheck } from '@/lib/agent'
import { parseAddress } from '@/lib/agent/ip-address'
import type { ProofDesired, SetDesired } from './desired'
import type { Instance, ListeningSocket, PostfixFacts } from './facts'
import { expandedParameterOf } from './parameters'
import { socketText } from './sockets'
import { isLoopback } from './typed'
import { ownAddresses } from './wished'

interface Proved {
  hostId: string
  facts: PostfixFacts
  instance: Instance
  desired: SetDesired
  before: readonly ListeningSocket[]
  after: readonly ListeningSocket[]
}

/** Everything that proves a wish: on the host, over SMTP, by a message, and in the DNS. */
export function checksOf(proved: Proved): Check[] {
  return [
    ...addressChecks(proved),
    ...socketChecks(proved),
    ...settingChecks(proved),
    ...smtpChecks(proved),
    ...mailChecks(proved),
    ...dnsChecks(proved),
  ]
}

const idOf = (...words: string[]) => words.map((word) => word.replace(/[^A-Za-z0-9]/g, '-')).join('.')

function addressChecks({ hostId, desired }: Proved): HostCheck[] {
  if (desired.boot === 'nonlocal') return []
  return ownAddresses(desired).map((host) => ({
    id: idOf('address', host),
    hostId,
    title: `The host has ${host}`,
    weight: 'must',
    timeoutS: 10,
    read: { command: ['ip', '-o', 'addr', 'show', 'to', host] },
    expect: { includes: ` ${host}/` },
  }))
}

/** Each socket that is asked for listens; what listened before and was not asked for does no more. */
function socketChecks({ hostId, facts, before, after }: Proved): HostCheck[] {
  const program = facts.programs.includes('ss') ? 'ss' : facts.programs.includes('netstat') ? 'netstat' : null
  if (program === null) return []
  const base = { hostId, weight: 'must', timeoutS: 10, read: { command: [program, '-ltn'] } } as const
  const texts = new Set(after.map(socketText))
  const gone = before.filter((socket) => !texts.has(socketText(socket)))
  const changed = after.filter((socket) => !before.some((old) => socketText(old) === socketText(socket)))
  const kept = after.filter(
    (socket) => !changed.includes(socket) && changed.concat(gone).some(({ port }) => port === socket.port),
  )
  return [
    ...[...changed, ...kept].map((socket) => ({
      ...base,
      id: idOf('listens', socketText(socket)),
      title: `Postfix listens on ${socketText(socket)}`,
      expect: { includes: listed(program, socket) },
    })),
    ...gone.map((socket) => ({
      ...base,
      id: idOf('quiet', socketText(socket)),
      title: `Nothing listens on ${socketText(socket)} any more`,
      expect: { excludes: listed(program, socket) },
    })),
  ]
}

/** How `ss -ltn` and `netstat -ltn` print the local side, with the spaces around it. */
function listed(program: 'ss' | 'netstat', { host, family, port }: ListeningSocket): string {
  if (program === 'netstat') return ` ${host ?? (family === 4 ? '0.0.0.0' : '::')}:${port} `
  if (host === null) return family === 4 ? ` 0.0.0.0:${port} ` : ` [::]:${port} `
  return family === 6 ? ` [${host}]:${port} ` : ` ${host}:${port} `
}

/** What Postfix itself says of its settings, once it reads the new files. */
function settingChecks({ hostId, instance, desired }: Proved): HostCheck[] {
  const { scope, source4, source6, helo } = desired
  if (scope !== 'all') return []
  const settings = [
    ['smtp_bind_address', source4],
    ['smtp_bind_address6', source6],
    ['smtp_helo_name', helo],
  ] as const
  return settings.flatMap(([name, value]): HostCheck[] =>
    value === null
      ? []
      : [
          {
            id: idOf('setting', name),
            hostId,
            title: `Postfix reads ${name} as ${value}`,
            weight: 'must',
            timeoutS: 10,
            read: { command: ['postconf', '-c', instance.directory, '-h', name] },
            expect: { equals: value },
          },
        ],
  )
}

/** A greeting from every address that mail comes in at, and the name in it. */
function smtpChecks({ hostId, facts, instance, desired, after }: Proved): FarCheck[] {
  const own = expandedParameterOf(facts, instance, 'myhostname')
  return after
    .filter(({ port, host }) => port === 25 && host !== null)
    .flatMap(({ host }): FarCheck[] => {
      if (host === null) return []
      const greets = desired.greet && desired.helo !== null && !isLoopback(host) ? desired.helo : own
      const far: FarRead = { kind: 'smtp', from: { kind: 'host', hostId }, address: host, port: 25 }
      const base = { hostId, weight: 'must', timeoutS: 20, read: { far } } as const
      const connected: FarCheck = {
        ...base,
        id: idOf('smtp', host),
        title: `${host} takes a connection on port 25`,
        expect: { name: 'connected', equals: 'yes' },
      }
      if (greets === null || greets === '') return [connected]
      return [
        connected,
        {
          ...base,
          weight: 'advise',
          id: idOf('greeting', host),
          title: `${host} greets as ${greets}`,
          expect: { name: 'ehlo', equals: greets },
        },
      ]
    })
}

/** One message through the host's own way in, filters included, and out again. */
function mailChecks({ hostId, facts, instance, desired, after }: Proved): FarCheck[] {
  const { probe } = desired.proof
  if (probe === null) return []
  const local = after.find(({ port, host }) => port === 25 && (host === null || host === '127.0.0.1'))
  const far: FarRead = {
    kind: 'mail',
    hostId,
    handIn: local
      ? { by: 'smtp', address: '127.0.0.1', port: 25 }
      : { by: 'sendmail', program: 'sendmail', config: instance.name === '-' ? null : instance.directory },
    sender: `postmaster@${desired.helo ?? expandedParameterOf(facts, instance, 'myhostname') ?? 'localhost'}`,
    to: probe.to === 'pollux' ? { kind: 'pollux' } : { kind: 'address', address: probe.address },
  }
  const base = { hostId, timeoutS: 75, read: { far } } as const
  const sources = [desired.source4, desired.source6].filter((source) => source !== null)
  return [
    {
      ...base,
      id: 'mail.accepted',
      title: local ? 'Local programs can hand in mail at 127.0.0.1' : 'Local programs can hand in mail by sendmail',
      weight: 'must',
      expect: { name: 'accepted', includes: local ? '250' : 'took it' },
    },
    {
      ...base,
      id: 'mail.refused',
      title: 'The receiver did not refuse the probe message',
      weight: 'must',
      expect: { name: 'status', excludes: 'bounced' },
    },
    {
      ...base,
      id: 'mail.sent',
      title: 'The probe message arrived',
      weight: 'advise',
      expect: { name: 'status', equals: 'sent' },
    },
    ...(sources.length === 0
      ? []
      : [
          {
            ...base,
            id: 'mail.source',
            title: `The receiver saw it come from ${sources.join(' or ')}`,
            weight: 'must' as const,
            expect: { name: 'source', oneOf: sources },
          },
        ]),
    ...(desired.helo === null
      ? []
      : [
          {
            ...base,
            id: 'mail.helo',
            title: `The receiver was told the name ${desired.helo}`,
            weight: 'must' as const,
            expect: { name: 'helo', equals: desired.helo },
          },
        ]),
    {
      ...base,
      id: 'mail.bounced',
      title: 'No other message bounced since Postfix read its files',
      weight: 'advise',
      expect: { name: 'bounced', equals: 'none' },
    },
  ]
}

/** What other mail servers look up about an address before they take mail from it. All of it advises. */
function dnsChecks({ hostId, desired }: Proved): FarCheck[] {
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
