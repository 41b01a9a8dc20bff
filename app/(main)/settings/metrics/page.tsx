import { HostText } from '@/components/base/host-text'
import { RelativeTime } from '@/components/base/relative-time'
import { KeysBar } from '@/components/frame/keys-bar'
import { PageHead } from '@/components/frame/page-head'
import { pageCtx } from '@/lib/action'
import { metricsTokenMade } from '@/lib/metrics/metrics-token'
import { TokenButtons } from './token-buttons'

export const metadata = { title: 'Metrics' }

/** The token with which a monitor reads what Pollux knows of backups and hosts. */
export default async function MetricsPage() {
  const ctx = await pageCtx('edit settings')
  const made = await metricsTokenMade(ctx)
  return (
    <>
      <PageHead crumbs={[{ label: 'Settings', href: '/settings' }, { label: 'Metrics' }]} title="Metrics">
        Prometheus and its like read pools, volumes, how old each backup’s last good run is, and how Pollux itself is,
        at <code>/metrics</code>, with a bearer token.
      </PageHead>
      <p className="mb-4">
        {made === null ? (
          'There is no token: nobody reads them.'
        ) : (
          <>
            <HostText text={made.createdBy} max={80} /> made the token <RelativeTime at={made.createdAt.getTime()} />.
          </>
        )}
      </p>
      <TokenButtons isMade={made !== null} />
      <KeysBar keys={[]} />
    </>
  )
}
