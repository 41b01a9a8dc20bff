/** An address with its prefix, in the one form that the kernel prints. */
export interface IpAddress {
  family: 4 | 6
  /** "192.0.2.10", "2001:db8::10" */
  host: string
  prefix: number
  /** 4 or 16 numbers, 0 to 255. */
  bytes: readonly number[]
}

/**
 * Understands `192.0.2.10/32` and `2001:db8::10/128`; without a prefix the address stands alone (/32, /128).
 * Returns null for anything else: names, zones, leading zeros (which old tools read as octal), masks.
 */
export function parseAddress(text: string): IpAddress | null {
  const match = /^([0-9A-Fa-f:.]{2,45})(?:\/(0|[1-9]\d{0,2}))?$/.exec(text)
  if (!match) return null
  const [, host = '', prefixText] = match
  const bytes = host.includes(':') ? parseIpv6(host) : parseIpv4(host)
  if (!bytes) return null
  const bits = bytes.length * 8
  const prefix = prefixText === undefined ? bits : Number(prefixText)
  if (prefix > bits) return null
  return { family: bits === 32 ? 4 : 6, host: printBytes(bytes), prefix, bytes }
}

/** "192.0.2.10/32" */
export function printAddress({ host, prefix }: IpAddress): string {
  return `${host}/${prefix}`
}

/** The dotted mask of an IPv4 prefix: 255.255.255.255 for 32. */
export function netmaskOf(prefix: number): string {
  return [0, 1, 2, 3].map((at) => 256 - 2 ** (8 - Math.max(0, Math.min(8, prefix - at * 8)))).join('.')
}

/** The prefix of a dotted mask; null when its ones are not all in front. */
export function prefixOfNetmask(mask: string): number | null {
  const prefixes = Array.from({ length: 33 }, (_, prefix) => prefix)
  return prefixes.find((prefix) => netmaskOf(prefix) === mask) ?? null
}

/** Whether the host address lies in the net of the other. */
export function isInNet(host: IpAddress, net: IpAddress): boolean {
  if (host.family !== net.family) return false
  return bitsOf(host).slice(0, net.prefix) === bitsOf(net).slice(0, net.prefix)
}

/** Why an address can be nobody's failover IP, as a sentence; null when it can. */
export function whyNotFailover(address: IpAddress): string | null {
  const { family, prefix, host } = address
  const name = `${host}/${prefix}`
  const kind = specialKind(address)
  if (kind) return `${host} is ${kind}. A failover IP is an address that one machine has and others reach.`
  const [least, most] = family === 4 ? [8, 32] : [32, 128]
  if (prefix < least) return `A prefix of /${prefix} is too short: expected /${least} to /${most}.`
  const tail = bitsOf(address).slice(prefix)
  if (family === 4 && prefix < 31 && !tail.includes('1'))
    return `${name} is the address of the net itself, not of a machine in it.`
  if (family === 4 && prefix < 31 && !tail.includes('0')) return `${name} is the broadcast address of its net.`
  if (family === 6 && prefix < 127 && !tail.includes('1'))
    return `${name} is the address of all routers of its net (RFC 4291).`
  return null
}

function specialKind({ family, bytes, host }: IpAddress): string | null {
  const [a = 0, b = 0] = bytes
  if (family === 4) {
    if (host === '255.255.255.255') return 'the broadcast address'
    if (a === 0) return host === '0.0.0.0' ? 'the unspecified address' : 'of the net 0.0.0.0/8, which no machine has'
    if (a === 127) return 'a loopback address'
    if (a === 169 && b === 254) return 'a link-local address'
    if (a >= 224 && a < 240) return 'a multicast address'
    return a >= 240 ? 'of the reserved net 240.0.0.0/4' : null
  }
  if (host === '::') return 'the unspecified address'
  if (host === '::1') return 'the loopback address'
  if (a === 0xff) return 'a multicast address'
  if (a === 0xfe && (b & 0xc0) === 0x80) return 'a link-local address'
  return bytes.slice(0, 10).every((byte) => byte === 0) ? 'an IPv4 address in the clothes of IPv6' : null
}

function bitsOf({ bytes }: IpAddress): string {
  return bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('')
}

function parseIpv4(text: string): number[] | null {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)) return null
  return parts.map(Number)
}

// RFC 4291, 2.2: eight groups, one run of zeros as `::`, the last two groups also as dotted decimals.
function parseIpv6(text: string): number[] | null {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text)
  const tail = dotted ? parseIpv4(dotted[2] ?? '') : []
  if (!tail) return null
  const words = tail.length === 0 ? [] : [group(tail[0], tail[1]), group(tail[2], tail[3])]
  const groups = `${dotted?.[1] ?? text}${words.join(':')}`
  const halves = groups.split('::')
  if (halves.length > 2) return null
  const [left = [], right = []] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const missing = 8 - left.length - right.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null
  const all = [...left, ...Array.from({ length: missing }, () => '0'), ...right]
  if (!all.every((word) => /^[0-9A-Fa-f]{1,4}$/.test(word))) return null
  return all.flatMap((word) => [Number.parseInt(word, 16) >> 8, Number.parseInt(word, 16) & 255])
}

function group(high = 0, low = 0): string {
  return (high * 256 + low).toString(16)
}

// RFC 5952, as inet_ntop(3) prints: small letters, the first longest run of two or more zero groups as `::`.
function printBytes(bytes: readonly number[]): string {
  if (bytes.length === 4) return bytes.join('.')
  const groups = Array.from({ length: 8 }, (_, at) => group(bytes[at * 2], bytes[at * 2 + 1]))
  const run = [8, 7, 6, 5, 4, 3, 2]
    .flatMap((length) => Array.from({ length: 9 - length }, (_, at) => ({ at, length })))
    .find(({ at, length }) => groups.slice(at, at + length).every((word) => word === '0'))
  if (!run) return groups.join(':')
  return `${groups.slice(0, run.at).join(':')}::${groups.slice(run.at + run.length).join(':')}`
}
