import {
  isLoopback,
  problemOfHelo,
  problemOfMailbox,
  problemOfPattern,
  problemOfPlainAddress,
} from '@/agents/postfix/typed'
import type { HostView, InstanceView } from '@/agents/postfix/view'
import { problemOfAddress } from '@/lib/agent/typed-address'

export interface MailHostView extends HostView {
  hostId: string
  name: string
}

/** Where a port listens: as it does now, on every address, or on the chosen ones. */
export interface ListenWish {
  mode: 'leave' | 'every' | 'chosen'
  addresses: string[]
}

export interface SenderWish {
  pattern: string
  source4: string
  source6: string
  helo: string
}

/** What was typed and chosen so far; kept as a draft. An empty source or HELO is none of its own. */
export interface Wish {
  /** The host that it was typed for: what was meant for another one is no draft. */
  hostId: string
  instance: string
  /** An address that is put on in the same change, with its prefix; empty for none. */
  alias: string
  device: string
  ports: Record<string, ListenWish>
  source4: string
  source6: string
  sixth: 'any' | 'prefer-ipv4' | 'never'
  scope: 'all' | 'some'
  clients: string[]
  enforce: boolean
  helo: string
  greet: boolean
  boot: 'fail' | 'wait' | 'nonlocal'
  senders: SenderWish[]
  probe: 'pollux' | 'address' | 'none'
  probeAddress: string
  dnsServer: string
  domain: string
}

/** The bare host part of what was typed as the new address; empty while it is none. */
export function newAddress({ alias }: Wish): string {
  const typed = alias.trim()
  return typed === '' || problemOfAddress(typed) !== null ? '' : typed.replace(/\/.*/, '').toLowerCase()
}

/** Addresses that mail can use: those of the host, the one that is put on, those on failover IPs first. */
export function usableAddresses(host: MailHostView, wish: Wish): string[] {
  const added = newAddress(wish)
  const there = host.addresses.map((address) => address.host)
  return added === '' || there.includes(added) ? there : [added, ...there]
}

/** What a port can be told to listen on. */
export function listenable(host: MailHostView, instance: InstanceView, wish: Wish): string[] {
  const all = ['127.0.0.1', '::1', ...usableAddresses(host, wish)]
  const loopbackLast = [...all.filter((one) => !isLoopback(one)), ...all.filter(isLoopback)]
  return loopbackLast.filter((one) => instance.can.ipv6 || !one.includes(':'))
}

/** What the form starts with: the draft as far as it fits, else what Postfix does now. */
export function firstWish(host: MailHostView, kept: Wish | null, canProbe: boolean): Wish {
  const instance = host.instances.find((one) => one.name === kept?.instance) ?? host.instances[0]
  const now = wishOf(host, instance, canProbe)
  if (!kept || !instance || kept.hostId !== host.hostId || kept.instance !== instance.name) return now
  const isKnown = (port: string) => instance.ports.some((one) => one.port === port && one.whyNot === null)
  return {
    ...kept,
    // Once it was put on it is one of the host's.
    alias: host.addresses.some((address) => address.host === newAddress(kept)) ? '' : kept.alias,
    ports: { ...now.ports, ...Object.fromEntries(Object.entries(kept.ports).filter(([port]) => isKnown(port))) },
    device: host.devices.includes(kept.device) ? kept.device : now.device,
    clients: kept.clients.filter((key) => instance.clients.some((client) => client.key === key)),
    probe: kept.probe === 'pollux' && !canProbe ? now.probe : kept.probe,
  }
}

/** What an instance does now, as the form shows it. */
export function wishOf(host: MailHostView, instance: InstanceView | undefined, canProbe: boolean): Wish {
  const now = instance?.wish
  const ports = (instance?.ports ?? []).filter(({ whyNot, isLoopbackOnly }) => whyNot === null && !isLoopbackOnly)
  return {
    hostId: host.hostId,
    instance: instance?.name ?? '-',
    alias: '',
    device: host.devices[0] ?? '',
    ports: Object.fromEntries(
      ports.map(({ port }) => {
        const addresses = now?.listeners.find((listener) => listener.port === port)?.addresses ?? null
        return [port, { mode: 'leave', addresses: addresses ?? [] }]
      }),
    ),
    source4: now?.source4 ?? '',
    source6: now?.source6 ?? '',
    sixth: now?.sixth ?? 'any',
    scope: now && now.scope !== 'all' ? 'some' : 'all',
    clients: now && now.scope !== 'all' ? [...now.scope] : [],
    enforce: now?.enforce ?? false,
    helo: now?.helo ?? '',
    greet: now?.greet ?? false,
    boot: now?.boot ?? 'fail',
    senders: (now?.senders ?? []).map(({ pattern, source4, source6, helo }) => ({
      pattern,
      source4: source4 ?? '',
      source6: source6 ?? '',
      helo: helo ?? '',
    })),
    probe: canProbe ? 'pollux' : 'none',
    probeAddress: '',
    dnsServer: '',
    domain: '',
  }
}

/**
 * The form as one address would have it: mail comes in and goes out at this address, and local programs still hand in
 * theirs. What was chosen otherwise before stays.
 */
export function aroundAddress(wish: Wish, instance: InstanceView, address: string): Wish {
  const loopback = instance.can.ipv6 ? ['127.0.0.1', '::1'] : ['127.0.0.1']
  const ports: Wish['ports'] = wish.ports['25']
    ? { ...wish.ports, '25': { mode: 'chosen', addresses: [address, ...loopback] } }
    : wish.ports
  const source = address.includes(':') ? { source6: address } : { source4: address }
  return { ...wish, ...source, ports }
}

