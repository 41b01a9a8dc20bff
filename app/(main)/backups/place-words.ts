import type { CatalogSettings } from '@/lib/catalog/store/catalog-settings'

const kinds: Readonly<Record<string, string>> = {
  mysql: 'MySQL or MariaDB',
  postgresql: 'PostgreSQL',
  sqlite: 'SQLite',
}

const encryptions: Readonly<Record<string, string>> = {
  off: 'not encrypted',
  required: 'encrypted, certificate not checked',
  checked: 'encrypted, certificate checked',
}

/** Where a catalog is, in words: "PostgreSQL at 127.0.0.1 port 5432, by SSH through poplar". It quotes what was typed. */
export function placeWords(
  row: Pick<CatalogSettings, 'way' | 'dialect' | 'host' | 'address' | 'port' | 'tls' | 'path'>,
): string {
  const kind = kinds[row.dialect] ?? row.dialect
  switch (row.way) {
    case 'sample':
      return 'a sample, made by Pollux'
    case 'file':
      return `${row.path}, beside Pollux`
    case 'host-file':
      return `${row.path} on ${row.host?.name}`
    case 'direct':
      return `${kind} at ${row.address} port ${row.port}, ${encryptions[row.tls] ?? row.tls}`
    case 'client':
      return `${kind} at ${row.address} port ${row.port}, by its client on ${row.host?.name}`
    default:
      return `${kind} at ${row.address} port ${row.port}, by SSH through ${row.host?.name}`
  }
}
