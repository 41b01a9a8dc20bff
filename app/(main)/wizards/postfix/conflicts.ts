import {
  isLoopback,
  problemOfHelo,
  problemOfMailbox,
  problemOfPattern,
  problemOfPlainAddress,
} from '@/agents/postfix/typed'
import type { InstanceView } from '@/agents/postfix/view'
import { problemOfAddress } from '@/lib/agent/typed-address'
import { listensNow, type MailHostView, newAddress, type SenderWish, usableAddresses, type Wish } from './wish'

/** A sentence and the field that it stands under. */
export interface Said {
  field: string
  text: string
}

/** What keeps the form from being planned, in the order of its fields. */
export function problemsOf(wish: Wish): Said[] {
  const optional = (text: string, problemOf: (text: string) => string | null) =>
    text.trim() === '' ? null : problemOf(text)
  return said([
    ['alias', wish.alias === null ? null : problemOfAddress(wish.alias)],
    ...Object.entries(wish.ports).map(
      ([port, { mode, addresses }]) =>
        [
          `port.${port}`,
          mode === 'chosen' && addresses.length === 0 ? `Choose at least one address for port ${port}.` : null,
        ] as const,
    ),
    ['clients', wish.scope === 'some' && wish.clients.length === 0 ? 'Choose at least one client.' : null],
    ['helo', optional(wish.helo, problemOfHelo)],
    ...wish.senders.flatMap((sender, at) => senderProblems(sender, `senders.${at}`)),
    ['probeAddress', wish.probe === 'address' ? problemOfMailbox(wish.probeAddress) : null],
    ['domain', optional(wish.domain, problemOfHelo)],
    ['dnsServer', optional(wish.dnsServer, problemOfPlainAddress)],
  ])
}

type Maybe = readonly [field: string, text: string | null]

function said(list: readonly Maybe[]): Said[] {
  return list.flatMap(([field, text]) => (text === null ? [] : [{ field, text }]))
}

function senderProblems({ pattern, source4, source6, helo }: SenderWish, at: string): Maybe[] {
  const isNobody = source4 === '' && source6 === '' && helo.trim() === ''
  return [
    [`${at}.pattern`, problemOfPattern(pattern)],
    [`${at}.source4`, isNobody ? 'Choose an address or a name for this sender, or leave it out.' : null],
    [`${at}.helo`, helo.trim() === '' ? null : problemOfHelo(helo)],
  ]
}

/** What the choices bring along: mostly right to plan with, and good to know. */
export function conflictsOf(host: MailHostView, instance: InstanceView, wish: Wish): Said[] {
  const there = usableAddresses(host, wish)
  const added = newAddress(wish)
  const isMissing = (address: string) => address !== '' && !isLoopback(address) && !there.includes(address)
  const missing = (addresses: readonly string[]) => {
    const one = wish.boot === 'nonlocal' ? undefined : addresses.find(isMissing)
    return one === undefined ? null : `${host.name} does not have ${one}: put it on above.`
  }
  const hasSix = instance.can.ipv6 && there.some((address) => address.includes(':'))
  const isFreeOnSix = wish.source4 !== '' && wish.source6 === '' && wish.sixth === 'any' && hasSix
  const isNarrow = Object.values(wish.ports).some(
    ({ mode, addresses }) => mode !== 'every' && addresses.some((address) => !isLoopback(address)),
  )
  return said([
    [
      'alias',
      host.addresses.some((one) => one.host === added) ? `${host.name} has it already: choose it above.` : null,
    ],
    ...Object.keys(wish.ports).flatMap((port) => portConflicts(instance, wish, port, missing)),
    ['source4', missing([wish.source4])],
    ['source6', missing([wish.source6])],
    ['sixth', isFreeOnSix ? 'Over IPv6, mail still leaves from any address.' : null],
    ['helo', nameConflict(host, instance, wish)],
    ['greet', wish.greet && wish.helo.trim() === '' ? 'Type a name first.' : null],
    ['boot', wish.boot === 'fail' && isNarrow ? 'If an address is missing at boot, there is no mail at all.' : null],
    ...wish.senders.flatMap(({ source4, source6 }, at): Maybe[] => [
      [`senders.${at}.source4`, missing([source4])],
      [`senders.${at}.source6`, missing([source6])],
    ]),
  ])
}

function portConflicts(
  instance: InstanceView,
  wish: Wish,
  port: string,
  missing: (addresses: readonly string[]) => string | null,
): Maybe[] {
  const field = `port.${port}`
  const listens = listensAfter(instance, wish, port)
  const isMailNarrow = listensAfter(instance, wish, '25') !== null
  if (listens === null) return [[field, port !== '25' && isMailNarrow ? 'It still listens on every address.' : null]]
  const isDeaf = port === '25' && listens.length > 0 && !listens.some(isLoopback)
  return [
    [field, missing(listens)],
    [field, isDeaf ? 'Programs that hand mail to localhost get "connection refused". sendmail goes on working.' : null],
  ]
}

/** The addresses that a port would listen on; null for every one. */
function listensAfter(instance: InstanceView, { ports }: Wish, port: string): readonly string[] | null {
  const own = ports[port]
  if (own?.mode === 'chosen') return own.addresses
  return own?.mode === 'every' ? null : listensNow(instance, port)
}

/** Receivers ask for the name of the address, and hold it against the one they are told (RFC 8601, 2.7.3 "iprev"). */
function nameConflict({ names }: MailHostView, { myhostname }: InstanceView, wish: Wish): string | null {
  const told = (wish.helo.trim() || (myhostname ?? '')).toLowerCase()
  for (const source of [wish.source4, wish.source6]) {
    const known = names[source]
    if (known?.length === 0) return `${source} has no name in the DNS. Many servers refuse mail from it.`
    if (known && !known.includes(told)) return `In the DNS ${source} is ${known[0]}. Many servers want to be told that.`
  }
  return null
}
