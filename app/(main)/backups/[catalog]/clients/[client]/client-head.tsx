import { HostText } from '@/components/base/host-text'
import { LinkText } from '@/components/base/link-text'
import { SectionHead } from '@/components/frame/page-head'
import { FactsLine } from '@/components/show/facts-line'
import type { ClientPage } from '@/lib/catalog/clients/read-client'
import { worstOf } from '@/lib/catalog/clients/recent-runs'
import type { ClientHost } from '@/lib/catalog/store/client-hosts'
import { catalogHref } from '../../../links'
import { NameOf } from '../../jobs/job-figures'
import { Age } from '../age'
import { ErrorRate } from '../error-rate'
import { ErrorWindow } from '../error-window'
import { VerdictMark } from '../verdict-mark'

/** How a client stands in one line: the worst of its jobs, the age of its last good backups, its errors. */
export function ClientHead({
  catalogId,
  clientId,
  now,
  page: { sums, jobs },
  host,
  windowDays,
}: {
  catalogId: string
  clientId: number
  now: number
  page: ClientPage
  host: ClientHost | null
  windowDays: number
}) {
  const { client, last, lastGood, ended, failed } = sums
  const worst = worstOf(jobs)
  const path = catalogHref(catalogId, 'clients', clientId)
  return (
    <>
      <SectionHead
        title={<NameOf text={client.name} none="no name" />}
        note={client.uname === '' ? null : <HostText text={client.uname} max={160} />}
        right={<LinkText href={catalogHref(catalogId, 'clients')}>All clients</LinkText>}
      />
      <p className="mb-4 text-text-2">
        {worst ? <VerdictMark verdict={worst.verdict} /> : 'No backup job of it is in the catalog.'}
        {worst ? (
          <>
            {jobs.length > 1 ? ', the worst of its jobs, ' : ', '}
            <NameOf text={worst.name} none="no name" />. <HostText text={worst.verdict.because} max={300} />
          </>
        ) : null}{' '}
        {host ? (
          <>
            It is the host{' '}
            <LinkText href={`/hosts/${host.id}`}>
              <HostText text={host.name} max={64} />
            </LinkText>{' '}
            of the inventory.
          </>
        ) : (
          'No host of the inventory has its name or address.'
        )}
      </p>
      <FactsLine
        facts={[
          { label: 'Last good', value: <Age last={lastGood} now={now} none="never" /> },
          { label: 'Full', value: <Age last={last.full} now={now} /> },
          { label: 'Differential', value: <Age last={last.differential} now={now} /> },
          { label: 'Incremental', value: <Age last={last.incremental} now={now} /> },
          {
            label: 'Failed',
            value: <ErrorRate ended={ended} failed={failed} />,
            note: ended === 0 ? null : `${failed.toLocaleString('en')} of ${ended.toLocaleString('en')} backups`,
          },
        ]}
      />
      <div className="mb-6 text-12 text-text-3">
        <ErrorWindow path={path} params={{}} chosen={windowDays} />
      </div>
    </>
  )
}
