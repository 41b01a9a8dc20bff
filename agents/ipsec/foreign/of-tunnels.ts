import { parseInterfaces } from '@/lib/agent/interfaces'
import { INTERFACES } from '@/lib/agent/sourced-interfaces'
import type { IpsecFacts, TunnelFacts } from '../facts/facts'
import { NETWORKD_FOLDER } from '../tunnel/paths'
import type { Span } from './cut'
import { bytesAt, type Cut, cutOf, type Foreign, idOf, placeOf } from './foreign'

/** IP-IP tunnels that Pollux did not make, with the files that bring them back at boot. */
export function tunnelsForeign(facts: IpsecFacts): Foreign[] {
  const own = ownNames(facts)
  return facts.tunnels
    .filter(({ name, local, remote }) => !own.has(name) && !(local === null && remote === null))
    .map((tunnel) => foreignOf(facts, tunnel))
}

/** Names of tunnels that files of Pollux's tell of, of whichever mesh. */
function ownNames({ files }: IpsecFacts): Set<string> {
  const main = bytesAt(files, INTERFACES) ?? ''
  const blocks = [...main.matchAll(/^# >>> Pollux: tunnel ([a-z0-9-]{1,15}) >>>$/gm)].map(([, name = '']) => name)
  const named = Object.keys(files).flatMap((path) => /pollux-([a-z][a-z0-9]*-[a-z0-9-]+)[^/]*$/.exec(path)?.[1] ?? [])
  return new Set([...blocks, ...named])
}

function foreignOf(facts: IpsecFacts, { name, local, remote }: TunnelFacts): Foreign {
  const found = bootFiles(facts, name)
  return {
    id: idOf('tunnel', name),
    kind: 'tunnel',
    name,
    places: found.places,
    ends: [{ local: local === null ? null : [local], remote: remote === null ? null : [remote] }],
    isActive: true,
    takesTunnels: true,
    fixed: fixedBy(facts, name),
    cuts: found.cuts,
    live: { kind: 'tunnel', name },
    between: [],
  }
}

/** Why Pollux leaves a tunnel alone, whose files it does not edit. */
function fixedBy({ files, devices }: IpsecFacts, name: string): string | null {
  if (!/^[A-Za-z0-9_][\w.-]{0,14}$/.test(name)) return 'Its name has signs that Pollux does not hand on to a program.'
  if (devices.some((device) => device.name === name && device.stack === 'networkmanager'))
    return `NetworkManager sets it up: remove its connection there ("nmcli connection delete").`
  const pattern = new RegExp(`^\\s+"?${escaped(name)}"?\\s*:`, 'm')
  const netplan = Object.keys(files).find(
    (path) => path.startsWith('/etc/netplan/') && pattern.test(bytesAt(files, path) ?? ''),
  )
  return netplan === undefined
    ? null
    : `netplan sets it up in ${netplan}, which Pollux does not edit: take it out there.`
}

interface BootFiles {
  places: string[]
  cuts: Cut[]
}

function bootFiles({ files }: IpsecFacts, name: string): BootFiles {
  const found = Object.keys(files).flatMap((path): { place: string; cut: Cut }[] => {
    const bytes = bytesAt(files, path)
    if (bytes === null || /\/[^/]*pollux-[^/]*$/.test(path)) return []
    if (path.startsWith(`${NETWORKD_FOLDER}/`)) return networkd(path, bytes, name)
    return path === INTERFACES || path.startsWith(`${INTERFACES}.d/`) ? stanzas(path, bytes, name) : []
  })
  return { places: found.map(({ place }) => place), cuts: found.map(({ cut }) => cut) }
}

/** A .netdev that makes it and a .network for it alone go whole; of another .network the line that names it. */
function networkd(path: string, bytes: string, name: string): { place: string; cut: Cut }[] {
  const lines = iniLines(bytes)
  const section = path.endsWith('.netdev') ? 'NetDev' : path.endsWith('.network') ? 'Match' : null
  const names = lines.filter((line) => line.section === section && line.key === 'Name').map(({ value }) => value)
  if (section !== null && names.join(' ') === name) return [{ place: path, cut: { path, spans: 'all' } }]
  const spans = lines.filter((line) => line.section === 'Network' && line.key === 'Tunnel' && line.value === name)
  if (section !== 'Match') return []
  return spans.slice(0, 1).map((first) => ({ place: placeOf(path, bytes, first), cut: cutOf(path, bytes, spans) }))
}

function iniLines(bytes: string): ({ section: string; key: string; value: string } & Span)[] {
  let [section, at] = ['', 0]
  return (bytes.match(/[^\n]*\n|[^\n]+$/g) ?? []).flatMap((line) => {
    const span = { from: at, to: at + line.replace(/\r?\n$/, '').length }
    at += line.length
    section = /^\s*\[([^\]]*)\]/.exec(line)?.[1] ?? section
    const [, key, value = ''] = /^\s*([A-Za-z]+)\s*=(.*)/.exec(line) ?? []
    return key === undefined ? [] : [{ section, key, value: value.trim(), ...span }]
  })
}

/** Its stanzas in ifupdown's files, and its name where it is brought up. */
function stanzas(path: string, bytes: string, name: string): { place: string; cut: Cut }[] {
  const { parts } = parseInterfaces(bytes)
  let at = 0
  const placed = parts.map((part) => {
    const from = at
    at += part.raw.length
    return { ...part, from, to: at }
  })
  const spans = placed.flatMap((part): Span[] => {
    if (part.words[0] !== 'iface' || part.words[1] !== name) return []
    const last = placed.filter(({ stanza, words }) => stanza === part.line && words.length > 0).at(-1)
    return [{ from: part.from, to: last?.to ?? part.to }]
  })
  const [first] = spans
  if (!first) return []
  const raised = placed.flatMap((part) => nameIn(part, name))
  const cut = cutOf(path, bytes, spans)
  return [{ place: placeOf(path, bytes, first), cut: { ...cut, spans: [...spans, ...raised] } }]
}

/** The whole of a line such as "auto NAME"; of one that names others too, the word with the blank before it. */
function nameIn({ words, raw, from, to }: { words: readonly string[]; raw: string } & Span, name: string): Span[] {
  if (!/^(auto|allow-\S+)$/.test(words[0] ?? '') || !words.slice(1).includes(name)) return []
  if (words.length === 2) return [{ from, to }]
  const match = new RegExp(`\\s+${escaped(name)}(?=\\s|$)`).exec(raw)
  return match ? [{ from: from + match.index, to: from + match.index + match[0].length }] : []
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
}
