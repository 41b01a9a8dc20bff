import { refuse } from '@/lib/agent'
import { parseAddress } from '@/lib/agent/ip-address'
import { linesOfComment, listCommentedServices } from './commented-services'
import { commentOut, insertAfter, removeService, replaceService, uncomment } from './edit-master'
import { copied, renamed, withoutOption } from './edit-service'
import { socketOf } from './endpoint'
import { listServices, type MasterCf, type Service } from './master-cf'
import { isLoopback } from './typed'

/** A service of type inet whose name can be split. */
type Listener = Service & { port: string }

/** The services of type inet that share a port, whatever they listen on. */
export interface Port {
  /** "25", or a name of /etc/services that is none of mail's. */
  port: string
  /** Those that count: of two for one socket the last one. */
  services: readonly Listener[]
}

/** The ports that master.cf listens on, in the file's order. */
export function portsOf(doc: MasterCf): Port[] {
  const ports = new Map<string, Map<string, Listener>>()
  for (const service of listenersOf(doc)) {
    const number = socketOf({ host: null, port: service.port })
    ports.set(number, (ports.get(number) ?? new Map()).set(socketOf(service), service))
  }
  return [...ports].map(([port, services]) => ({ port, services: [...services.values()] }))
}

function listenersOf(doc: MasterCf): Listener[] {
  return listServices(doc).flatMap((service) => {
    const { type, port } = service
    return type === 'inet' && port !== null ? [{ ...service, port }] : []
  })
}

/** All services of a port: of two for one socket also the first, which counts once the other is gone. */
function allOf(doc: MasterCf, wanted: string): Listener[] {
  return listenersOf(doc).filter(({ port }) => socketOf({ host: null, port }) === wanted)
}

/** The addresses that a port listens on, as the kernel prints them; null when it is every address; names as written. */
export function addressesOf({ services }: Port): string[] | null {
  if (services.some(({ host }) => host === null)) return null
  return services.map(({ host }) => parseAddress(host ?? '')?.host ?? host ?? '')
}

/**
 * The file with a port listening on exactly these addresses (null: on every address, as the package ships it). A line
 * that listens as wished keeps every byte; a new one has the columns and options of the line that it comes from; the
 * line for every address becomes a comment, so that the way back finds it. Throws `invalid` for a host name in its place.
 */
export function withListeners(doc: MasterCf, port: string, wanted: readonly string[] | null): MasterCf {
  const found = portsOf(doc).find((one) => one.port === port)
  if (!found) throw refuse(`Nothing in master.cf listens on port ${port} now.`, `listeners.${port}`)
  return wanted === null ? withEveryAddress(doc, found) : withAddresses(doc, found, wanted)
}

function withAddresses(doc: MasterCf, { port, services }: Port, wanted: readonly string[]): MasterCf {
  const named = services.find(({ host }) => host !== null && host !== 'localhost' && !parseAddress(host))
  if (named) {
    throw refuse(
      `Line ${named.line} of master.cf listens on ${named.host}, and which address that is Pollux cannot tell. Write the address there.`,
      `listeners.${port}`,
    )
  }
  const have = addressesOf({ port, services }) ?? services.flatMap(({ host }) => hostOf(host))
  const isHeld = (host: string) => have.includes(host) || (have.includes('localhost') && isLoopback(host))
  const template = services.find(({ host }) => host === null) ?? services.find(isOutward) ?? services[0]
  if (!template) return doc
  const lines = wanted.filter((host) => !isHeld(host)).map((host) => lineOf(template, host))
  // From the last line to the first, so that the numbers of those before stay.
  return allOf(doc, port)
    .toSorted((a, b) => b.line - a.line)
    .reduce((after, service) => {
      const isTemplate = service.line === template.line
      const added = isTemplate && lines.length > 0 ? insertAfter(after, service.line, lines.join('')) : after
      if (service.host === null) return commentOut(added, service.line)
      return isWanted(service.host, wanted) ? added : removeService(added, service.line)
    }, doc)
}

function withEveryAddress(doc: MasterCf, { port, services }: Port): MasterCf {
  const specific = allOf(doc, port).filter(({ host }) => host !== null)
  const [first] = specific
  if (!first) return doc
  const isThere = services.some(({ host }) => host === null)
  const without = specific.toSorted((a, b) => b.line - a.line)
  if (isThere) return without.reduce((after, { line }) => removeService(after, line), doc)
  const old = commentedOf(doc, specific)
  if (!old) {
    const template = specific.find(isOutward) ?? first
    const every = replaceService(doc, template.line, renamed(template, template.port))
    return without
      .filter(({ line }) => line !== template.line)
      .reduce((after, { line }) => removeService(after, line), every)
  }
  // Before the others go: comments behind them would then seem to go on with it. It moves no line.
  return without.reduce((after, { line }) => removeService(after, line), uncomment(doc, old))
}

/**
 * The lines of the comment that a port's line for every address has become: the one that its lines were made of, word for
 * word; else one of the same program, as somebody may have written them by hand. Null where there is none.
 */
function commentedOf(doc: MasterCf, specific: readonly Listener[]): readonly number[] | null {
  const [first] = specific
  if (!first) return null
  const own = originOf(doc, specific)
  if (own) return own
  const port = socketOf({ host: null, port: first.port })
  const others = listCommentedServices(doc).filter(
    ({ service, isSure }) =>
      isSure && service.host === null && service.command === first.command && isPort(service, port),
  )
  return (others.findLast(({ service }) => service.line < first.line) ?? others[0])?.lines ?? null
}

/** The comment that a port's lines were made of, word for word: its lines. Null where there is none. */
function originOf(doc: MasterCf, specific: readonly Listener[]): readonly number[] | null {
  const models = [...specific.filter(isOutward), ...specific].flatMap((service) => {
    const raw = copied(service, service.port)
    return [raw, copied({ ...service, raw: withoutOption(service, 'myhostname') }, service.port)]
  })
  const before = specific[0]?.line ?? 0
  return models.map((raw) => linesOfComment(doc, raw, before)).find((lines) => lines !== null) ?? null
}

/** Whether the lines of a port were made of one for every address, which stands before them as a comment. */
export function cameFromEveryAddress(doc: MasterCf, { port }: Port): boolean {
  return originOf(doc, allOf(doc, port)) !== null
}

function isPort({ type, port }: Service, wanted: string): boolean {
  return type === 'inet' && port !== null && socketOf({ host: null, port }) === wanted
}

function isOutward({ host }: Service): boolean {
  return host !== null && host !== 'localhost' && !isLoopback(parseAddress(host)?.host ?? host)
}

function isWanted(host: string, wanted: readonly string[]): boolean {
  const address = parseAddress(host)?.host ?? host
  return address === 'localhost' ? wanted.some(isLoopback) : wanted.includes(address)
}

function hostOf(host: string | null): string[] {
  return host === null ? [] : [parseAddress(host)?.host ?? host]
}

/** The service's line with another address before its port, with a line end. */
function lineOf(service: Listener, host: string): string {
  // Loopback greets as the host does, or as every address did, whatever the address beside it is called.
  const bytes = isLoopback(host) && service.host !== null ? withoutOption(service, 'myhostname') : service.raw
  const raw = copied({ ...service, raw: bytes }, `${host.includes(':') ? `[${host}]` : host}:${service.port}`)
  return raw.endsWith('\n') ? raw : `${raw}\n`
}
