import { editTo, type FileEdit, fileAt } from '@/lib/agent/config-file'
import { parseInterfaces, stanzasOf } from '@/lib/agent/interfaces'
import { type IpAddress, isInNet, parseAddress, printAddress } from '@/lib/agent/ip-address'
import { appendBlock } from '@/lib/agent/marked-block'
import { INTERFACES, sourcedPath } from '@/lib/agent/sourced-interfaces'
import type { DeviceFacts, FailoverFacts } from './facts'
import { blockName, isModern, removeAddress, stanzasOn, stanzaText } from './ifupdown'
import { netplanDevice, netplanLines, netplanPath, netplanText } from './netplan'
import { addressLine, dropInPath, dropInText, networkdFiles, withoutAddress } from './networkd'
import { NETWORKD_FOLDER, ownName } from './paths'

/** Where an address of a device is kept over a boot. */
export interface KeptAt {
  path: string
  /** From 1. */
  line: number
  /** The alias that brings it up, where it has one. */
  alias: string | null
}

/** Every place that keeps the address on the device, in the files of the device's own stack. */
export function keptAt(facts: FailoverFacts, device: DeviceFacts, address: IpAddress): KeptAt[] {
  switch (device.stack) {
    case 'ifupdown':
      return stanzasOn(facts, device.name)
        .filter((kept) => kept.address.host === address.host)
        .map(({ path, stanza }) => ({ path, line: stanza.line, alias: stanza.name.includes(':') ? stanza.name : null }))
    case 'networkd':
      return networkdFiles(facts, device.networkFile ?? '').flatMap(({ path, bytes }) => {
        const line = addressLine(bytes, address)
        return line === null ? [] : [{ path, line, alias: null }]
      })
    case 'netplan':
      return netplanLines(facts, address).map((found) => ({ ...found, alias: null }))
    default:
      return []
  }
}

/** Why nothing can be kept over a boot on this device, as a clause behind the host's name; null when it can. */
export function whyNotKept(device: DeviceFacts): string | null {
  switch (device.stack) {
    case 'ifupdown':
    case 'networkd':
    case 'netplan':
      return null
    case 'networkmanager':
      return `NetworkManager manages ${device.name}, and Pollux does not write its profiles yet`
    case 'unclear':
      return `two programs say that they hold ${device.name}: ${device.stackBecause}`
    case 'other':
      return `${device.stackBecause}, and Pollux does not write its files`
    case 'none':
      return `nothing that Pollux knows sets up ${device.name} at boot`
  }
}

/** The file that will keep the address. `label` is the alias for IPv4. */
export function keepEdit(
  facts: FailoverFacts,
  device: DeviceFacts,
  address: IpAddress,
  label: string | null,
): FileEdit {
  if (device.stack === 'ifupdown') return ifupdownEdit(facts, device, address, label)
  if (device.stack === 'networkd') {
    const path = dropInPath(device.networkFile ?? '', address)
    return editTo(facts.files, path, dropInText(address, address.family === 4 ? label : null), { makesFolder: true })
  }
  const path = netplanPath(address)
  const known = netplanDevice(facts, device.networkFile)
  if (!known)
    return {
      ok: false,
      path,
      why: `cannot be written: netplan's own name of ${device.name} was not found in its files`,
    }
  return editTo(facts.files, path, netplanText(address, known), { mode: '0600' })
}

function ifupdownEdit(facts: FailoverFacts, device: DeviceFacts, address: IpAddress, label: string | null): FileEdit {
  const version = facts.ifupdownVersion
  const own = sourcedPath(facts, ownName(address))
  const isInOwn = own !== null && !comesTooEarly(facts, device, own.line)
  const path = isInOwn ? own.path : INTERFACES
  const name = address.family === 4 ? label : device.name
  if (name === null)
    return { ok: false, path, why: `cannot be written: an alias of ${device.name} would be longer than 15 characters` }
  const hasSixth = stanzasOn(facts, device.name).some(
    (kept) => kept.address.family === 6 && kept.stanza.name === device.name,
  )
  if (address.family === 6 && hasSixth && !isModern(version)) {
    return {
      ok: false,
      path,
      why: `cannot be written: ifupdown ${version ?? 'of unknown version'} takes one IPv6 address for each device`,
    }
  }
  const text = stanzaText(address, name, version)
  if (isInOwn) return editTo(facts.files, path, `# Pollux: failover IP\n${text}`)
  const main = fileAt(facts.files, INTERFACES)
  return editTo(facts.files, path, appendBlock(main.state === 'there' ? main.bytes : '', blockName(address), text))
}

/**
 * Whether what is sourced there comes up before the device itself. That makes the failover IP the first address of the
 * device, which the kernel sends from when the gateway lies in none of its nets.
 */
function comesTooEarly(facts: FailoverFacts, device: DeviceFacts, sourceLine: number): boolean {
  const main = fileAt(facts.files, INTERFACES)
  const stanza =
    main.state === 'there' ? stanzasOf(parseInterfaces(main.bytes)).find((one) => one.name === device.name) : undefined
  if (!stanza || stanza.line < sourceLine) return false
  const routes = facts.defaultRoutes.filter((route) => route.device === device.name && route.src === null)
  return routes.some(({ via }) => {
    const gateway = parseAddress(via ?? '')
    const nets = device.addresses.map(({ host, prefix }) => parseAddress(`${host}/${prefix}`))
    return gateway?.family === 4 && !nets.some((net) => net !== null && net.prefix < 32 && isInNet(gateway, net))
  })
}

/** What takes the address out of every file that keeps it; at most one edit a file. */
export function dropEdits(facts: FailoverFacts, device: DeviceFacts, address: IpAddress): FileEdit[] {
  const paths = [...new Set(keptAt(facts, device, address).map((kept) => kept.path))]
  return paths.map((path) => {
    const file = fileAt(facts.files, path)
    if (file.state !== 'there') return { ok: false, path, why: 'could not be read' }
    if (device.stack === 'ifupdown') {
      const left = removeAddress(file.bytes, device.name, address)
      if (!left.ok) return { ok: false, path, why: `cannot be edited: ${left.why}` }
      return editTo(facts.files, path, isOwnAndEmpty(path, left.bytes) ? null : left.bytes)
    }
    if (device.stack === 'networkd') {
      if (!path.startsWith(`${NETWORKD_FOLDER}/`))
        return { ok: false, path, why: 'belongs to a package or a generator: it is not edited' }
      const bytes = withoutAddress(file.bytes, address)
      return editTo(facts.files, path, isOwnAndEmpty(path, bytes) ? null : bytes, { makesFolder: true })
    }
    if (path === netplanPath(address)) return editTo(facts.files, path, null)
    return {
      ok: false,
      path,
      why: `names ${printAddress(address)}: netplan's other files are not edited, take it out there`,
    }
  })
}

/** A file that Pollux made for one address goes when nothing but comments is left in it. */
function isOwnAndEmpty(path: string, bytes: string): boolean {
  return /\/(50-)?pollux-failover-[^/]*$/.test(path) && bytes.split('\n').every((line) => /^\s*(#|$)/.test(line))
}
