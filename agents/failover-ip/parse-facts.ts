import type { Found, RawReadings } from '@/lib/agent'
import { type ConfigFile, documentOf } from '@/lib/agent/config-file'
import { parseIpDevices } from '@/lib/agent/live-address'
import { byPathOf, textOf } from '@/lib/agent/raw-reading'
import { INTERFACES, INTERFACES_FOLDER } from '@/lib/agent/sourced-interfaces'
import type { FailoverFacts } from './facts'
import { parseDefaultRoutes, parseLogins } from './parse-ip'
import { smallFileOf } from './parse-readings'
import { stackOf } from './stack'

type FailoverReadings = RawReadings<
  | 'programs'
  | 'addresses'
  | 'links'
  | 'route4'
  | 'route6'
  | 'ifupdown'
  | 'interfaces'
  | 'interfacesFolder'
  | 'config'
  | 'modes'
  | 'state'
  | 'tcp4'
  | 'tcp6'
>

/** Understands the probe's readings. Without `ip` no address is known, which is said, and nothing is offered. */
export function parseFacts(raw: FailoverReadings): Found<FailoverFacts> {
  const programs = new Set([...byPathOf(raw.programs).keys()].map((path) => path.replace(/^.*\//, '')))
  const hasIp = programs.has('ip')
  if (hasIp && raw.addresses.state === 'not-read') return raw.addresses
  const state = byPathOf(raw.state)
  const files = filesOf(raw)
  const ip = parseIpDevices(textOf(raw.links) ?? '', textOf(raw.addresses) ?? '')
  const tables = [textOf(raw.tcp4), textOf(raw.tcp6)].filter((text) => text !== null)
  const isCut = [raw.tcp4, raw.tcp6].some(
    (reading) => reading.state === 'read' && reading.kind === 'text' && reading.truncated,
  )
  return {
    state: 'read',
    value: {
      hasIp,
      hasArping: programs.has('arping'),
      hasPing: programs.has('ping'),
      ifupdownVersion: versionOf(textOf(raw.ifupdown)),
      devices: ip.map((device) => ({
        ...device,
        ...stackOf(device, { state, files, hasIfup: programs.has('ifup') }),
        promotesSecondaries: promotesOf(state, device.name),
      })),
      defaultRoutes: [
        ...parseDefaultRoutes(4, textOf(raw.route4) ?? ''),
        ...parseDefaultRoutes(6, textOf(raw.route6) ?? ''),
      ],
      files: withoutKeys(files),
      folders: isFolder(documentOf(raw.interfacesFolder)) ? [INTERFACES_FOLDER] : [],
      logins: tables.length === 0 || isCut ? null : parseLogins(tables),
    },
  }
}

// What is shipped or generated is never written, so nobody asks for its mode.
const ONLY_READ = '644 root root regular file'

function filesOf(raw: FailoverReadings): Record<string, ConfigFile> {
  const modes = byPathOf(raw.modes)
  const modeOf = (path: string) => modes.get(path) ?? (path.startsWith('/etc/') ? undefined : ONLY_READ)
  const small = [...byPathOf(raw.config)].map(([path, text]) => [path, smallFileOf(text, modeOf(path))] as const)
  const interfaces = documentOf(raw.interfaces)
  const all = interfaces.state === 'absent' ? small : [[INTERFACES, interfaces] as const, ...small]
  return Object.fromEntries(all.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

// Keys of wireless networks stand in these files in clear; they go into no store.
const KEY =
  /^\s*(wpa-\S*(psk|pass|password|key)\S*|wireless-key\d?|(auth-)?password|psk|PrivateKey|PresharedKey)\b\s*[:=\s]/im

function withoutKeys(files: Readonly<Record<string, ConfigFile>>): Record<string, ConfigFile> {
  const isClean = (file: ConfigFile) => file.state !== 'there' || !KEY.test(file.bytes)
  const entries = Object.entries(files).map(([path, file]): [string, ConfigFile] => [
    path,
    isClean(file) ? file : { state: 'unread', why: 'it holds a key or a password' },
  ])
  return Object.fromEntries(entries)
}

function isFolder(file: ConfigFile): boolean {
  return file.state === 'there' && file.type === 'directory'
}

function versionOf(text: string | null): string | null {
  return /^Version: ([0-9][A-Za-z0-9.+~:-]{0,40})$/m.exec(text ?? '')?.[1] ?? null
}

// ip-sysctl: the larger of `all` and the device's own counts.
function promotesOf(state: ReadonlyMap<string, string>, device: string): boolean | null {
  const of = (name: string) => state.get(`/proc/sys/net/ipv4/conf/${name}/promote_secondaries`)?.trim()
  const [all, own] = [of('all'), of(device)]
  if (all === undefined && own === undefined) return null
  return all === '1' || own === '1'
}
