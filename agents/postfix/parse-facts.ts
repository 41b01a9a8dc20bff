import type { Found, RawReading, RawReadings } from '@/lib/agent'
import { type ConfigFiles, documentsOf } from '@/lib/agent/config-file'
import { parseIpDevices } from '@/lib/agent/live-address'
import { programsOf, textOf } from '@/lib/agent/raw-reading'
import type { ListeningSocket, PostfixFacts } from './facts'
import { portsOf } from './listeners'
import { parseMasterCf } from './master-cf'
import { bytesAt, LOOKED_AT } from './parameters'
import { parseInstances } from './parse-instances'
import { parseListing, parseTables, tableOf } from './parse-sockets'

type Readings = RawReadings<
  | 'programs'
  | 'defaults'
  | 'instances'
  | 'files'
  | 'units'
  | 'addresses'
  | 'links'
  | 'sockets'
  | 'tcp4'
  | 'tcp6'
  | 'nonlocal4'
  | 'nonlocal6'
  | 'mounts'
  | 'queue'
>

/** Understands the probe's readings. A host without Postfix has facts too: what listens there, and its addresses. */
export function parseFacts(raw: Readings): Found<PostfixFacts> {
  const programs = programsOf(raw.programs)
  if (programs.has('postconf') && raw.defaults.state === 'not-read') return raw.defaults
  const defaults = parseDefaults(textOf(raw.defaults) ?? '')
  const files = documentsOf(raw.files)
  const sockets = socketsOf(raw)
  const units = textOf(raw.units) ?? ''
  const { init, instances } = parseInstances({
    listing: textOf(raw.instances),
    units,
    hasScript: files['/etc/init.d/postfix']?.state === 'there',
    sockets: ofPostfix(sockets ?? [], files),
    paths: Object.keys(files),
  })
  const { '/etc/init.d/postfix': _script, ...kept } = files
  return {
    state: 'read',
    value: {
      version: defaults.mail_version || null,
      programs: [...programs].sort(),
      init,
      instances: programs.has('postconf') ? instances : [],
      defaults,
      files: kept,
      addresses: parseIpDevices(textOf(raw.links) ?? '', textOf(raw.addresses) ?? '').flatMap((device) =>
        device.addresses.map((address) => ({ ...address, device: device.name })),
      ),
      sockets,
      socketTable: tableOf(textOf(raw.sockets) ?? '', programs),
      nonlocalBind: { 4: flagOf(raw.nonlocal4), 6: flagOf(raw.nonlocal6) },
      readOnly: readOnlyUnder(textOf(raw.mounts) ?? '', ['/etc/postfix', '/etc/systemd/system', '/etc/sysctl.d']),
      queued: parseQueue(textOf(raw.queue) ?? ''),
    },
  }
}

/** The lines of `postconf -d` that the agent looks at. */
function parseDefaults(text: string): Record<string, string> {
  const values = text.split('\n').flatMap((line): [string, string][] => {
    const match = /^(\w+) = ?(.*)$/.exec(line)
    return match && LOOKED_AT.some((name) => name === match[1]) ? [[match[1] ?? '', match[2] ?? '']] : []
  })
  return Object.fromEntries(values.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

function socketsOf(raw: Readings): ListeningSocket[] | null {
  const listing = textOf(raw.sockets)
  const tables = [textOf(raw.tcp4), textOf(raw.tcp6)].filter((text) => text !== null)
  if (listing === null && tables.length === 0) return null
  const sockets = listing === null ? parseTables(tables) : parseListing(listing)
  const seen = new Map(sockets.map((socket) => [`${socket.family} ${socket.host} ${socket.port}`, socket]))
  return [...seen].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, socket]) => socket)
}

/** Cyrus calls what listens its master too: what counts is on port 25, or one of a master.cf where that could be read. */
function ofPostfix(sockets: readonly ListeningSocket[], files: ConfigFiles): ListeningSocket[] {
  const masters = Object.keys(files).filter((path) => path.endsWith('/master.cf') && bytesAt(files, path) !== '')
  const ports = masters.flatMap((path) => portsOf(parseMasterCf(bytesAt(files, path))).map(({ port }) => Number(port)))
  return sockets.filter(({ port }) => masters.length === 0 || port === 25 || ports.includes(port))
}

function flagOf(reading: RawReading): boolean | null {
  const text = textOf(reading)?.trim()
  return text === '1' ? true : text === '0' ? false : null
}

/** The read-only mounts that these paths lie on; of mounts over one another the last counts. */
function readOnlyUnder(mounts: string, paths: readonly string[]): string[] {
  const all = mounts.split('\n').flatMap((line) => {
    const [, at = '', , options = ''] = line.split(' ')
    return at === '' ? [] : [{ at: at.replace(/\\040/g, ' '), isReadOnly: options.split(',').includes('ro') }]
  })
  const found = paths.flatMap((path) => {
    const over = all.filter(({ at }) => path === at || path.startsWith(at === '/' ? '/' : `${at}/`))
    const longest = Math.max(0, ...over.map(({ at }) => at.length))
    const mount = over.findLast(({ at }) => at.length === longest)
    return mount?.isReadOnly ? [mount.at] : []
  })
  return [...new Set(found)]
}

function parseQueue(text: string): number | null {
  if (/^Mail queue is empty/m.test(text)) return 0
  const count = /^-- \d+ Kbytes in (\d+) Requests?\.$/m.exec(text)?.[1]
  return count === undefined ? null : Number(count)
}
