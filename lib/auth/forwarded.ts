import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { TLSSocket } from 'node:tls'
import { hasTls, hasTrustedProxy } from '@/lib/config/listen'
import { isTrustedProxy, plainIp } from '@/lib/config/trusted-proxy'

/** Where a request came from, with a trusted proxy's word taken into account. */
export interface Way {
  /** The IP address of whoever asks; empty when the connection is gone already. */
  address: string
  /** Whether it was encrypted on its way here, or to the proxy. */
  isSecure: boolean
  /** Whether it came past the proxy that all but this machine have to take. */
  isPastProxy: boolean
}

/**
 * Reads where a request came from and leaves in its headers of the kind X-Forwarded-* (and Forwarded, RFC 7239) only what
 * a trusted proxy said: Next takes X-Forwarded-Host for the host of an action's origin, whoever wrote it.
 */
export function takeForwarded(request: IncomingMessage): Way {
  const { headers, socket } = request
  const remote = plainIp(socket.remoteAddress ?? '') ?? ''
  const isOwnTls = socket instanceof TLSSocket
  const isProxy = isTrustedProxy(remote)
  const said = {
    for: headers['x-forwarded-for'],
    host: headers['x-forwarded-host'],
    proto: headers['x-forwarded-proto'],
  }
  for (const name of Object.keys(headers)) if (isForwardedName(name)) delete headers[name]
  if (!isProxy) return { address: remote, isSecure: isOwnTls, isPastProxy: isPastProxy(remote) }
  const address = clientOf(textOf(said.for)) ?? remote
  const proto = textOf(said.proto)
  keep(headers, 'x-forwarded-for', address)
  keep(headers, 'x-forwarded-host', lastOf(textOf(said.host)))
  keep(headers, 'x-forwarded-proto', proto === 'https' || proto === 'http' ? proto : '')
  return { address, isSecure: isOwnTls || proto === 'https', isPastProxy: false }
}

function isForwardedName(name: string): boolean {
  return name.startsWith('x-forwarded-') || name === 'forwarded' || name === 'x-real-ip'
}

// Without TLS of our own, a proxy's connection is the one that is safe beyond this machine.
function isPastProxy(remote: string): boolean {
  return hasTrustedProxy() && !hasTls() && !(remote === '::1' || remote.startsWith('127.'))
}

/** Who asked the first proxy that we trust: each appends the address that it saw, so what stands left of that is hearsay. */
function clientOf(text: string): string | null {
  for (const part of text.split(',').reverse()) {
    const ip = plainIp(
      part
        .trim()
        .replace(/^\[(.+)\](:\d+)?$/, '$1')
        .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1'),
    )
    if (ip === null) return null
    if (!isTrustedProxy(ip)) return ip
  }
  return null
}

function lastOf(text: string): string {
  return text.split(',').at(-1)?.trim() ?? ''
}

function textOf(value: string | string[] | undefined): string {
  return Array.isArray(value) ? value.join(',') : (value ?? '')
}

function keep(headers: IncomingHttpHeaders, name: string, value: string): void {
  if (value !== '') headers[name] = value
}
