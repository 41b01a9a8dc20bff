import type { ChildSaFacts, IkeSaFacts } from './facts'
import { parseVici, type ViciSection } from './vici'

/** Understands `swanctl --list-sas --pretty`; null where that is not, or not all, of its answer. */
export function parseSas(text: string): IkeSaFacts[] | null {
  return parseVici(text, 'list-sa')?.map(ikeSa) ?? null
}

/** The names of the connections that charon has loaded, of `swanctl --list-conns --pretty`. */
export function parseConnections(text: string): string[] | null {
  return parseVici(text, 'list-conn')?.map(({ name }) => name) ?? null
}

/** The names of the children that charon keeps a trap for, of `swanctl --list-pols --trap --pretty`. */
export function parseTraps(text: string): string[] | null {
  // Before 5.6 the section is the child's name; since then "connection/child".
  return parseVici(text, 'list-policy')?.map(({ name, values }) => values.get('child') ?? name) ?? null
}

function ikeSa({ name, values, sections }: ViciSection): IkeSaFacts {
  const children = sections.find((section) => section.name === 'child-sas')?.sections ?? []
  return {
    name,
    state: values.get('state') ?? '',
    version: numberOf(values, 'version'),
    localHost: values.get('local-host') ?? '',
    remoteHost: values.get('remote-host') ?? '',
    ageS: numberOf(values, 'established'),
    suite: suiteText(values, ['encr', 'integ', 'prf', 'dh']),
    children: children.map(childSa),
  }
}

// Since 5.5.2 a child's section is called by name and number, so that there can be two of a name.
function childSa({ name, values }: ViciSection): ChildSaFacts {
  return {
    name: values.get('name') ?? name,
    state: values.get('state') ?? '',
    mode: values.get('mode') ?? '',
    suite: suiteText(values, ['encr', 'integ', 'dh']),
    bytesIn: numberOf(values, 'bytes-in'),
    bytesOut: numberOf(values, 'bytes-out'),
    ageS: numberOf(values, 'install-time'),
    spiIn: values.get('spi-in') ?? '',
    spiOut: values.get('spi-out') ?? '',
  }
}

/** "AES_GCM_16-256/ECP_256"; a child that was made along with its IKE SA has no group of its own. */
function suiteText(values: ReadonlyMap<string, string>, parts: readonly string[]): string {
  const words = parts.map((part) => {
    const name = values.get(part === 'dh' ? 'dh-group' : `${part}-alg`)
    const size = values.get(`${part}-keysize`)
    return name === undefined ? '' : size === undefined ? name : `${name}-${size}`
  })
  return words.filter(Boolean).join('/')
}

function numberOf(values: ReadonlyMap<string, string>, key: string): number {
  const text = values.get(key) ?? ''
  return /^\d{1,15}$/.test(text) ? Number(text) : 0
}
