import { isIPv6 } from 'node:net'

/** Where the server itself listens, as a browser on this machine would reach it. `npm start` has checked HOST and PORT. */
export function listenUrl(): string {
  return urlOf(process.env.HOST || '127.0.0.1')
}

/** The address to give to a person: the first of POLLUX_ORIGIN where TLS or a proxy stands under that name, else its own. */
export function mainUrl(): string {
  return (hasTls() || hasTrustedProxy() ? namedOrigins()[0] : undefined) ?? listenUrl()
}

/**
 * The origins from which a browser may speak to the server: its own address, the two names of loopback, and those of
 * POLLUX_ORIGIN (several with commas between), by which it is reached from elsewhere. Behind a proxy that has TLS only
 * those that were named: what goes past the proxy is not encrypted, and a secure cookie does not go that way.
 */
export function ownOrigins(): string[] {
  if (isServedSecurely() && !hasTls()) return namedOrigins()
  return [...new Set([mainUrl(), listenUrl(), urlOf('localhost'), urlOf('127.0.0.1'), ...namedOrigins()])]
}

/** Whether every browser comes over TLS, our own or a trusted proxy's: then cookies are secure ones. */
export function isServedSecurely(): boolean {
  return hasTls() || (hasTrustedProxy() && namedOrigins().every((origin) => origin.startsWith('https:')))
}

/** Whether the server has a certificate of its own. */
export function hasTls(): boolean {
  return Boolean(process.env.POLLUX_TLS_CERT)
}

/** Whether a proxy is named whose word on who asks counts. */
export function hasTrustedProxy(): boolean {
  return (process.env.POLLUX_TRUSTED_PROXY || '').trim() !== ''
}

function namedOrigins(): string[] {
  const named = (process.env.POLLUX_ORIGIN || '').split(',').filter((origin) => origin.trim() !== '')
  return [...new Set(named.map((text) => new URL(text).origin))]
}

function urlOf(host: string): string {
  const wildcards: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '::1' }
  const reached = wildcards[host] ?? host
  const text = isIPv6(reached) ? `[${reached}]` : reached
  // As a browser writes an origin: without the scheme's own port.
  return new URL(`${hasTls() ? 'https' : 'http'}://${text}:${process.env.PORT || '3000'}`).origin
}
