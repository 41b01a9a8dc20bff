import { isAtLeast, type ServerVersion } from '../version'

/** What InnoDB of one server takes, as far as it matters to a table of MyISAM's. */
export interface InnodbLimits {
  hasFulltext: boolean
  hasSpatial: boolean
  /** Most bytes that a key may take of one column. MyISAM takes 1000 for all columns of a key together. */
  keyPrefixBytes: number
  /** Most bytes of a row in its page, and how many a long column leaves there at most. */
  rowBytes: number
  longColumnBytes: number
}

/**
 * By version and variables. Sources: the manuals' pages "InnoDB Limits", "InnoDB Full-Text Indexes" (MySQL 5.6.4, MariaDB
 * 10.0.5), "Creating Spatial Indexes" (5.7.5, 10.2.2), "innodb_large_prefix" and "innodb_default_row_format".
 */
export function innodbLimits(version: ServerVersion, variables: Readonly<Record<string, string>>): InnodbLimits {
  const isMariadb = version.flavour === 'mariadb'
  const since = (mysql: [number, number, number], mariadb: [number, number, number]) =>
    isAtLeast(version, ...(isMariadb ? mariadb : mysql))
  const page = Number(variables['innodb_page_size'] ?? 16_384)
  // MariaDB 10.3 to 10.5 name the old variables and give them no value.
  const isOn = (name: string) => [undefined, '', 'ON', '1'].includes(variables[name])
  const isDynamic =
    variables['innodb_default_row_format']?.toLowerCase() === 'dynamic' &&
    (variables['innodb_file_format'] || 'Barracuda').toLowerCase() === 'barracuda'
  const isLarge = isDynamic && isOn('innodb_large_prefix')
  return {
    hasFulltext: since([5, 6, 4], [10, 0, 5]),
    hasSpatial: since([5, 7, 5], [10, 2, 2]),
    keyPrefixBytes: Math.min(isLarge ? 3072 : 767, page >= 16_384 ? 3072 : page === 8192 ? 1536 : 768),
    rowBytes: Math.min(16_318, page / 2 - 66),
    longColumnBytes: isDynamic ? 40 : 788,
  }
}
