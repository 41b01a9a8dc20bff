import { fromKernelHex } from '@/lib/agent/kernel-address'
import { canonicalIp } from '../addresses'

/** A TCP connection of a host, seen from it. */
export interface SocketSeen {
  source: string
  sourcePort: number
  peer: string
  peerPort: number
}

/** Understands lines of ss(8), new and old, and of /proc/net/tcp and tcp6 (proc(5)); skips what is none. */
export function parseSockets(text: string): SocketSeen[] {
  return text.split('\n').flatMap((line) => parseKernelLine(line) ?? parseSsLine(line) ?? [])
}

/**
 * The addresses from which a host spoke to a peer. Connections that were there `before` count only where there are no
 * others: one of them may have been used once more.
 */
export function sourcesTo(
  peer: { address: string; port: number },
  before: readonly SocketSeen[],
  since: readonly SocketSeen[],
): string[] {
  const isToPeer = (socket: SocketSeen) => socket.peer === peer.address && socket.peerPort === peer.port
  const isOld = (socket: SocketSeen) =>
    before.some((old) => old.source === socket.source && old.sourcePort === socket.sourcePort)
  const all = since.filter(isToPeer)
  const fresh = all.filter((socket) => !isOld(socket))
  return [...new Set((fresh.length > 0 ? fresh : all).map((socket) => socket.source))]
}

function parseSsLine(line: string): SocketSeen | null {
  const [state = '', , , local = '', peer = ''] = line.trim().split(/\s+/)
  if (!/^[A-Z0-9-]+$/.test(state) || state === 'LISTEN') return null
  const [own, far] = [parseEnd(local), parseEnd(peer)]
  return own && far ? { source: own.address, sourcePort: own.port, peer: far.address, peerPort: far.port } : null
}

/** `192.0.2.1:25`, `[2001:db8::1]:25`, `[::ffff:192.0.2.1]:25`, `2001:db8::1:25` (old), `[fe80::1]%eth0:25` */
function parseEnd(text: string): { address: string; port: number } | null {
  const match = /^\[?([0-9A-Fa-f.:]+?)\]?(?:%[\w.-]+\]?)?:(\d+)$/.exec(text)
  const address = canonicalIp(match?.[1] ?? '')
  return address === null ? null : { address, port: Number(match?.[2]) }
}

const listening = '0A'

// "  0: 0100007F:1F90 0100A8C0:0019 06 …": four bytes at a time in the order of the machine, taken here as little-endian.
function parseKernelLine(line: string): SocketSeen | null {
  const match = /^\s*\d+: ([0-9A-F]+):([0-9A-F]{4}) ([0-9A-F]+):([0-9A-F]{4}) ([0-9A-F]{2}) /.exec(line)
  const [own, far] = [fromKernelHex(match?.[1] ?? ''), fromKernelHex(match?.[3] ?? '')]
  if (match === null || own === null || far === null || match[5] === listening) return null
  const [sourcePort, peerPort] = [Number.parseInt(match[2] ?? '', 16), Number.parseInt(match[4] ?? '', 16)]
  return { source: own, sourcePort, peer: far, peerPort }
}
