import { parseAddress } from '@/lib/agent/ip-address'
import { canonicalIp } from '../addresses'
import { notSeen } from '../not-seen'

/** The name under which an address's names stand (RFC 1035, 3.5; RFC 3596, 2.5). Throws AppError when it is no address. */
export function arpaName(address: string): string {
  const parsed = parseAddress(canonicalIp(address) ?? '')
  if (parsed === null) throw notSeen(`“${address.slice(0, 100)}” is no IP address, so it can have no name.`)
  if (parsed.family === 4) return `${parsed.bytes.toReversed().join('.')}.in-addr.arpa`
  return `${nibblesOf(parsed.bytes).toReversed().join('.')}.ip6.arpa`
}

/** The 32 hexadecimal digits of an IPv6 address. */
export function nibblesOf(bytes: readonly number[]): string[] {
  return bytes.flatMap((byte) => [(byte >> 4).toString(16), (byte & 15).toString(16)])
}
