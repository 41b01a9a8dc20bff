import { refuse } from '@/lib/agent'
import { parseAddress } from '@/lib/agent/ip-address'
import { bootFiles } from './boot'
import { LOOPBACK_CLIENT, sharedFilters, withClients, withExactly, withLoopbackClient } from './clients'
import type { SetDesired } from './desired'
import { type Destination, destinationsOf } from './destinations'
import { replaceService } from './edit-master'
import { withOption, withoutOption } from './edit-service'
import { socketOf } from './endpoint'
import type { Instance, PostfixFacts } from './facts'
import { greets, identityOf, isAnySource, isUsualName } from './identity'
import { addressesOf, withListeners } from './listeners'
import { type MainCf, parseMainCf, printMainCf, removeParameter, setParameter } from './main-cf'
import { listServices, type MasterCf, printMasterCf } from './master-cf'
import { openPortsOf } from './open-ports'
import { bytesAt, expandedParameterOf, masterOf, ownParameterOf, type ParameterName, parameterOf } from './parameters'
import { mainPath, masterPath, sendersPath } from './paths'
import { withGreeter, withOwnCaches } from './postscreen'
import { senderClients, sendersText, withSenderClients, withSendersTable } from './senders'
import { isLoopback } from './typed'

/** The files of an instance as a wish wants them, by path; null where there must be none. Pure. Throws `invalid`. */
export function wishedFiles(facts: PostfixFacts, instance: Instance, desired: SetDesired): Map<string, string | null> {
  const listening = desired.listeners.reduce(
    (doc, { port, addresses }) => withListeners(doc, port, addresses),
    masterOf(facts, instance),
  )
  const now = identityOf(facts, instance)
  const isListeningOtherwise = printMasterCf(listening) !== bytesAt(facts.files, masterPath(instance))
  const screening = isListeningOtherwise
    ? withOwnCaches(listening, ownParameterOf(facts, instance, 'postscreen_cache_map'))
    : listening
  const greeting = withGreeter(withGreeting(screening, desired, now.helo), desired)

  // Of the lines that will listen: their options go with them, and so does a filter that one of them names.
  const destinations = destinationsOf(facts, instance, greeting)
  const shared = sharedFilters(greeting, desired, destinations)
  const stays = destinations.some(({ client, isLoopback }) => client === LOOPBACK_CLIENT && isLoopback)
  const isBound = desired.source4 !== null || desired.source6 !== null
  const needsLoopback = shared.length > 0 || (stays && isBound)
  const clients = senderClients(desired.senders)
  const sending = withClients(greeting, desired, destinations)
  const filtering = withFilters(withLoopbackClient(sending, needsLoopback), destinations, shared, isBound)
  const master = withSenderClients(filtering, clients, desired)

  const main = parseMainCf(bytesAt(facts.files, mainPath(instance)))
  const identified = withMainIdentity(main, facts, instance, desired)
  const filtered = withMainFilter(identified, facts, instance, shared, isBound)
  const table = withSendersTable(filtered, sendersPath(instance), clients.length > 0)

  return new Map([
    [mainPath(instance), printMainCf(table)],
    [masterPath(instance), printMasterCf(master)],
    [sendersPath(instance), sendersText(clients)],
    ...bootFiles(desired.boot, facts, instance, boundAddresses(facts, instance, desired)),
  ])
}

/** The addresses beyond loopback that the wish binds: listened on, or sent from. */
export function ownAddresses({ listeners, source4, source6, senders }: SetDesired): string[] {
  const listened = listeners.flatMap(({ addresses }) => addresses ?? [])
  const sent = [source4, source6, ...senders.flatMap((sender) => [sender.source4, sender.source6])]
  const all = [...listened, ...sent.filter((host) => host !== null)]
  return [...new Set(all.filter((host) => !isLoopback(host)))]
}

/** Those, and the addresses of ports that the wish leaves as they are: Postfix binds them too each time that it starts. */
export function boundAddresses(facts: PostfixFacts, instance: Instance, desired: SetDesired): string[] {
  const staying = openPortsOf(facts, instance)
    .filter(({ port }) => !desired.listeners.some((one) => one.port === port))
    .flatMap((port) => addressesOf(port) ?? [])
    .flatMap((host) => parseAddress(host)?.host ?? [])
  return [...new Set([...ownAddresses(desired), ...staying.filter((host) => !isLoopback(host))])]
}

