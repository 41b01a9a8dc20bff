import { isIP } from 'node:net'
import { canonicalIp, isOffLimits } from '../addresses'
import { notSeen } from '../not-seen'

/**
 * A DNS server as `node:dns` takes it: from `192.0.2.1`, `192.0.2.1:53`, `2001:db8::1` or `[2001:db8::1]:53`. Throws
 * AppError for anything else, and for an address off limits.
 */
export function serverPlace(server: string): string {
  const match = /^\[([^\]]+)\](?::(\d{1,5}))?$/.exec(server) ?? /^([\d.]+)(?::(\d{1,5}))?$/.exec(server)
  const address = isIP(server) === 6 ? server : (match?.[1] ?? '')
  const port = Number(match?.[2] ?? 53)
  const ip = canonicalIp(address)
  if (ip === null || port < 1 || port > 65_535)
    throw notSeen(`“${server.slice(0, 100)}” is no address of a DNS server.`)
  if (isOffLimits(ip))
    throw notSeen(`The dashboard asks no DNS server at ${ip}: it is a link-local or a cloud’s own address.`)
  return ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`
}
