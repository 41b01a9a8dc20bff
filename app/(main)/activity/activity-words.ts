import type { Status } from '@/components/base/status-mark'
import type { AuditListRow, AuditOutcome } from '@/lib/audit/list-audit'
import { shortDigest } from '@/lib/changes/digest'
import { outcomeStatus } from '../changes/change-words'

export const outcomeWords: Readonly<Record<AuditOutcome, { status: Status; word: string }>> = {
  done: { status: 'ok', word: 'Done' },
  refused: { status: 'warn', word: 'Refused' },
  failed: { status: 'bad', word: 'Failed' },
}

const pages: Readonly<Record<string, string>> = {
  host: '/hosts/',
  pair: '/hosts/pairs/',
  change: '/changes/',
  credential: '/settings/credentials/',
  catalog: '/settings/catalogs/',
  user: '/settings/users/',
}

/** Where the object of a deed is shown; null where it has no page. It may be gone meanwhile, and its page says so. */
export function objectHref({ object, objectId }: AuditListRow): string | null {
  const page = pages[object]
  return page && objectId ? `${page}${encodeURIComponent(objectId)}` : null
}

/**
 * What else was kept, in words: "notes before none, now disks in bay 3; ended: undone". Ids, whose objects the row names itself, and what
 * was null, false or empty say nothing to a person and are left out; `npm run audit-verify` covers them all the same.
 */
export function detailWords(detail: string): string {
  try {
    const kept: unknown = JSON.parse(detail)
    return isRecord(kept) ? wordsOf(kept).join('; ') : ''
  } catch {
    return detail
  }
}

function wordsOf(kept: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(kept).flatMap(([name, value]) => {
    if (isSilent(value) || /^id$|Ids?$/.test(name)) return []
    if (value === true) return [spaced(name)]
    if (isPair(value)) return [`${spaced(name)} before ${plain(value.before)}, now ${plain(value.after)}`]
    if (isRecord(value)) return wordsOf(value)
    return [`${spaced(name)} ${told(name, plain(value))}`]
  })
}

function isSilent(value: unknown): boolean {
  return value === null || value === undefined || value === false || value === '' || isEmptyList(value)
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}

function isPair(value: unknown): value is { before: unknown; after: unknown } {
  return isRecord(value) && Object.keys(value).length === 2 && 'before' in value && 'after' in value
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function plain(value: unknown): string {
  if (isSilent(value)) return 'none'
  if (Array.isArray(value)) return value.map(plain).join(', ')
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** What stands in the store as a code, in the words that the change's own page uses. */
function told(name: string, value: string): string {
  if (name === 'digest') return shortDigest(value)
  return name === 'outcome' ? outcomeStatus(value).word.toLowerCase() : value
}

const names: Readonly<Record<string, string>> = {
  digest: 'plan',
  outcome: 'ended:',
  sshProfile: 'SSH profile',
  when: 'begins',
}

// endedSessions → ended sessions
function spaced(name: string): string {
  return names[name] ?? name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
