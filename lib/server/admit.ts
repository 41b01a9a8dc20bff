import type { IncomingMessage, ServerResponse } from 'node:http'
import { notePeer } from '@/lib/auth/peer'

/** A year, for this name alone (RFC 6797): what else answers under the same domain is not ours to decide. */
const strictTransport = 'max-age=31536000'

/**
 * What the server does before all else: notes who asks, drops what only a trusted proxy may say, and tells a browser that
 * came over TLS to come so again. False, and answered with 403, for one that came past the proxy.
 */
export function admitRequest(request: IncomingMessage, response: ServerResponse): boolean {
  const { isSecure, isPastProxy } = notePeer(request)
  if (isPastProxy) {
    response.writeHead(403, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' })
    response.end('This Pollux is reached through its proxy only.\n')
    return false
  }
  if (isSecure && !isLocalName(request.headers.host ?? ''))
    response.setHeader('strict-transport-security', strictTransport)
  return true
}

/** The same for a socket; false when it came past the proxy. */
export function admitUpgrade(request: IncomingMessage): boolean {
  return !notePeer(request).isPastProxy
}

// Whatever else a person serves on his own machine would have to have TLS from then on.
function isLocalName(host: string): boolean {
  return /^localhost(:\d+)?$/i.test(host)
}
