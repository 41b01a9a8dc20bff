import { type Flavour, isAtLeast, type ServerVersion } from '../version'
import type { AccountMay } from './desired'
import type { Grant } from './grant'

type Numbers = readonly [major: number, minor: number, patch: number]

/** A right that the account gets, for a stretch of versions. */
export interface RightRow {
  grants: readonly Omit<Grant, 'isGrantable'>[]
  /** The first version with it by flavour, and the first that needs it no more; a flavour that is not named never gets it. */
  versions: Readonly<Partial<Record<Flavour, { since: Numbers; until?: Numbers }>>>
  /** The least that the account is for, to need it. */
  for: Exclude<AccountMay, 'nothing'>
  why: string
  source: string
}

const everywhere = (right: string) => [{ right, schema: '', table: '', column: '' }]
const always = { since: [5, 0, 2] } as const

/**
 * Each right with its reason. `npm run lab` proves of MariaDB 10.5, 10.11 and 11.8 that all of the question is answered with
 * these, that each is missed where it is taken away, and that no row of a user's table can be read.
 */
export const RIGHTS: readonly RightRow[] = [
  {
    grants: everywhere('PROCESS'),
    versions: { mariadb: always, mysql: always },
    for: 'read',
    why: 'How many are connected, by account: without it information_schema.PROCESSLIST has one’s own connection alone.',
    source:
      'https://mariadb.com/kb/en/grant/#global-privileges, https://dev.mysql.com/doc/refman/8.4/en/privileges-provided.html',
  },
  {
    grants: everywhere('SHOW VIEW'),
    versions: { mariadb: always, mysql: always },
    for: 'read',
    why: 'How large the tables are: information_schema.TABLES tells of a table to whoever has any right on it. This one reads no row and changes nothing; CREATE TEMPORARY TABLES, LOCK TABLES, EVENT and EXECUTE do not do, INDEX, TRIGGER and REFERENCES change tables.',
    source: 'https://mariadb.com/kb/en/information-schema-tables-table/, measured on MariaDB 10.11',
  },
  {
    grants: ['Host', 'User'].map((column) => ({ right: 'SELECT', schema: 'mysql', table: 'user', column })),
    versions: { mariadb: always, mysql: always },
    for: 'read',
    why: 'Accounts without a name, and where root may come from. These two columns alone: passwords stand in others.',
    source: 'https://mariadb.com/kb/en/grant/#column-privileges',
  },
  {
    grants: everywhere('REPLICATION CLIENT'),
    versions: { mariadb: { since: [5, 0, 2], until: [10, 5, 2] }, mysql: always },
    for: 'read',
    why: 'Whether the server replicates from another one, and how far behind it is.',
    source: 'https://dev.mysql.com/doc/refman/8.4/en/privileges-provided.html',
  },
  {
    // From 10.5.2 to 10.5.8 only REPLICATION SLAVE ADMIN would tell, which may also stop it: it is left unread there.
    grants: everywhere('SLAVE MONITOR'),
    versions: { mariadb: { since: [10, 5, 9] } },
    for: 'read',
    why: 'Whether the server replicates from another one, and how far behind it is.',
    source: 'https://mariadb.com/kb/en/grant/#replica-monitor',
  },
  {
    grants: everywhere('SUPER'),
    versions: { mariadb: always, mysql: { since: [5, 0, 2], until: [8, 0, 0] } },
    for: 'tune',
    why: 'SET GLOBAL: of some 60 variables 46 take this and no finer right.',
    source: 'https://mariadb.com/kb/en/grant/#super, measured on MariaDB 10.5, 10.11 and 11.8',
  },
  {
    // From 11.0.1 on SUPER is without what finer rights are for (MDEV-29668).
    grants: [...everywhere('BINLOG ADMIN'), ...everywhere('CONNECTION ADMIN')],
    versions: { mariadb: { since: [11, 0, 1] } },
    for: 'tune',
    why: 'SET GLOBAL of the binary log’s variables, and of max_connections, connect_timeout and max_connect_errors.',
    source: 'https://mariadb.com/kb/en/grant/#binlog-admin, measured on MariaDB 11.8',
  },
  {
    grants: everywhere('SYSTEM_VARIABLES_ADMIN'),
    versions: { mysql: { since: [8, 0, 0] } },
    for: 'tune',
    why: 'SET GLOBAL.',
    source: 'https://dev.mysql.com/doc/refman/8.4/en/privileges-provided.html#priv_system-variables-admin',
  },
]

/** Variables that take a right which the account never gets: to write files, and to be another source of replication. */
export const OUT_OF_REACH: Readonly<Record<string, string>> = {
  innodb_tmpdir: 'FILE',
  server_id: 'REPLICATION MASTER ADMIN',
}

/** The rows for a version and what the account is for, in their order. */
export function rightsFor(version: ServerVersion, may: Exclude<AccountMay, 'nothing'>): RightRow[] {
  return RIGHTS.filter(({ versions, for: least }) => {
    const stretch = versions[version.flavour]
    if (!stretch || (least === 'tune' && may === 'read')) return false
    return isAtLeast(version, ...stretch.since) && !(stretch.until && isAtLeast(version, ...stretch.until))
  })
}

/** Exactly the rights that the account has then; none of them may be given to others. */
export function grantsFor(version: ServerVersion, may: AccountMay): Grant[] {
  if (may === 'nothing') return []
  return rightsFor(version, may).flatMap(({ grants }) => grants.map((one) => ({ ...one, isGrantable: false })))
}
