import type { Found, RawReading, RawReadings } from '@/lib/agent'
import { type ConfigFile, documentsOf, fileAt } from '@/lib/agent/config-file'
import { parseIpDevices } from '@/lib/agent/live-address'
import { byPathOf, programsOf, textOf } from '@/lib/agent/raw-reading'
import { exchangeOf } from '../ike/exchange'
import { daemonsOf, mainDaemon } from './daemons'
import type { DeviceFacts, IpsecFacts, KernelFacts } from './facts'
import { firewallOf } from './firewall'
import { parseInstall } from './parse-install'
import { type LinkState, parseLinks, parseLogins, parseRoutes, parseTunnels, parseXfrmStat } from './parse-ip'
import { type ModuleAnswer, parseKernel } from './parse-kernel'
import { parsePolicies } from './parse-policies'
import { parseConnections, parseSas } from './parse-sas'
import { parseStatusall } from './parse-statusall'
import { parseUnits } from './parse-units'
import type { readings } from './questions'
import { parseListing, smallFiles } from './small-files'
import { stackOf } from './stack'
import { withoutKeys } from './without-keys'

export type IpsecReadings = RawReadings<keyof typeof readings>

/** Understands the probe's readings. What a host has no program for is not told; that `ip` failed is no host without devices. */
export function parseFacts(raw: IpsecReadings): Found<IpsecFacts> {
  const needed = [raw.addresses, raw.links, raw.routes, raw.smallFiles, raw.documents].find(
    (reading) => !isWhole(reading),
  )
  if (needed) return notWhole(needed)
  const programs = programsOf(raw.programs)
  const units = parseUnits(textOf(raw.units) ?? '')
  const system = byPathOf(raw.system)
  const folders = parseListing(textOf(raw.listing) ?? '')
  const files = filesOf(raw, folders)
  const links = parseLinks(textOf(raw.links) ?? '')
  const initScripts = new Set([...byPathOf(raw.initScripts).values()].map(baseName))
  const hasSystemd = system.get('/proc/1/comm')?.trim() === 'systemd'
  const daemons = daemonsOf({
    programs,
    packages: packagesOf(textOf(raw.packages) ?? ''),
    paths: (textOf(raw.daemonPaths) ?? '').split('\n'),
    units,
    commands: new Set([...system].filter(([path]) => path.endsWith('/comm')).map(([, text]) => text.trim())),
    initScripts,
    swanctlVersion: swanctlVersion(raw.swanctlVersion),
  })
  const daemon = mainDaemon(daemons)
  const exchange = exchangeOf(daemon)
  const isStarter = exchange.kind === 'starter'
  const status = isStarter ? understood(raw.statusall, parseStatusall) : null
  return {
    state: 'read',
    value: {
      programs: [...programs].toSorted(),
      daemon,
      daemons,
      canInstall: parseInstall(raw.install),
      kernel: kernelOf(raw, system),
      hasSystemd,
      devices: devicesOf(raw, links, { files, hasIfup: programs.has('ifup') }),
      tunnels: parseTunnels(textOf(raw.tunnels) ?? '', links),
      routes: parseRoutes(textOf(raw.routes) ?? ''),
      files,
      folders: [...folders.keys()].toSorted(),
      publicKey: hasKey(folders, exchange.ownKey) ? publicKeyOf(fileAt(files, exchange.ownPublic)) : null,
      connections: isStarter ? (status?.connections ?? null) : understood(raw.connections, parseConnections),
      sas: isStarter ? (status?.sas ?? null) : understood(raw.sas, parseSas),
      policies: understood(raw.policies, parsePolicies),
      firewall: firewallOf({
        programs,
        version: succeeded(raw.iptablesVersion),
        save: succeeded(raw.iptablesSave),
        legacySave: succeeded(raw.legacySave),
        nft: succeeded(raw.nft),
        ufwConf: bytesOf(fileAt(files, '/etc/ufw/ufw.conf')),
        units,
        hasRulesFile: fileAt(files, '/etc/iptables/rules.v4').state !== 'absent',
        hasRulesScript: initScripts.has('netfilter-persistent'),
      }),
      xfrmStat: parseXfrmStat(system.get('/proc/net/xfrm_stat') ?? ''),
      logins: loginsOf([raw.tcp4, raw.tcp6]),
      clockS: Number(/^\d{1,12}$/.exec(textOf(raw.clock)?.trim() ?? '')?.[0] ?? Number.NaN) || null,
    },
  }
}

