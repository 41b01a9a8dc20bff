import { type IpAddress, printAddress } from '@/lib/agent/ip-address'
import type { FailoverFacts } from './facts'
import { NETPLAN_FOLDER, ownName } from './paths'

/** The file for one address. netplan(5): files are read in the order of their names, lists are joined. */
export function netplanPath(address: IpAddress): string {
  return `${NETPLAN_FOLDER}/60-${ownName(address)}.yaml`
}

/** Netplan's own name of a device and the section it stands in, as the files that are there have it. */
export interface NetplanDevice {
  id: string
  section: string
}

const SECTION = /^(\s*)(ethernets|bonds|bridges|vlans|wifis|tunnels|vrfs|dummy-devices|modems):\s*(#.*)?$/

/**
 * Finds the device in netplan's files: netplan writes what it makes for networkd as 10-netplan-ID.network. Null where
 * it stands nowhere in the usual form (one key a line).
 */
export function netplanDevice(facts: FailoverFacts, networkFile: string | null): NetplanDevice | null {
  const id = /^\/run\/systemd\/network\/10-netplan-([A-Za-z0-9_.-]{1,64})\.network$/.exec(networkFile ?? '')?.[1]
  if (id === undefined) return null
  for (const [path, file] of Object.entries(facts.files)) {
    if (!path.startsWith(`${NETPLAN_FOLDER}/`) || file.state !== 'there') continue
    let section: string | null = null
    for (const line of file.bytes.split('\n')) {
      section = SECTION.exec(line)?.[2] ?? section
      const key = /^\s+["']?([A-Za-z0-9_.-]+)["']?:\s*(#.*)?$/.exec(line)?.[1]
      if (section !== null && key === id) return { id, section }
    }
  }
  return null
}

/** The text of the file. */
export function netplanText(address: IpAddress, { id, section }: NetplanDevice): string {
  return `# Pollux: failover IP
network:
  version: 2
  ${section}:
    "${id}":
      addresses:
        - "${printAddress(address)}"
`
}

/** Files of netplan that name this address, with the line (from 1). */
export function netplanLines(facts: FailoverFacts, address: IpAddress): { path: string; line: number }[] {
  const text = printAddress(address)
  return Object.entries(facts.files).flatMap(([path, file]) => {
    if (!path.startsWith(`${NETPLAN_FOLDER}/`) || file.state !== 'there') return []
    const at = file.bytes.split('\n').findIndex((line) =>
      line
        .replace(/#.*/, '')
        .split(/[\s"',[\]-]+/)
        .includes(text),
    )
    return at < 0 ? [] : [{ path, line: at + 1 }]
  })
}