/** The agent's desired, or null where something is not chosen or not right yet. */
export function desiredOf(host: MailHostView, instance: InstanceView, wish: Wish): unknown {
  if (problemsOf(wish).length > 0) return null
  const none = (text: string) => (text.trim() === '' ? null : text.trim())
  const listeners = Object.entries(wish.ports).flatMap(([port, { mode, addresses }]) => {
    if (mode === 'every') return [{ port, addresses: null }]
    if (mode === 'chosen') return [{ port, addresses }]
    // What is left as it is belongs to the wish where mail comes in, so that it is proved to listen.
    return instance.wish.listeners.filter((now) => port === '25' && now.port === port && now.addresses !== null)
  })
  const probes = {
    pollux: { to: 'pollux' },
    address: { to: 'address', address: wish.probeAddress.trim() },
    none: null,
  } as const
  return {
    operation: 'set',
    hostId: host.hostId,
    instance: instance.name,
    listeners,
    source4: none(wish.source4),
    source6: none(wish.source6),
    helo: none(wish.helo),
    sixth: wish.sixth,
    scope: wish.scope === 'all' ? 'all' : wish.clients,
    enforce: wish.enforce && (wish.source4 !== '' || wish.source6 !== ''),
    greet: wish.greet && wish.helo.trim() !== '',
    boot: wish.boot,
    senders: wish.senders.map(({ pattern, source4, source6, helo }) => ({
      pattern,
      source4: none(source4),
      source6: none(source6),
      helo: none(helo),
    })),
    proof: { probe: probes[wish.probe], dnsServer: none(wish.dnsServer), domain: none(wish.domain) },
  }
}

/** What comes first in the same change: the address that is put on. */
export function firstOf(host: MailHostView, wish: Wish): { agentId: string; desired: unknown }[] {
  if (newAddress(wish) === '') return []
  const to = { hostId: host.hostId, device: wish.device }
  const desired = { operation: 'add', address: wish.alias.trim(), to, keep: 'boot', announce: true }
  return [{ agentId: 'failover-ip', desired }]
}

/** What keeps the form from being planned, by the field that it stands under. */
export function problemsOf(wish: Wish): { field: string; text: string }[] {
  const found: { field: string; text: string | null }[] = [
    { field: 'alias', text: wish.alias.trim() === '' ? null : problemOfAddress(wish.alias) },
    ...Object.entries(wish.ports).map(([port, { mode, addresses }]) => ({
      field: `port.${port}`,
      text: mode === 'chosen' && addresses.length === 0 ? 'Choose at least one address.' : null,
    })),
    {
      field: 'clients',
      text: wish.scope === 'some' && wish.clients.length === 0 ? 'Choose at least one client.' : null,
    },
    { field: 'helo', text: wish.helo.trim() === '' ? null : problemOfHelo(wish.helo) },
    ...wish.senders.flatMap((sender, at) => senderProblems(sender, at)),
    { field: 'probeAddress', text: wish.probe === 'address' ? problemOfMailbox(wish.probeAddress) : null },
    { field: 'dnsServer', text: wish.dnsServer.trim() === '' ? null : problemOfPlainAddress(wish.dnsServer) },
    { field: 'domain', text: wish.domain.trim() === '' ? null : problemOfHelo(wish.domain) },
  ]
  return found.flatMap(({ field, text }) => (text === null ? [] : [{ field, text }]))
}

function senderProblems({ pattern, source4, source6, helo }: SenderWish, at: number) {
  const isNobody = source4 === '' && source6 === '' && helo.trim() === ''
  return [
    { field: `senders.${at}.pattern`, text: problemOfPattern(pattern) },
    { field: `senders.${at}.helo`, text: helo.trim() === '' ? null : problemOfHelo(helo) },
    {
      field: `senders.${at}.source4`,
      text: isNobody ? 'Choose an address or a name, or leave this sender out.' : null,
    },
  ]
}

/** What the choices bring along, by the field that it stands under: right to plan with, and good to know. */
export function conflictsOf(host: MailHostView, instance: InstanceView, wish: Wish): Record<string, string> {
  const conflicts: Record<string, string> = {}
  const there = usableAddresses(host, wish)
  for (const [port, { mode, addresses }] of Object.entries(wish.ports)) {
    if (mode !== 'chosen') continue
    if (port === '25' && addresses.length > 0 && !addresses.some(isLoopback))
      conflicts[`port.${port}`] =
        'Programs that hand mail to localhost get "connection refused". sendmail goes on working.'
    const missing = addresses.find((address) => !isLoopback(address) && !there.includes(address))
    if (missing !== undefined && wish.boot !== 'nonlocal')
      conflicts[`port.${port}`] = `${host.name} does not have ${missing}.`
  }
  const hasSix = instance.can.ipv6 && there.some((address) => address.includes(':'))
  if (wish.source4 !== '' && wish.source6 === '' && wish.sixth === 'any' && hasSix)
    conflicts['sixth'] = 'Over IPv6, mail still leaves from any address.'
  const listens = Object.values(wish.ports).some(({ mode, addresses }) =>
    mode === 'chosen' ? addresses.some((address) => !isLoopback(address)) : false,
  )
  if (wish.boot === 'fail' && listens) conflicts['boot'] = 'If an address is missing at boot, there is no mail at all.'
  if (wish.greet && wish.helo.trim() === '') conflicts['greet'] = 'Type a name first.'
  return conflicts
}