/** A file that was left out would look like one that is not there. */
function isWhole(reading: RawReading): boolean {
  return reading.state === 'read' && !('truncated' in reading && reading.truncated)
}

/** The text of a reading that came whole; null otherwise. */
function wholeText(reading: RawReading): string | null {
  return isWhole(reading) ? textOf(reading) : null
}

function notWhole(reading: RawReading): Extract<Found<never>, { state: 'not-read' }> {
  return reading.state === 'not-read'
    ? reading
    : { state: 'not-read', why: 'cut-off', detail: 'this host has more addresses, routes or files than were read' }
}

/** The output of a command that came whole and said that it succeeded; null otherwise. */
function succeeded(reading: RawReading): string | null {
  return reading.state === 'read' && reading.kind === 'text' && reading.exitCode === 0 ? wholeText(reading) : null
}

function understood<T>(reading: RawReading, parse: (text: string) => T | null): T | null {
  const text = succeeded(reading)
  return text === null ? null : parse(text)
}

function filesOf(raw: IpsecReadings, folders: ReturnType<typeof parseListing>): Record<string, ConfigFile> {
  const all = { ...smallFiles(byPathOf(raw.smallFiles), folders), ...documentsOf(raw.documents) }
  return withoutKeys(Object.fromEntries(Object.entries(all).toSorted(([a], [b]) => (a < b ? -1 : 1))))
}

function bytesOf(file: ConfigFile): string | null {
  return file.state === 'there' ? file.bytes : null
}

/** Whether the private half is there, as far as its folder could be listed. */
function hasKey(folders: ReturnType<typeof parseListing>, path: string): boolean {
  const slash = path.lastIndexOf('/')
  return folders.get(path.slice(0, slash))?.has(path.slice(slash + 1)) ?? true
}

function publicKeyOf(file: ConfigFile): string | null {
  return /-----BEGIN PUBLIC KEY-----\n[\w+/=\n]+-----END PUBLIC KEY-----\n/.exec(bytesOf(file) ?? '')?.[0] ?? null
}

/** Lines of "install ok installed NAME VERSION"; a package of which only its settings are left is none. */
function packagesOf(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(/^\S+ \S+ installed (\S+) (\S+)$/gm)].map(([, name = '', version = '']) => [name, version]),
  )
}

// Where dpkg knows swanctl, its own version is among the packages.
function swanctlVersion(reading: RawReading): string | null {
  return reading.state === 'read' && reading.kind === 'text' && reading.branch === 1 ? reading.text : null
}

function kernelOf(raw: IpsecReadings, system: ReadonlyMap<string, string>): KernelFacts {
  const answer = (reading: RawReading): ModuleAnswer =>
    reading.state === 'read' && reading.kind === 'text'
      ? { said: reading.text, complaint: reading.complaint ?? '' }
      : { said: null, complaint: '' }
  return parseKernel(system.get('/proc/sys/kernel/osrelease')?.trim() ?? '', textOf(raw.modules) ?? '', {
    hasEsp: answer(raw.hasEsp),
    hasIpip: answer(raw.hasIpip),
    hasXfrm: answer(raw.hasXfrm),
    hasPolicyMatch: answer(raw.hasPolicyMatch),
  })
}

function devicesOf(
  raw: IpsecReadings,
  links: ReadonlyMap<string, LinkState>,
  evidence: { files: Record<string, ConfigFile>; hasIfup: boolean },
): DeviceFacts[] {
  const state = byPathOf(raw.stackState)
  return parseIpDevices(textOf(raw.links) ?? '', textOf(raw.addresses) ?? '').map(({ name, index, addresses }) => ({
    name,
    ...(links.get(name) ?? { mtu: 0, isUp: false }),
    addresses,
    stack: stackOf({ name, index }, { state, ...evidence }),
  }))
}

function loginsOf(tables: readonly RawReading[]): string[] | null {
  const texts = tables.map(wholeText).filter((text) => text !== null)
  const isCut = tables.some((table) => table.state === 'read' && wholeText(table) === null)
  return texts.length === 0 || isCut ? null : parseLogins(texts)
}

function baseName(path: string): string {
  return path.replace(/^.*\//, '').trim()
}
