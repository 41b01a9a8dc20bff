import { isIPv6 } from 'node:net'

/** How a browser on this machine reaches the server. `npm start` has checked HOST and PORT. */
export function listenUrl(): string {
  return urlOf(process.env.HOST || '127.0.0.1')
}

/**
 * The origins from which a browser may speak to the server: its own address, the two names of loopback, and those of
 * POLLUX_ORIGIN (several with commas between), by which it is reached from elsewhere.
 */
export function ownOrigins(): string[] {
  const named = (process.env.POLLUX_ORIGIN || '').split(',').filter((origin) => origin.trim() !== '')
  return [
    ...new Set([listenUrl(), urlOf('localhost'), urlOf('127.0.0.1'), ...named.map((text) => new URL(text).origin)]),
  ]
}

function urlOf(host: string): string {
  const wildcards: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '::1' }
  const reached = wildcards[host] ?? host
  return `http://${isIPv6(reached) ? `[${reached}]` : reached}:${process.env.PORT || '3000'}`
}
