import type { InstanceView } from '@/agents/postfix/view'
import { problemsOf } from './conflicts'
import { type MailHostView, newAddress, type Wish } from './wish'

/** The agent's desired, or null where something is not chosen or not right yet. */
export function desiredOf(host: MailHostView, instance: InstanceView, wish: Wish): unknown {
  if (problemsOf(wish).length > 0) return null
  const listeners = Object.entries(wish.ports).flatMap(([port, { mode, addresses }]) => {
    if (mode === 'every') return [{ port, addresses: null }]
    if (mode === 'chosen') return [{ port, addresses }]
    // What is left as it is belongs to the wish where mail comes in, so that it is proved to listen.
    return instance.wish.listeners.filter((now) => port === '25' && now.port === port && now.addresses !== null)
  })
  return {
    operation: 'set',
    hostId: host.hostId,
    instance: instance.name,
    listeners,
    ...identityOf(wish),
    // Who chooses a source for IPv6 wants it used.
    sixth: wish.source6 !== '' && wish.sixth === 'never' ? 'any' : wish.sixth,
    scope: wish.scope === 'all' ? 'all' : wish.clients,
    enforce: instance.can.enforce && wish.enforce && (wish.source4 !== '' || wish.source6 !== ''),
    greet: wish.greet && wish.helo.trim() !== '',
    boot: wish.boot,
    senders: wish.senders.map((sender) => ({ pattern: sender.pattern, ...identityOf(sender) })),
    proof: proofOf(wish),
  }
}

function identityOf({ source4, source6, helo }: Pick<Wish, 'source4' | 'source6' | 'helo'>) {
  return { source4: none(source4), source6: none(source6), helo: none(helo) }
}

/** How the change shall be proved beyond the host. */
export function proofOf({ probe, probeAddress, dnsServer, domain }: Wish) {
  const probes = { pollux: { to: probe }, address: { to: probe, address: probeAddress.trim() }, none: null }
  return { probe: probes[probe], dnsServer: none(dnsServer), domain: none(domain) }
}

function none(text: string): string | null {
  return text.trim() || null
}

/** What comes first in the same change: the address that is put on. */
export function firstOf(host: MailHostView, wish: Wish): { agentId: string; desired: unknown }[] {
  if (wish.alias === null || newAddress(wish) === '') return []
  const to = { hostId: host.hostId, device: wish.device }
  const desired = { operation: 'add', address: wish.alias.trim(), to, keep: 'boot', announce: true }
  return [{ agentId: 'failover-ip', desired }]
}
