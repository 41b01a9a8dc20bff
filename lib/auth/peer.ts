import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { single } from '@/lib/config/single'
import { takeForwarded, type Way } from './forwarded'

const peerHeader = 'x-pollux-peer'

/** When each connection was opened, by the process's own clock, which nobody sets. By its other end: TLS has a socket of its own. */
const openings = () => single('connection-openings', () => new Map<string, number>())

/** Notes that a connection was opened just now. The server calls it for each. */
export function noteConnection(socket: Socket): void {
  const key = otherEnd(socket)
  const now = performance.now()
  openings().set(key, now)
  socket.once('close', () => {
    if (openings().get(key) === now) openings().delete(key)
  })
}

/** When the connection that a request came over was opened (performance.now); null where the server did not note it. */
export function openedAt(request: IncomingMessage): number | null {
  return openings().get(otherEnd(request.socket)) ?? null
}

function otherEnd({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`
}

/**
 * Notes on a request which address it came from and when its connection was opened, for code that sees headers only.
 * The server calls it before anything else does. What a browser sent under that name is dropped, and without this
 * process's mark nothing is believed. The address is the connection's, or what a trusted proxy says.
 */
export function notePeer(request: IncomingMessage): Way {
  const way = takeForwarded(request)
  request.headers[peerHeader] = `${mark()} ${way.address} ${openedAt(request) ?? ''}`
  return way
}

/** The address that a request came from; null where the server did not note it. */
export function findPeer(headers: Headers): string | null {
  return noted(headers)[0] || null
}

/** When the connection of a request was opened (performance.now of this process); null where the server did not note it. */
export function findOpening(headers: Headers): number | null {
  const opening = noted(headers)[1] ?? ''
  return opening === '' ? null : Number(opening)
}

function noted(headers: Headers): string[] {
  const [given = '', ...words] = (headers.get(peerHeader) ?? '').split(' ')
  const [a, b] = [Buffer.from(given), Buffer.from(mark())]
  return a.length === b.length && timingSafeEqual(a, b) ? words : []
}

function mark(): string {
  return single('peer-mark', () => randomBytes(16).toString('hex'))
}
