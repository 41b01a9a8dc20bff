import { createHash } from 'node:crypto'
import type { ConfigFiles } from '@/lib/agent/config-file'
import { lineAt, linesOf, type Span } from './cut'

/** What was made by hand, or by another program, and has to do with IPsec or IP-IP on a host. */
export interface Foreign {
  /** The same for the same thing at every reading; small letters, digits and a hyphen, whatever the thing is called. */
  id: string
  kind: 'swanctl' | 'loaded' | 'ipsec.conf' | 'setkey' | 'tunnel' | 'policy'
  /** As it is called, or whom it is about. Of somebody else's making: shown, and never part of a shell's text. */
  name: string
  /** "line 12 of /etc/ipsec.conf"; empty where no file tells of it. */
  places: readonly string[]
  ends: readonly Ends[]
  /** Whether it acts now or at the next boot. */
  isActive: boolean
  /** Whether what is between its ends would take the packets of the mesh's tunnels. */
  takesTunnels: boolean
  /** Why Pollux does not take it out, a sentence; null where it can. */
  fixed: string | null
  cuts: readonly Cut[]
  /** What it is outside its files: a connection to end, policies to take away, a tunnel to take down. */
  live: Live
  /** Between which nets its policies stand in the kernel, or may. */
  between: readonly Between[]
}

/** Both ends, as this host sees them: addresses, nets, or names; null for any. */
export interface Ends {
  local: readonly string[] | null
  remote: readonly string[] | null
}

/** What of a file goes: pieces, or all of it. */
export interface Cut {
  path: string
  spans: readonly Span[] | 'all'
}

export type Live =
  | { kind: 'connection'; name: string }
  | { kind: 'policies'; adds: readonly string[]; deletes: readonly string[] }
  | { kind: 'tunnel'; name: string }
  | null

/** Two nets, by which a policy is known in the kernel; which of them is at which end does not matter. */
export interface Between {
  src: string
  dst: string
}

/** An id of a thing: of its kind and what makes it that one. */
export function idOf(kind: string, ...words: readonly string[]): string {
  return `${kind}-${createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, 12)}`
}

/** The whole lines of pieces of one file, to be cut. */
export function cutOf(path: string, bytes: string, spans: readonly Span[]): Cut {
  return { path, spans: spans.map((span) => linesOf(bytes, span)) }
}

/** "line 12 of /etc/ipsec.conf" */
export function placeOf(path: string, bytes: string, { from }: Span): string {
  return `line ${lineAt(bytes, from)} of ${path}`
}

/** A regular file that was read, by its path; null for anything else. */
export function bytesAt(files: ConfigFiles, path: string): string | null {
  const file = files[path]
  return file?.state === 'there' && file.type === 'file' ? file.bytes : null
}

/** Addresses of a setting such as `remote_addrs`; null where it stands for any. */
export function addressesOf(text: string | undefined): readonly string[] | null {
  const all = (text ?? '')
    .split(/[,\s]+/)
    .map((one) => one.trim())
    .filter(Boolean)
  const isAny = (one: string) => /^(%.*|0\.0\.0\.0(\/0)?|::(\/0)?)$/.test(one)
  return all.length === 0 || all.some(isAny) ? null : all
}

/** Every pair of two lists of nets. */
export function betweenAll(some: readonly string[], others: readonly string[]): Between[] {
  return some.flatMap((src) => others.map((dst) => ({ src, dst })))
}

/** A name in a file's bytes as its program prints it. */
export function utf8Of(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString('utf8')
}

/** Files that may hold something of IPsec and were not read, each with why: most hold a key or a password. */
export function unreadFiles(files: ConfigFiles): { path: string; why: string }[] {
  const mayTell =
    /^\/etc\/(?:swanctl\/(?:swanctl\.conf$|conf\.d\/(?!pollux-).*\.conf$)|ipsec\.conf$|ipsec\.d\/.*\.conf$|ipsec-tools\.conf$)/
  return Object.entries(files).flatMap(([path, file]) =>
    file.state === 'unread' && mayTell.test(path) ? [{ path, why: file.why }] : [],
  )
}
