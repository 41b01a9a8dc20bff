import { parseAddress } from '@/lib/agent/ip-address'

/**
 * The one form of an IP address by which two are compared: as the kernel prints it, an IPv4 address in the clothes of
 * IPv6 (RFC 4291, 2.5.5.2) without them, no zone. Null for anything else.
 */
export function canonicalIp(text: string): string | null {
  const bare = text.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')
  return bare.includes('/') ? null : (parseAddress(bare)?.host ?? null)
}

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
  const [first = 0, second = 0] = parseAddress(canonicalIp(address) ?? '')?.bytes ?? []
  return address.includes(':') ? first === 0xfe && (second & 0xc0) === 0x80 : first === 169 && second === 254
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
