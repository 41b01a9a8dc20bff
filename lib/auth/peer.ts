import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { single } from '@/lib/config/single'

const peerHeader = 'x-pollux-peer'

/** When each connection was opened, by the process's own clock, which nobody sets. */
const openings = () => single('connection-openings', () => new WeakMap<Socket, number>())

/** Notes that a connection was opened just now. The server calls it for each. */
export function noteConnection(socket: Socket): void {
  openings().set(socket, performance.now())
}

/** When the connection that a request came over was opened (performance.now); null where the server did not note it. */
export function openedAt(request: IncomingMessage): number | null {
  return openings().get(request.socket) ?? null
}

/**
 * Notes on a request which address its connection came from and when that was opened, for code that sees headers only.
 * The server calls it before anything else does. What a browser sent under that name is dropped, and without this
 * process's mark nothing is believed.
 */
export function notePeer(request: IncomingMessage): void {
  const { remoteAddress = '' } = request.socket
  request.headers[peerHeader] = `${mark()} ${remoteAddress} ${openedAt(request) ?? ''}`
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
