import { type IpAddress, parseAddress, printAddress } from '@/lib/agent/ip-address'
import type { FailoverFacts } from './facts'
import { NETWORKD_FOLDER, ownName } from './paths'

/** The drop-in for one address, beside the .network file of this name, wherever that one lies (systemd.network(5)). */
export function dropInPath(networkFile: string, address: IpAddress): string {
  return `${NETWORKD_FOLDER}/${networkFile.replace(/^.*\//, '')}.d/50-${ownName(address)}.conf`
}

/** The text of the drop-in. */
export function dropInText(address: IpAddress, label: string | null): string {
  return `# Pollux: failover IP\n[Address]\nAddress=${printAddress(address)}\n${label === null ? '' : `Label=${label}\n`}`
}

/** The files that count for a .network file: itself and its drop-ins. */
export function networkdFiles(facts: FailoverFacts, networkFile: string): { path: string; bytes: string }[] {
  const folder = `${networkFile.replace(/^.*\//, '')}.d/`
  return Object.entries(facts.files).flatMap(([path, file]) => {
    const counts = path === networkFile || (path.includes('/systemd/network/') && path.includes(`/${folder}`))
    return counts && file.state === 'there' && file.type !== 'directory' ? [{ path, bytes: file.bytes }] : []
  })
}

/** The line of an ini file (from 1) that gives this address; null when none does. */
export function addressLine(bytes: string, address: IpAddress): number | null {
  return findAddress(bytes, address)?.line ?? null
}

/** The file without the address: one line of [Network], or a whole section [Address]. Every other byte stays. */
export function withoutAddress(bytes: string, address: IpAddress): string {
  const lines = bytes.match(/[^\n]*\n|[^\n]+$/g) ?? []
  const found = findAddress(bytes, address)
  if (!found) return bytes
  if (found.section !== 'Address') return lines.filter((_, at) => at !== found.line - 1).join('')
  const next = lines.findIndex((line, at) => at >= found.sectionLine && /^\s*\[/.test(line))
  const until = next < 0 ? lines.length : next
  // Comments and blank lines before the next section may belong to it.
  const last = lines.slice(0, until).findLastIndex((line) => /^\s*[^#;\s]/.test(line))
  return lines.filter((_, at) => at < found.sectionLine - 1 || at > last).join('')
}

function findAddress(bytes: string, address: IpAddress): { line: number; section: string; sectionLine: number } | null {
  let section = ''
  let sectionLine = 0
  for (const [at, line] of bytes.split('\n').entries()) {
    const header = /^\s*\[([^\]]*)\]/.exec(line)
    if (header) {
      section = header[1] ?? ''
      sectionLine = at + 1
    }
    const value = /^\s*Address\s*=\s*(\S+)\s*$/.exec(line)?.[1]
    const given = value === undefined ? null : parseAddress(value)
    if (given && (section === 'Network' || section === 'Address') && printAddress(given) === printAddress(address)) {
      return { line: at + 1, section, sectionLine }
    }
  }
  return null
}
