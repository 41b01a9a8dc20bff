import { parseAddress } from '@/lib/agent/ip-address'

/** What the first field of an `inet` service listens on. */
export type Endpoint =
  /** `host` as written, without brackets; null for every address of `inet_interfaces`. `port` is a number or a name. */
  { ok: true; host: string | null; port: string } | { ok: false; why: string }

/**
 * Splits `port`, `host:port`, `[v6]:port` as Postfix does (global/host_port.c): without brackets the LAST colon splits,
 * so that `::1:smtp` is port smtp of ::1, and `2001:db8::25` is port 25 of "2001:db8:", which is no address: fatal.
 */
export function splitEndpoint(name: string): Endpoint {
  const [host, port] = name.startsWith('[') ? splitBrackets(name) : splitLastColon(name)
  if (host === undefined) return { ok: false, why: 'it has no "]", or something other than ":" behind it' }
  if (!port) return { ok: false, why: 'it names no port' }
  if (/^\d/.test(port) && !/^\d+$/.test(port)) return { ok: false, why: 'its port is neither a number nor a name' }
  if (host === '' && !name.startsWith('[')) return { ok: true, host: null, port }
  if (isHostName(host) || isHostAddress(host)) return { ok: true, host, port }
  return { ok: false, why: `${JSON.stringify(host)} is neither an address nor a host name` }
}

/** Whether a person may read it otherwise than Postfix: an IPv6 address without brackets. */
export function isBareIpv6(name: string): boolean {
  return !name.startsWith('[') && /:.*:/.test(name)
}

const ports: Readonly<Record<string, string>> = { smtp: '25', smtps: '465', submissions: '465', submission: '587' }

/**
 * One name for each socket, since Postfix takes `25` and `smtp`, or `127.0.0.1:25` and `[127.0.0.1]:smtp`, for the same
 * service (master/master_ent.c). Names of /etc/services beyond those of mail stay as they are.
 */
export function socketOf({ host, port }: { host: string | null; port: string }): string {
  const number = ports[port] ?? port.replace(/^0+(?=\d)/, '')
  return host === null ? number : `[${parseAddress(host)?.host ?? host}]:${number}`
}

function splitBrackets(name: string): [string?, string?] {
  const [, prefix, host, port] = /^\[(ipv6:)?([^\]]*)\](?::(.*))?$/i.exec(name) ?? []
  return prefix && !host?.includes(':') ? ['', port] : [host, port]
}

function splitLastColon(name: string): [string, string] {
  const colon = name.lastIndexOf(':')
  return colon < 0 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)]
}

function isHostAddress(text: string): boolean {
  // Postfix lets leading zeros through.
  const plain = text.includes(':') ? text : text.replace(/(?<=^|\.)0+(?=\d)/g, '')
  return !text.includes('/') && parseAddress(plain) !== null
}

// util/valid_hostname.c: underscores are let through, a name of nothing but digits is not.
function isHostName(text: string): boolean {
  if (text.length > 255 || !/[A-Za-z_-]/.test(text)) return false
  return text.split('.').every((label) => /^[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/.test(label))
}
