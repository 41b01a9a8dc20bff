import type { TagKind } from '@/components/base/tag'
import type { SupportMark } from '@/lib/catalog/rules'

/** A database's name as people write it. */
export const dialectWords: Readonly<Record<string, string>> = {
  mysql: 'MySQL or MariaDB',
  postgresql: 'PostgreSQL',
  sqlite: 'SQLite',
}

/** How far the support of a catalog's version is proved, and what that means. */
export const supportTag: Readonly<Record<SupportMark, { kind: TagKind; title: string }>> = {
  'live-tested': { kind: 'ok', title: 'Tested with a running director of this version' },
  'published files only': {
    kind: 'unknown',
    title: 'Written from the tables that this version publishes; no director of it was at hand',
  },
  unproved: { kind: 'unknown', title: 'Nobody has tried this version yet' },
}
