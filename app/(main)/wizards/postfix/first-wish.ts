import type { InstanceView } from '@/agents/postfix/view'
import { listensNow, type MailHostView, newAddress, type Wish } from './wish'

// The server's: the browser gets what comes of it.

/** Whether a draft is about this host as it is now. */
export function isDraftOf(host: MailHostView, kept: Wish | null): kept is Wish {
  return kept?.hostId === host.hostId && host.instances.some(({ name, whyNot }) => name === kept.instance && !whyNot)
}

/** What the form starts with: the draft as far as it fits, else what Postfix does now. */
export function firstWish(host: MailHostView, kept: Wish | null, canProbe: boolean): Wish {
  const isDraft = isDraftOf(host, kept)
  const wanted = isDraft ? kept.instance : null
  const instance = host.instances.find(({ name, whyNot }) => (wanted === null ? whyNot === null : name === wanted))
  const now = wishOf(host, instance, canProbe)
  if (!isDraft || !instance) return now
  return {
    ...kept,
    // Once it was put on it is one of the host's.
    alias: host.addresses.some((address) => address.host === newAddress(kept)) ? null : kept.alias,
    ports: Object.fromEntries(Object.entries(now.ports).map(([port, own]) => [port, kept.ports[port] ?? own])),
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
    alias: null,
    device: host.devices[0] ?? '',
    ports: Object.fromEntries(
      ports.map(({ port }) => {
        const addresses = instance ? (listensNow(instance, port) ?? []) : []
        return [port, { mode: 'leave', addresses: [...addresses] }]
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
