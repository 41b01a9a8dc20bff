import {
  type InterfacesDocument,
  parseInterfaces,
  printInterfaces,
  type Stanza,
  stanzasOf,
} from '@/lib/agent/interfaces'
import { type IpAddress, netmaskOf, parseAddress, prefixOfNetmask, printAddress } from '@/lib/agent/ip-address'
import { removeBlock } from '@/lib/agent/marked-block'
import { INTERFACES, isSourced } from '@/lib/agent/sourced-interfaces'
import type { FailoverFacts } from './facts'

/** One stanza that puts an address on a device. */
export interface KeptStanza {
  path: string
  stanza: Stanza
  address: IpAddress
}

/** The files that ifupdown reads, as far as Pollux sees them: /etc/network/interfaces, and the folder where it is sourced. */
export function interfacesFiles(facts: FailoverFacts): { path: string; document: InterfacesDocument }[] {
  return Object.entries(facts.files).flatMap(([path, file]) => {
    if (file.state !== 'there' || file.type !== 'file' || !path.startsWith('/etc/network/')) return []
    if (path !== INTERFACES && !isSourced(facts, path)) return []
    return [{ path, document: parseInterfaces(file.bytes) }]
  })
}

/** Every stanza that puts an address on the device or on an alias of it (`eth0:0`), in whatever form. */
export function stanzasOn(facts: FailoverFacts, device: string): KeptStanza[] {
  return interfacesFiles(facts).flatMap(({ path, document }) =>
    stanzasOf(document)
      .filter(({ name }) => name === device || name.startsWith(`${device}:`))
      .flatMap((stanza) => {
        const address = addressOf(stanza)
        return address ? [{ path, stanza, address }] : []
      }),
  )
}

/** The address of a stanza, with the prefix from itself or from `netmask`; null where it has none. */
export function addressOf({ options }: Stanza): IpAddress | null {
  const value = (key: string) => options.find((option) => option.key === key)?.value
  const address = parseAddress(value('address') ?? '')
  const mask = value('netmask')
  if (!address || mask === undefined || (value('address') ?? '').includes('/')) return address
  const prefix = /^\d{1,3}$/.test(mask) ? Number(mask) : prefixOfNetmask(mask)
  return prefix === null ? address : { ...address, prefix }
}

/** Whether the host's ifupdown knows `address X/32` and several stanzas for one device (0.7, Debian 7). */
export function isModern(version: string | null): boolean {
  const match = /^(?:\d+:)?(\d+)\.(\d+)/.exec(version ?? '')
  return match !== null && (Number(match[1]) > 0 || Number(match[2]) >= 7)
}

/**
 * The stanza that puts the address on the device. IPv4 gets an alias, which every ifupdown understands and which `ifup`
 * brings up alone; IPv6 has no aliases: a second stanza of the device.
 */
export function stanzaText(address: IpAddress, name: string, version: string | null): string {
  const lines = isModern(version)
    ? [`\taddress ${printAddress(address)}`]
    : [`\taddress ${address.host}`, `\tnetmask ${address.family === 4 ? netmaskOf(address.prefix) : address.prefix}`]
  return address.family === 4
    ? `auto ${name}\niface ${name} inet static\n${lines.join('\n')}\n`
    : `iface ${name} inet6 static\n${lines.join('\n')}\n`
}

/** What the block of an address in /etc/network/interfaces is called. */
export const blockName = ({ host }: IpAddress) => `failover IP ${host}`

/**
 * The file without what puts the address on the device: our block, or a stanza that somebody wrote and that says
 * nothing else. `why` is a sentence for a stanza that says more.
 */
export function removeAddress(
  bytes: string,
  device: string,
  address: IpAddress,
): { ok: true; bytes: string } | { ok: false; why: string } {
  const left = removeBlock(bytes, blockName(address))
  if (left !== null) return { ok: true, bytes: left }
  const document = parseInterfaces(bytes)
  const stanza = stanzasOf(document).find(
    (one) => (one.name === device || one.name.startsWith(`${device}:`)) && addressOf(one)?.host === address.host,
  )
  if (!stanza) return { ok: true, bytes }
  const foreign = stanza.options.find(({ key }) => !plainOptions.has(key))
  if (foreign) {
    return {
      ok: false,
      why: `the stanza in line ${stanza.line} also says "${foreign.key}", which Pollux does not take away`,
    }
  }
  if (stanza.name === device && stanzasOf(document).filter(({ name }) => name === device).length < 2) {
    return { ok: false, why: `the stanza in line ${stanza.line} is the only one that brings up ${device}` }
  }
  return { ok: true, bytes: printInterfaces(withoutStanza(document, stanza)) }
}

const plainOptions: ReadonlySet<string> = new Set([
  'address',
  'netmask',
  'broadcast',
  'network',
  'dad-attempts',
  'scope',
])

// Comments and blank lines behind the last option stay: they may belong to what follows.
function withoutStanza(document: InterfacesDocument, stanza: Stanza): InterfacesDocument {
  const own = document.parts.filter((part) => part.stanza === stanza.line && part.words.length > 0)
  const last = own.at(-1)?.line ?? stanza.line
  const isAlias = stanza.name.includes(':')
  return {
    parts: document.parts.flatMap((part) => {
      if (part.stanza === stanza.line && part.line <= last) return []
      const [word = '', ...names] = part.words
      if (!isAlias || !/^(auto|allow-\S+)$/.test(word) || !names.includes(stanza.name)) return [part]
      if (names.length === 1) return []
      // Words and the blanks before them, so that a name is compared and never part of a pattern.
      const raw = part.raw.replace(/[ \t]+\S+/g, (found) => (found.trim() === stanza.name ? '' : found))
      return [{ ...part, raw }]
    }),
  }
}