/**
 * Port 25 of its own addresses greets with the HELO name, or with $myhostname like the rest. A name that is not the one
 * which mail has gone out under is somebody else's choice, and stays.
 */
function withGreeting(doc: MasterCf, { listeners, greet, helo }: SetDesired, heloNow: string | null): MasterCf {
  const mail = listeners.find(({ port }) => port === '25')
  if (!mail) return doc
  const own: readonly (string | null)[] = mail.addresses?.filter((host) => !isLoopback(host)) ?? [null]
  return own.reduce((after: MasterCf, host) => {
    const socket = socketOf({ host, port: '25' })
    const service = listServices(after).findLast(
      (one) => one.type === 'inet' && one.port !== null && socketOf({ host: one.host, port: one.port }) === socket,
    )
    if (!service) return after
    const isOurs = heloNow !== null && greets(service.options, heloNow)
    const bytes =
      greet && helo !== null && host !== null
        ? withOption(service, 'myhostname', helo, { allowBraces: false })
        : isOurs
          ? withoutOption(service, 'myhostname')
          : service.raw
    return bytes === service.raw ? after : replaceService(after, service.line, bytes)
  }, doc)
}

/**
 * main.cf's part of the identity: with scope `all` everything, else what only main.cf can say. A line that says as much
 * already, in whatever words, stays.
 */
function withMainIdentity(doc: MainCf, facts: PostfixFacts, instance: Instance, desired: SetDesired): MainCf {
  const { scope, source4, source6, helo, enforce, sixth } = desired
  const isAll = scope === 'all'
  const isEnforced = enforce && (source4 ?? source6) !== null
  const preference = ownParameterOf(facts, instance, 'smtp_address_preference')
  const wanted: [ParameterName, string | null, (own: string) => boolean][] = [
    ['smtp_bind_address', isAll ? source4 : null, isAnySource],
    ['smtp_bind_address6', isAll ? source6 : null, isAnySource],
    ['smtp_bind_address_enforce', isAll && isEnforced ? 'yes' : null, (own) => own === 'no'],
    ['smtp_helo_name', isAll ? helo : null, isUsualName],
    ['smtp_address_preference', sixth === 'prefer-ipv4' ? 'ipv4' : null, () => preference !== 'ipv4'],
  ]
  return wanted.reduce((after, [name, value, saysNothing]) => {
    const own = ownParameterOf(facts, instance, name)
    if (value === null) return own === null || saysNothing(own) ? after : removeParameter(after, name)
    return own !== null && expandedParameterOf(facts, instance, name) === value
      ? after
      : setParameter(after, name, value)
  }, doc)
}

/** Filters that share a client with the world go by the loopback client instead; and back, once nothing is bound. */
function withFilters(
  doc: MasterCf,
  destinations: readonly Destination[],
  shared: readonly Destination[],
  isBound: boolean,
): MasterCf {
  return destinations.reduce((after, destination) => {
    const to = clientFor(destination, shared, isBound)
    if (destination.service === null || to === null) return after
    return withExactly(after, destination.service, { content_filter: `${to}:${destination.nexthop}` }, [
      'content_filter',
    ])
  }, doc)
}

function withMainFilter(
  doc: MainCf,
  facts: PostfixFacts,
  instance: Instance,
  shared: readonly Destination[],
  isBound: boolean,
): MainCf {
  const filter = destinationsOf(facts, instance).find(
    ({ service, parameter }) => service === null && parameter === 'content_filter',
  )
  const to = filter ? clientFor(filter, shared, isBound) : null
  if (!filter || to === null) return doc
  if (ownParameterOf(facts, instance, 'content_filter') !== parameterOf(facts, instance, 'content_filter')) {
    throw refuse('The content filter is not set in main.cf itself, so Pollux cannot give it another client.')
  }
  return setParameter(doc, 'content_filter', `${to}:${filter.nexthop}`)
}

/** The client that a filter must have instead of its own; null when it keeps it. */
function clientFor(destination: Destination, shared: readonly Destination[], isBound: boolean): string | null {
  if (destination.parameter !== 'content_filter') return null
  const isShared = shared.some(({ where }) => where === destination.where)
  if (isShared) return LOOPBACK_CLIENT
  return destination.client === LOOPBACK_CLIENT && !isBound ? 'smtp' : null
}
