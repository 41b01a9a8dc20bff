import type { Status } from '@/components/base/status-mark'
import type { AuditListRow, AuditOutcome } from '@/lib/audit/list-audit'

export const outcomeWords: Readonly<Record<AuditOutcome, { status: Status; word: string }>> = {
  done: { status: 'ok', word: 'Done' },
  refused: { status: 'warn', word: 'Refused' },
  failed: { status: 'bad', word: 'Failed' },
}

const pages: Readonly<Record<string, string>> = {
  host: '/hosts/',
  change: '/changes/',
  credential: '/settings/credentials/',
  user: '/settings/users/',
}

/** Where the object of a deed is shown; null where it has no page. It may be gone meanwhile, and its page says so. */
export function objectHref({ object, objectId }: AuditListRow): string | null {
  const page = pages[object]
  return page && objectId ? `${page}${encodeURIComponent(objectId)}` : null
}

/** What else was kept, as "before viewer, after operator". Empty when nothing was. */
export function detailWords(detail: string): string {
  try {
    const kept: unknown = JSON.parse(detail)
    if (typeof kept !== 'object' || kept === null) return ''
    return Object.entries(kept)
      .map(([name, value]) => `${spaced(name)} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
      .join(', ')
  } catch {
    return detail
  }
}

// endedSessions → ended sessions
function spaced(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
