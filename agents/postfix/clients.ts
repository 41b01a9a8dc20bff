import { refuse } from '@/lib/agent'
import type { Identity, SetDesired } from './desired'
import type { Destination } from './destinations'
import { insertAfter, removeService, replaceService } from './edit-master'
import { copied, withOption, withoutOption } from './edit-service'
import { listServices, type MasterCf, type Service } from './master-cf'

/** What hands mail to a filter on the host itself, from no fixed address. */
export const LOOPBACK_CLIENT = 'pollux-loopback'

/** The clients of master.cf that deliver where nothing else is said. */
export const USUAL: readonly string[] = ['smtp/unix', 'relay/unix']

/** All that a wish says of a client: its identity, and the families that it uses. */
export const SAID = [
  'smtp_bind_address',
  'smtp_bind_address6',
  'smtp_bind_address_enforce',
  'smtp_helo_name',
  'inet_protocols',
] as const

/** The services of master.cf that are SMTP clients; of two with one name the last one counts. */
export function clientsOf(doc: MasterCf): Service[] {
  const clients = listServices(doc).filter(({ type, command }) => type === 'unix' && command === 'smtp')
  return [...new Map(clients.map((client) => [client.key, client])).values()]
}

/** The options of a client that sends as this identity; what is not among them it takes from main.cf. */
export function identityOptions({ source4, source6, helo }: Identity, enforce: boolean): Record<string, string> {
  return {
    ...(source4 === null ? {} : { smtp_bind_address: source4 }),
    ...(source6 === null ? {} : { smtp_bind_address6: source6 }),
    ...(enforce && (source4 ?? source6) !== null ? { smtp_bind_address_enforce: 'yes' } : {}),
    ...(helo === null ? {} : { smtp_helo_name: helo }),
  }
}

/**
 * The clients with their identity as wished: with scope `all` none of the usual clients says otherwise than main.cf; else
 * the chosen ones, and no other usual one, carry it. What hands mail to a filter on the host itself keeps no source.
 */
export function withClients(doc: MasterCf, desired: SetDesired, destinations: readonly Destination[]): MasterCf {
  const { scope, enforce, sixth } = desired
  const chosen = scope === 'all' ? [] : scope
  const missing = chosen.find((key) => !clientsOf(doc).some((client) => client.key === key))
  if (missing) throw refuse(`master.cf has no SMTP client ${missing}.`, 'scope')
  const withIdentity = clientsOf(doc).reduce((after, { key }) => {
    if (!USUAL.includes(key) && !chosen.includes(key)) return after
    const options = chosen.includes(key) ? identityOptions(desired, enforce) : {}
    const families: Record<string, string> = sixth === 'never' ? { inet_protocols: 'ipv4' } : {}
    return withExactly(after, key, { ...options, ...families }, SAID)
  }, doc)
  // The loopback client has no source whatever is wished.
  const local = filterClients(destinations).filter(
    (client) => client !== LOOPBACK_CLIENT && !USUAL.includes(`${client}/unix`),
  )
  return local.reduce((after, client) => withoutSource(after, `${client}/unix`, desired), withIdentity)
}

/** Filters on the host itself that are reached by one of the clients that get a source: they need another client. */
export function sharedFilters(doc: MasterCf, desired: SetDesired, destinations: readonly Destination[]): Destination[] {
  if (desired.source4 === null && desired.source6 === null) return []
  const bound = desired.scope === 'all' ? clientsOf(doc).map(({ key }) => key) : desired.scope
  return destinations.filter(
    ({ parameter, client, isLoopback }) =>
      parameter === 'content_filter' &&
      isLoopback &&
      USUAL.includes(`${client}/unix`) &&
      bound.includes(`${client}/unix`),
  )
}

/** Adds the client for filters on the host itself, or takes it out when nothing needs it. */
export function withLoopbackClient(doc: MasterCf, isNeeded: boolean): MasterCf {
  const key = `${LOOPBACK_CLIENT}/unix`
  const there = clientsOf(doc).find((client) => client.key === key)
  if (!isNeeded) return there ? removeService(doc, there.line) : doc
  if (there) return doc
  return addClient(doc, LOOPBACK_CLIENT, { smtp_bind_address: '', smtp_bind_address6: '' })
}

/** A new client with the columns of `smtp unix` and these options, behind it. */
export function addClient(doc: MasterCf, name: string, options: Readonly<Record<string, string>>): MasterCf {
  const template = clientsOf(doc).find(({ key }) => key === 'smtp/unix')
  if (!template) throw refuse('master.cf has no service "smtp unix" whose columns a new client could have.')
  const raw = copied(template, name)
  const added = insertAfter(doc, template.line, raw)
  return withExactly(added, `${name}/unix`, options, SAID)
}

/** A service with exactly these of the named options; its other options stay. */
export function withExactly(
  doc: MasterCf,
  key: string,
  options: Readonly<Record<string, string>>,
  names: readonly string[],
): MasterCf {
  return names.reduce((after, name) => {
    const service = listServices(after).findLast((one) => one.key === key)
    if (!service) return after
    const value = options[name]
    if (value === undefined && !service.options.some((option) => option.name === name)) return after
    const bytes =
      value === undefined ? withoutOption(service, name) : withOption(service, name, value, { allowBraces: false })
    return bytes === service.raw ? after : replaceService(after, service.line, bytes)
  }, doc)
}

function filterClients(destinations: readonly Destination[]): string[] {
  const local = destinations.filter(({ parameter, isLoopback }) => parameter === 'content_filter' && isLoopback)
  return [...new Set(local.map(({ client }) => client))]
}

/** Gives a filter's own client back its free choice of source, where main.cf would take it away. */
function withoutSource(doc: MasterCf, key: string, { scope, source4, source6 }: SetDesired): MasterCf {
  const service = listServices(doc).findLast((one) => one.key === key)
  if (service?.command !== 'smtp') return doc
  const isOwn = (name: string) => service.options.some((option) => option.name === name && !isEmptySource(option.value))
  const wanted = (name: string, source: string | null) =>
    scope === 'all' && source !== null && !isOwn(name) ? { [name]: '' } : undefined
  const options = { ...wanted('smtp_bind_address', source4), ...wanted('smtp_bind_address6', source6) }
  const names = ['smtp_bind_address', 'smtp_bind_address6'].filter((name) => !isOwn(name))
  return withExactly(doc, key, options, names)
}

// Postfix takes all three for "no source"; who wrote 127.0.0.1 or 0.0.0.0 there has said what he wants.
function isEmptySource(value: string): boolean {
  return value === ''
}
