import { isLoopback } from '@/agents/postfix/typed'
import type { HostView, InstanceView } from '@/agents/postfix/view'
import { problemOfAddress } from '@/lib/agent/typed-address'

export interface MailHostView extends HostView {
  hostId: string
  name: string
  /** The names in the DNS of the addresses that were asked for; an empty list is an answer. */
  names: Readonly<Record<string, readonly string[]>>
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
  /** An address that is put on in the same change, with its prefix, as far as it is typed; null for none. */
  alias: string | null
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
export function newAddress({ alias }: Pick<Wish, 'alias'>): string {
  if (alias === null || problemOfAddress(alias) !== null) return ''
  return alias.trim().replace(/\/.*/, '').toLowerCase()
}

/** Addresses that mail can use: those of the host, the one that is put on, those on failover IPs first. */
export function usableAddresses(host: MailHostView, wish: Wish): string[] {
  const added = newAddress(wish)
  const there = host.addresses.map((address) => address.host)
  return added === '' || there.includes(added) ? there : [added, ...there]
}

/** Where programs on the host itself hand in mail. */
export function loopbackOf({ can }: InstanceView): string[] {
  return can.ipv6 ? ['127.0.0.1', '::1'] : ['127.0.0.1']
}

/** What a port can be told to listen on, and what it is told already; loopback last. */
export function listenable(host: MailHostView, instance: InstanceView, wish: Wish, port: string): string[] {
  const usable = usableAddresses(host, wish).filter((one) => instance.can.ipv6 || !one.includes(':'))
  const all = [...usable, ...(wish.ports[port]?.addresses ?? []), ...loopbackOf(instance)]
  return [...new Set([...all.filter((one) => !isLoopback(one)), ...all.filter(isLoopback)])]
}

/** The addresses that a port listens on now; null for every one. */
export function listensNow({ wish }: InstanceView, port: string): readonly string[] | null {
  return wish.listeners.find((listener) => listener.port === port)?.addresses ?? null
}
