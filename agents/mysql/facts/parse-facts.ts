import type { Found, RawReading } from '@/lib/agent'
import { type ConfigFile, documentsOf } from '@/lib/agent/config-file'
import { byPathOf, programsOf, textOf } from '@/lib/agent/raw-reading'
import type { MysqlFacts, MysqlServer, ServerProcess } from './facts'
import type { ListeningSocket } from './host-facts'
import { matchServers } from './match-servers'
import { parseAsked } from './parse-asked'
import { parseFileSystems } from './parse-file-systems'
import { parseMachine } from './parse-machine'
import { parseCandidate, parsePackages } from './parse-packages'
import { parseProcesses } from './parse-processes'
import { parseRelease } from './parse-release'
import { notTold } from './parse-said'
import { parseListing, parseTables, parseUnixSockets, sameRun } from './parse-sockets'
import { parseUnits } from './parse-units'
import { CANDIDATES, PACKAGE_UNITS } from './questions-of-host'
import { hideInLines } from './without-secrets'

/** The readings by name; those of the sockets and of programs that only some hosts' rules let run may be missing. */
export type MysqlReadings = Readonly<Record<string, RawReading>>

const missing: RawReading = { state: 'not-read', why: 'absent', detail: 'it was not asked' }

/**
 * Understands the probe's readings; `asked` is the name of each socket's reading, by the socket's path. A host without any
 * server has facts too: what could be installed, and where there is room.
 */
export function parseFacts(raw: MysqlReadings, asked: ReadonlyMap<string, string>): Found<MysqlFacts> {
  const read = (name: string) => raw[name] ?? missing
  const text = (name: string) => textOf(read(name)) ?? ''
  if (read('processes').state === 'not-read' && textOf(read('mounts')) === null) return notRead(read('processes'))
  const sockets = socketsOf(raw)
  const processes = parseProcesses({
    files: byPathOf(read('processes')),
    folders: byPathOf(read('folders')),
    sockets,
  })
  const localSockets = read('unix').state === 'read' ? parseUnixSockets(text('unix')) : null
  const units = parseUnits(text('units'))
  const servers = matchServers({
    processes: processes.servers,
    asked: [...asked].flatMap(([socket, name]) => parseAsked(socket, read(name), localSockets) ?? []),
    pidFiles: pidFilesOf(read('pidFiles')),
    units,
  })
  const own = new Map(processes.servers.map((process) => [process.pid, process]))
  return {
    state: 'read',
    value: {
      programs: [...programsOf(read('programs'))].toSorted(),
      init: byPathOf(read('system')).get('/proc/1/comm')?.trim() === 'systemd' ? 'systemd' : 'other',
      release: parseRelease(byPathOf(read('release'))),
      servers,
      processesNotRead: processesNotReadOf(read('processes')),
      sockets: sockets?.filter((socket) => isOfInterest(socket, own, servers)) ?? null,
      localSockets,
      units,
      initScripts: [...byPathOf(read('initScripts')).keys()].toSorted(),
      packages: packagesOf(read('packages')),
      binaries: binariesOf(raw),
      candidate: candidateOf(read('candidate')),
      optionFileOrder: orderOf(text('optionFileOrder')),
      files: { ...documentsOf(read('files')), ...dataFilesOf(read('dataFiles'), own) },
      accountFiles: accountFilesOf(read('accountFiles')),
      hasAllFiles: !isCut(read('files')) && read('files').state === 'read',
      appArmor: appArmorOf(read('appArmor')),
      dataDirs: dataDirsOf(read('dataDirs'), own),
      traces: tracesOf(read('traces')),
      fileSystems:
        textOf(read('mounts')) === null
          ? notRead(read('mounts'))
          : { state: 'read', value: parseFileSystems(text('mounts'), text('df')) },
      machine: parseMachine({
        meminfo: byPathOf(read('system')).get('/proc/meminfo') ?? '',
        pressure: byPathOf(read('system')).get('/proc/pressure/memory') ?? '',
        cores: text('cores'),
        architecture: text('architecture'),
        bits: text('bits'),
        othersRssBytes: processes.othersRssBytes,
      }),
    },
  }
}

function notRead(reading: RawReading): Extract<Found<never>, { state: 'not-read' }> {
  return reading.state === 'not-read'
    ? reading
    : { state: 'not-read', why: 'failed', detail: 'an answer of another kind' }
}

function isCut(reading: RawReading): boolean {
  return reading.state === 'read' && 'truncated' in reading && reading.truncated
}

/** That one of them has more than 4 KiB of words is no process less. */
function processesNotReadOf(reading: RawReading): string | null {
  return reading.state === 'not-read' ? reading.detail : null
}

function socketsOf(raw: MysqlReadings): ListeningSocket[] | null {
  const listing = textOf(raw.sockets ?? missing)
  if (listing !== null) return parseListing(listing)
  const tables = [textOf(raw.tcp4 ?? missing), textOf(raw.tcp6 ?? missing)].filter((table) => table !== null)
  return tables.length > 0 ? parseTables(tables) : null
}

