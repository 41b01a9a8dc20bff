import { parseAddress } from '@/lib/agent/ip-address'
import { clientsOf } from './clients'
import type { SetDesired } from './desired'
import { destinationsOf } from './destinations'
import type { Instance, PostfixFacts } from './facts'
import { addressesOf, type Port } from './listeners'
import { openPortsOf } from './open-ports'
import { expandedParameterOf, masterOf } from './parameters'
import { isShipped, readWish } from './read-wish'
import { instanceOf, problemsOf, whyNoPostfix } from './resolve'
import { throughOf } from './through'
import { isLoopback } from './typed'
import { isAtLeast, type SupportMark, supportOf } from './version'

/** An address that the host has and mail could use. */
export interface AddressView {
  host: string
  family: 4 | 6
  device: string
  /** Looks like one that was put there besides the host's own: offered first. */
  isFailover: boolean
}

/** A port that master.cf listens on. */
export interface PortView {
  port: string
  /** "Mail from other servers" */
  label: string
  /** The program that answers: smtpd, postscreen, … */
  program: string
  /** What listens now, for the screen. */
  now: string
  /** Why its addresses cannot be chosen; null when they can. */
  whyNot: string | null
  /** It was made for a filter on the host itself. */
  isLoopbackOnly: boolean
}

/** One SMTP client of master.cf. */
export interface ClientView {
  key: string
  /** What it delivers, in few words. */
  what: string
}

/** One Postfix as the form begins with it. */
export interface InstanceView {
  name: string
  directory: string
  /** Why nothing can be changed here, as a sentence; null when something can. */
  whyNot: string | null
  /** What it does now, as a wish. */
  wish: SetDesired
  /** Whether that is what its package ships, as far as a wish goes. */
  isShipped: boolean
  ports: readonly PortView[]
  clients: readonly ClientView[]
  /** Who else handles mail: filters, milters, relays, tables, postscreen, the chroot. */
  through: readonly string[]
  myhostname: string | null
  mydomain: string | null
  /** What this version and host can do. */
  can: { enforce: boolean; preferIpv4: boolean; senders: boolean; wait: boolean; ipv6: boolean }
  /** What Postfix complains of already. */
  problems: readonly string[]
}

/** What the wizard shows of one host. */
export interface HostView {
  /** Why there is no Postfix to change, as a sentence; null when there is. */
  whyNot: string | null
  /** Whether Postfix can be installed here by Pollux. */
  canInstall: boolean
  version: string | null
  support: SupportMark | null
  queued: number | null
  addresses: readonly AddressView[]
  /** Devices that an address can be put on. */
  devices: readonly string[]
  instances: readonly InstanceView[]
}

const labels: Readonly<Record<string, string>> = {
  '25': 'Mail from other servers',
  '465': 'Mail from users, over TLS',
  '587': 'Mail from users',
}

/** Pure. */
export function hostView(facts: PostfixFacts, hostId: string, hostName: string): HostView {
  const hasPostfix = facts.instances.length > 0
  const isFree = !(facts.sockets ?? []).some(({ port, program }) => port === 25 && program !== null)
  const outward = facts.addresses.filter(({ host, scope }) => !isLoopback(host) && scope === 'global')
  return {
    whyNot: hasPostfix ? null : whyNoPostfix(hostName, facts),
    canInstall: !hasPostfix && isFree && facts.programs.includes('apt-get'),
    version: facts.version,
    support: facts.version === null ? null : supportOf(facts.version),
    queued: facts.queued,
    addresses: outward
      .map(({ host, family, prefix, device }) => ({
        host,
        family,
        device,
        isFailover: prefix === (family === 4 ? 32 : 128),
      }))
      .toSorted((a, b) => Number(b.isFailover) - Number(a.isFailover)),
    devices: [...new Set(outward.map(({ device }) => device))],
    instances: facts.instances.map((instance) => instanceView(facts, hostId, hostName, instance)),
  }
}

function instanceView(facts: PostfixFacts, hostId: string, name: string, instance: Instance): InstanceView {
  const doc = masterOf(facts, instance)
  const ports = openPortsOf(facts, instance, doc)
  const destinations = destinationsOf(facts, instance, doc)
  const protocols = expandedParameterOf(facts, instance, 'inet_protocols') ?? 'all'
  const wish = readWish(facts, hostId, instance, { probe: null, dnsServer: null, domain: null })
  const views = ports.map(portView)
  return {
    name: instance.name,
    directory: instance.directory,
    whyNot: whyNotChanged({ hostId, name, facts }, instance.name),
    wish: {
      ...wish,
      listeners: wish.listeners.filter(({ port }) => views.some((view) => view.port === port && view.whyNot === null)),
    },
    isShipped: isShipped(facts, instance),
    ports: views,
    clients: clientsOf(doc)
      .filter(({ name: client }) => !client.startsWith('pollux-'))
      .map(({ key, name: client }) => ({ key, what: clientWords(client, destinations) })),
    through: throughOf(facts, instance),
    myhostname: expandedParameterOf(facts, instance, 'myhostname'),
    mydomain: expandedParameterOf(facts, instance, 'mydomain'),
    can: {
      enforce: isAtLeast(facts.version, '3.7'),
      preferIpv4: isAtLeast(facts.version, '2.8'),
      senders: isAtLeast(facts.version, '2.8'),
      wait: instance.unit !== null,
      ipv6: /\b(all|ipv6)\b/.test(protocols) && facts.addresses.some(({ family }) => family === 6),
    },
    problems: problemsOf(facts, instance)
      .filter(({ kind }) => kind !== 'info')
      .map(({ path, line, text }) => `${path}, line ${line}: ${text}`),
  }
}

function whyNotChanged(host: Parameters<typeof instanceOf>[0], name: string): string | null {
  try {
    instanceOf(host, name)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function portView(port: Port): PortView {
  const addresses = addressesOf(port)
  const named = port.services.find(({ host }) => host !== null && host !== 'localhost' && !parseAddress(host))
  const isLoopbackOnly = addresses?.every((host) => host === 'localhost' || isLoopback(host)) ?? false
  const whyNot = named
    ? `Line ${named.line} of master.cf listens on ${named.host}, a name: write the address there.`
    : addresses?.includes('localhost')
      ? 'master.cf listens on "localhost" there: write 127.0.0.1.'
      : null
  return {
    port: port.port,
    label: labels[port.port] ?? (isLoopbackOnly ? 'For programs on the host itself' : 'Another service'),
    program: port.services[0]?.command ?? '',
    now: addresses === null ? 'every address' : addresses.join(', '),
    whyNot,
    isLoopbackOnly,
  }
}

function clientWords(client: string, destinations: ReturnType<typeof destinationsOf>): string {
  const filter = destinations.find((one) => one.client === client && one.isLoopback)
  if (filter) return `the filter at ${filter.nexthop}`
  if (client === 'smtp') return 'mail to other servers'
  if (client === 'relay') return 'mail that is only relayed'
  return 'what is handed to it by name'
}
