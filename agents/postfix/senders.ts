import { addClient, clientsOf, identityOptions, SAID, withExactly } from './clients'
import type { Identity, Sender, SetDesired } from './desired'
import { removeService } from './edit-master'
import { findParameter, type MainCf, removeParameter, setParameter } from './main-cf'
import type { MasterCf } from './master-cf'

/** The beginning of the name of each client that sends for some senders. */
const CLIENT = 'pollux-from-'
const MAPS = 'sender_dependent_default_transport_maps'

/** A client that sends as one identity, and the senders that it sends for. */
export interface SenderClient {
  name: string
  identity: Identity
  patterns: readonly string[]
}

/** One client for each identity, named after its address, or its HELO where it has none; in whatever order they come. */
export function senderClients(senders: readonly Sender[]): SenderClient[] {
  const byIdentity = new Map<string, { identity: Identity; patterns: string[] }>()
  for (const { pattern, source4, source6, helo } of senders) {
    const identity = { source4, source6, helo }
    const key = JSON.stringify(identity)
    byIdentity.set(key, { identity, patterns: [...(byIdentity.get(key)?.patterns ?? []), pattern] })
  }
  const clients: SenderClient[] = []
  for (const [, one] of [...byIdentity].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    clients.push({ name: freeName(one.identity, clients), ...one })
  return clients
}

/** A client is a socket `private/NAME`, and of a path beyond 107 bytes the master dies (unix(7)). */
const LONGEST_NAME = 60

/** The names keep to what a service of master.cf and a transport of a table may be called. */
function freeName({ source4, source6, helo }: Identity, taken: readonly SenderClient[]): string {
  const words = [source4 ?? source6, helo].filter((word) => word !== null)
  const nameOf = (parts: readonly string[]) =>
    (CLIENT + parts.join('-').replace(/[^a-z0-9]/gi, '-')).slice(0, LONGEST_NAME)
  const names = words.map((_, at) => nameOf(words.slice(0, at + 1)))
  const numbered = ['', ...taken].map((_, at) => `${nameOf(words)}-${at + 2}`)
  const isFree = (name: string) => !taken.some((one) => one.name === name)
  return [...names, ...numbered].find(isFree) ?? CLIENT
}

/** The file with exactly these clients of senders. */
export function withSenderClients(
  doc: MasterCf,
  clients: readonly SenderClient[],
  { enforce, sixth }: Pick<SetDesired, 'enforce' | 'sixth'>,
): MasterCf {
  const gone = clientsOf(doc).filter(({ name }) => name.startsWith(CLIENT) && !clients.some((one) => one.name === name))
  const without = gone.toSorted((a, b) => b.line - a.line).reduce((after, { line }) => removeService(after, line), doc)
  return clients.reduce((after, { name, identity }) => {
    const isFourOnly = sixth === 'never' && identity.source6 === null
    const options = { ...identityOptions(identity, enforce), ...(isFourOnly ? { inet_protocols: 'ipv4' } : {}) }
    const key = `${name}/unix`
    const isThere = clientsOf(after).some((client) => client.key === key)
    if (!isThere) return addClient(after, name, options)
    return withExactly(after, key, options, SAID)
  }, without)
}

/** The text of the table from senders to clients; null when there are none. Whole addresses are looked up before domains. */
export function sendersText(clients: readonly SenderClient[]): string | null {
  const lines = clients.flatMap(({ name, patterns }) => patterns.map((pattern) => `${pattern}\t${name}:\n`))
  if (lines.length === 0) return null
  return `# Pollux: which sender leaves by which client of master.cf.\n${lines.toSorted().join('')}`
}

/** main.cf naming the table before any that stands there, or no more. */
export function withSendersTable(doc: MainCf, path: string, isNeeded: boolean): MainCf {
  const own = `texthash:${path}`
  const value = findParameter(doc, MAPS)?.value ?? ''
  const others = value.split(/[\s,]+/).filter((table) => table !== '' && table !== own)
  const isThere = value.split(/[\s,]+/).includes(own)
  if (isNeeded === isThere) return doc
  if (isNeeded) return setParameter(doc, MAPS, [own, ...others].join(', '))
  return others.length > 0 ? setParameter(doc, MAPS, others.join(', ')) : removeParameter(doc, MAPS)
}

/** The clients of senders that master.cf has, with what the table sends by them: what the wizard begins with. */
export function sendersOf(doc: MasterCf, table: string): Sender[] {
  const clients = new Map(clientsOf(doc).map((client) => [client.name, client]))
  return table.split('\n').flatMap((line): Sender[] => {
    const [, pattern = '', name = ''] = /^([^\s#]\S*@\S+|@\S+)\s+([\w.-]+):\s*$/.exec(line) ?? []
    const client = name.startsWith(CLIENT) ? clients.get(name) : undefined
    if (!client) return []
    const of = (option: string) => client.options.findLast((one) => one.name === option)?.value || null
    return [
      { pattern, source4: of('smtp_bind_address'), source6: of('smtp_bind_address6'), helo: of('smtp_helo_name') },
    ]
  })
}

/** Whether a client of senders rather keeps mail back than sends it from another address. */
export function hasEnforcedSender(doc: MasterCf): boolean {
  return clientsOf(doc).some(
    ({ name, options }) =>
      name.startsWith(CLIENT) &&
      options.findLast((option) => option.name === 'smtp_bind_address_enforce')?.value === 'yes',
  )
}
