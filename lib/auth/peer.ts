import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { single } from '@/lib/config/single'

const peerHeader = 'x-pollux-peer'

/**
 * Notes on a request which address it came from, for code that sees headers only. The server calls it before anything
 * else does. What a browser sent under that name is dropped, and without this process's mark nothing is believed.
 */
export function notePeer(request: IncomingMessage): void {
  request.headers[peerHeader] = `${mark()} ${request.socket.remoteAddress ?? ''}`
}

/** The address that a request came from; null where the server did not note it. */
export function findPeer(headers: Headers): string | null {
  const [given = '', address = ''] = (headers.get(peerHeader) ?? '').split(' ')
  const [a, b] = [Buffer.from(given), Buffer.from(mark())]
  return a.length === b.length && timingSafeEqual(a, b) && address !== '' ? address : null
}

function mark(): string {
  return single('peer-mark', () => randomBytes(16).toString('hex'))
}