/** Who has MySQL's port, and what its servers listen on: of the host's other doors nothing is kept. */
function isOfInterest(
  { port, pid }: ListeningSocket,
  own: ReadonlyMap<number, ServerProcess>,
  servers: readonly MysqlServer[],
): boolean {
  const ports = servers.flatMap(({ said }) => (said.state === 'read' ? [Number(said.value.variables.port)] : []))
  return port === 3306 || ports.includes(port) || (pid !== null && own.has(pid))
}

function pidFilesOf(reading: RawReading): Map<string, number> {
  const all = [...byPathOf(reading)].flatMap(([path, text]): [string, number][] => {
    const pid = /^\d{1,10}$/.exec(text.trim())?.[0]
    return pid === undefined ? [] : [[sameRun(path), Number(pid)]]
  })
  return new Map(all)
}

function packagesOf(reading: RawReading): MysqlFacts['packages'] {
  if (reading.state === 'not-read') return reading
  // dpkg-query fails where no package has such a name, and that is an answer.
  return { state: 'read', value: parsePackages(textOf(reading) ?? '') }
}

function binariesOf(raw: MysqlReadings): Record<string, string> {
  const found = ['mariadbd', 'mysqld'].flatMap((name): [string, string][] => {
    const line = textOf(raw[`${name}Version`] ?? missing)
      ?.trim()
      .split('\n')
      .at(-1)
    return line ? [[name, line]] : []
  })
  return Object.fromEntries(found)
}

function candidateOf(reading: RawReading): MysqlFacts['candidate'] {
  if (reading.state === 'not-read') return reading
  if (reading.kind !== 'text') return notRead(reading)
  const unit = PACKAGE_UNITS[reading.branch]
  if (unit) return notTold('absent', `apt was not asked: a server's package is there, with ${unit}`)
  const value = parseCandidate(reading.text, CANDIDATES[reading.branch - PACKAGE_UNITS.length] ?? '')
  return value ? { state: 'read', value } : notTold('absent', 'no server would be installed by these package names')
}

/** The files that a program names as the order in which it reads them: a line of paths with spaces between. */
function orderOf(help: string): string[] | null {
  const line = /^Default options are read from the following files in the given order:\s*\n(.*)$/m.exec(help)?.[1]
  const paths = line?.split(' ').filter((path) => /^[/~]/.test(path)) ?? []
  return paths.length > 0 ? paths : null
}

/** Nothing here needs a password: it is masked as soon as it was read. */
function accountFilesOf(reading: RawReading): Record<string, ConfigFile> {
  const masked = Object.entries(documentsOf(reading)).map(([path, file]): [string, ConfigFile] => [
    path,
    file.state === 'there' ? { ...file, bytes: hideInLines(file.bytes) } : file,
  ])
  return Object.fromEntries(masked)
}

/** "mysqld (enforce)", one a line. */
function appArmorOf(reading: RawReading): MysqlFacts['appArmor'] {
  const text = textOf(reading)
  if (text === null) return null
  return [...text.matchAll(/^(.*(?:mysqld|mariadbd)[^(\n]*) \((\w+)\)$/gm)].map(([, name = '', mode = '']) => ({
    name,
    mode,
  }))
}

/** Files that were read through a server's own folder, by the path that they have in it. */
function dataFilesOf(reading: RawReading, own: ReadonlyMap<number, ServerProcess>): Record<string, ConfigFile> {
  const found = Object.entries(documentsOf(reading)).flatMap(([path, file]): [string, ConfigFile][] => {
    const real = throughFolder(path, own)
    return real === null ? [] : [[real, file]]
  })
  return Object.fromEntries(found.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** /proc/12/cwd/x is x in the folder of server 12; null for the folder of a process that is none, or in a container. */
function throughFolder(path: string, own: ReadonlyMap<number, ServerProcess>): string | null {
  const [, pid, name = ''] = /^\/proc\/(\d+)\/cwd\/(.*)$/.exec(path) ?? []
  if (pid === undefined) return path
  const process = own.get(Number(pid))
  if (!process?.folder || process.isContained) return null
  return name === 'mysql/..' ? process.folder : `${process.folder}/${name}`
}

function dataDirsOf(reading: RawReading, own: ReadonlyMap<number, ServerProcess>): MysqlFacts['dataDirs'] {
  const found = Object.entries(documentsOf(reading)).flatMap(([path, file]) => {
    const real = throughFolder(path, own)
    if (file.state !== 'there' || real === null) return []
    const { type, mode, owner, group } = file
    return [[real, { path: real, type, mode, owner, group }] as const]
  })
  // A path that stands for itself says whether it is a link; the one through a process does not.
  const byPath = new Map(found.toReversed())
  return [...byPath.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

/** Real paths of the files that were found, each once. */
function tracesOf(reading: RawReading): MysqlFacts['traces'] {
  const paths = [...byPathOf(reading).values()].map((text) => text.trim()).filter((path) => path.startsWith('/'))
  return [...new Set(paths)].toSorted().map((path) => ({
    kind: /\/(?:grastate|gvwstate)\.dat$/.test(path) ? 'galera' : /\/ibdata1$/.test(path) ? 'innodb' : 'replica',
    path,
  }))
}
