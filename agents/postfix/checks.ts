import type { Check, FarCheck, FarRead, HostCheck } from '@/lib/agent'
import type { SetDesired } from './desired'
import { dnsChecks } from './dns-checks'
import { hasAddress, type Instance, type ListeningSocket, type PostfixFacts } from './facts'
import { listedSocket } from './listed-socket'
import { mailChecks } from './mail-checks'
import { findParameter, type MainCf } from './main-cf'
import { idOf } from './names'
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
  /** main.cf as it will stand. */
  main: MainCf
}

/** Everything that proves a wish: on the host, over SMTP, by a message, and in the DNS. */
export function checksOf(proved: Proved): Check[] {
  return [
    ...addressChecks(proved),
    ...socketChecks(proved),
    ...settingChecks(proved),
    ...smtpChecks(proved),
    ...mailChecks(proved.hostId, proved.facts, proved.instance, proved.desired, proved.after),
    ...dnsChecks(proved.hostId, proved.desired),
  ]
}

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
  const base = { hostId, weight: 'must', timeoutS: 10 } as const
  const texts = new Set(after.map(socketText))
  const gone = before.filter((socket) => !texts.has(socketText(socket)))
  const changed = after.filter((socket) => !before.some((old) => socketText(old) === socketText(socket)))
  const kept = after.filter(
    (socket) => !changed.includes(socket) && changed.concat(gone).some(({ port }) => port === socket.port),
  )
  return [
    ...[...changed, ...kept].map((socket) => {
      const { read, text, heldByPostfix } = listedSocket(facts.socketTable, socket)
      return {
        ...base,
        id: idOf('listens', socketText(socket)),
        title: `Postfix ${heldByPostfix ? 'alone ' : ''}listens on ${socketText(socket)}`,
        read,
        // Since 3.6 the kernel lets others listen beside Postfix, and each connection goes to one of them.
        expect: heldByPostfix ? { lines: text, include: heldByPostfix } : { includes: text },
      }
    }),
    ...gone.map((socket) => {
      const { read, text } = listedSocket(facts.socketTable, socket)
      return {
        ...base,
        id: idOf('quiet', socketText(socket)),
        title: `Nothing listens on ${socketText(socket)} any more`,
        read,
        expect: { excludes: text },
      }
    }),
  ]
}

/** What Postfix itself says of its settings, once it reads the new files. */
function settingChecks({ hostId, instance, desired, main }: Proved): HostCheck[] {
  const { scope, source4, source6, helo } = desired
  if (scope !== 'all') return []
  const settings = [
    ['smtp_bind_address', source4],
    ['smtp_bind_address6', source6],
    ['smtp_helo_name', helo],
  ] as const
  return settings.flatMap(([name, wanted]): HostCheck[] => {
    // postconf prints it as it is written, which may be by another parameter's name.
    const value = wanted === null ? null : (findParameter(main, name)?.value ?? wanted)
    if (value === null) return []
    const read = { command: ['postconf', '-c', instance.directory, '-h', name] } as const
    const title = `Postfix reads ${name} as ${value}`
    return [{ id: idOf('setting', name), hostId, title, weight: 'must', timeoutS: 10, read, expect: { equals: value } }]
  })
}

/** A greeting from every address that mail comes in at, and the name in it. */
function smtpChecks({ hostId, facts, instance, desired, after }: Proved): FarCheck[] {
  const own = expandedParameterOf(facts, instance, 'myhostname')
  return after
    .filter(({ port, host }) => port === 25 && host !== null && hasAddress(facts, host))
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
