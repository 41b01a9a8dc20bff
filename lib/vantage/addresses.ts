import { parseAddress } from '@/lib/agent/ip-address'

/**
 * The one form of an IP address by which two are compared: as the kernel prints it, an IPv4 address in the clothes of
 * IPv6 (RFC 4291, 2.5.5.2), in whatever spelling, without them, no zone. Null for anything else.
 */
export function canonicalIp(text: string): string | null {
  const bare = text.replace(/%.*$/, '')
  const read = bare.includes('/') ? null : parseAddress(bare)
  if (!read) return null
  const isDressed = read.family === 6 && dressed.every((byte, at) => read.bytes[at] === byte)
  return isDressed ? read.bytes.slice(dressed.length).join('.') : read.host
}

/** What stands before an IPv4 address that is written as one of IPv6. */
const dressed = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]

export function isLoopback(address: string): boolean {
  const ip = canonicalIp(address)
  return ip === '::1' || ip?.startsWith('127.') === true
}

/** Whether what is typed as an address is the machine itself: a loopback address, or its usual name. */
export function isItself(typed: string): boolean {
  return typed === 'localhost' || isLoopback(typed)
}

/** Whether an address leads to the own link alone: also where clouds keep their machines' secrets. */
export function isLinkLocal(address: string): boolean {
  const ip = canonicalIp(address) ?? ''
  const [first = 0, second = 0] = parseAddress(ip)?.bytes ?? []
  return ip.includes(':') ? first === 0xfe && (second & 0xc0) === 0x80 : first === 169 && second === 254
}

/** Where clouds answer their machines' questions beside the link-local 169.254.169.254: Amazon over IPv6, Alibaba, Oracle, Azure. */
const metadata: readonly string[] = ['fd00:ec2::254', '100.100.100.200', '192.0.0.192', '168.63.129.16']

/** Whether the dashboard connects there for nobody: the own link, and the places where clouds keep their machines' secrets. */
export function isOffLimits(address: string): boolean {
  return isLinkLocal(address) || metadata.includes(canonicalIp(address) ?? '')
}

/** "192.0.2.1 port 25" */
export function placeOf(address: string, port: number): string {
  return `${address} port ${port}`
}
