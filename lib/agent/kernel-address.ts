import { type IpAddress, parseAddress } from './ip-address'

/**
 * An address as /proc/net/tcp and tcp6 print it, null for anything else. IPv4 mapped into IPv6 comes as IPv4. The words
 * are of four bytes in the machine's order: little-endian on every machine that Pollux meets but the oldest NAS.
 */
export function fromKernelHex(hex: string): string | null {
  if (!/^([0-9A-F]{8}|[0-9A-F]{32})$/i.test(hex)) return null
  const words = hex.match(/.{8}/g) ?? []
  const bytes = words.flatMap((word) => (word.match(/../g) ?? []).reverse().map((byte) => Number.parseInt(byte, 16)))
  const isMapped = bytes.length === 16 && bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255
  if (bytes.length === 4 || isMapped) return bytes.slice(-4).join('.')
  const groups = Array.from({ length: 8 }, (_, at) =>
    ((bytes[at * 2] ?? 0) * 256 + (bytes[at * 2 + 1] ?? 0)).toString(16),
  )
  return parseAddress(groups.join(':'))?.host ?? null
}

/** The same the other way round: an address as /proc/net/tcp (IPv4) or tcp6 (IPv6) prints it. */
export function toKernelHex({ bytes }: Pick<IpAddress, 'bytes'>): string {
  const words = Array.from({ length: bytes.length / 4 }, (_, at) => bytes.slice(at * 4, at * 4 + 4).toReversed())
  return words
    .flatMap((word) => word.map((byte) => byte.toString(16).padStart(2, '0')))
    .join('')
    .toUpperCase()
}
