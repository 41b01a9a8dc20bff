import { HostText } from '@/components/base/host-text'
import { LinkText } from '@/components/base/link-text'
import { RelativeTime } from '@/components/base/relative-time'
import { Mark, type Status } from '@/components/base/status-mark'
import { SectionHead } from '@/components/frame/page-head'
import type { HostBackup } from '@/lib/catalog/keep/host-backups'

const marks = new Map<string, Status>([
  ['on time', 'ok'],
  ['overdue', 'bad'],
  ['never good', 'bad'],
])

/** What Bacula backs up of this host, and whether it is on time by its own history. */
export function BackupsOfHost({ backups }: { backups: readonly HostBackup[] }) {
  return (
    <section className="min-w-0" aria-label="Backups">
      <SectionHead title="Backups" note={backups.length} />
      <ul>
        {backups.map((backup) => (
          <li key={backup.id} className="home-change">
            <Mark status={marks.get(backup.state) ?? 'unknown'} />
            <span className="min-w-0">
              <LinkText
                href={
                  backup.lastJobId === null
                    ? `/backups/${backup.catalogId}`
                    : `/backups/${backup.catalogId}/jobs/${backup.lastJobId}`
                }
              >
                <HostText text={backup.name} max={127} />
              </LinkText>
              <span className="home-change-note">{backup.because}</span>
            </span>
            <span className="text-text-3">
              {backup.lastGoodAt === null ? 'none good' : <RelativeTime at={backup.lastGoodAt.getTime()} short still />}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
