import { type LabHost, labHosts } from './descriptor'

/** Prints a table of hosts (those that run unless given), and how to get onto the wire. */
export function printStatus(hosts: LabHost[] = labHosts()): void {
  if (hosts.length === 0) {
    console.log('No host of the lab runs.')
    return
  }
  const rows = hosts.map((host) => [
    host.name,
    `${host.address}:${host.port}`,
    host.kind,
    host.hostKeys[0]?.fingerprint ?? '',
    host.jump ? `${host.purpose} (by ${host.jump})` : host.purpose,
  ])
  const table = [['host', 'address', 'kind', 'host key', 'purpose'], ...rows]
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? []
  for (const row of table) {
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
  }
}
