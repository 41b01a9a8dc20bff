import { HostText } from '@/components/base/host-text'
import { LinkText } from '@/components/base/link-text'
import { SectionHead } from '@/components/frame/page-head'
import { KeyValue } from '@/components/show/facts-line'
import { Note } from '@/components/show/finding'
import type { ClientRow } from '@/lib/catalog/clients/client-row'
import type { ClientPool, RetentionRemark } from '@/lib/catalog/clients/retention-remarks'
import { sayExactSpan } from '@/lib/catalog/rules/say'
import { catalogHref } from '../../../links'
import { Unknown } from '../../jobs/job-figures'

/** How long its files and jobs stay in the catalog, beside what the pools of its backups promise. */
export function RetentionSection({
  catalogId,
  client,
  pools,
  remarks,
}: {
  catalogId: string
  client: ClientRow
  pools: readonly ClientPool[]
  remarks: readonly RetentionRemark[]
}) {
  return (
    <section className="overview-part" aria-labelledby="retention">
      <SectionHead
        id="retention"
        title="Retention"
        note="as the catalog has it; a pool’s own File and Job Retention come first, and stand in no catalog"
      />
      {remarks.map(({ status, title, why }) => (
        <div className="mb-3" key={title}>
          <Note status={status} title={<HostText text={title} max={200} />}>
            <HostText text={why} max={600} />
          </Note>
        </div>
      ))}
      <KeyValue
        facts={[
          { label: 'File Retention', value: <Span seconds={client.fileRetention} /> },
          { label: 'Job Retention', value: <Span seconds={client.jobRetention} /> },
          { label: 'AutoPrune', value: client.autoPrune ? 'yes' : 'no: only a prune by hand removes something' },
          { label: 'Pools', value: <Pools catalogId={catalogId} pools={pools} /> },
        ]}
      />
    </section>
  )
}

function Span({ seconds }: { seconds: number | null }) {
  if (seconds === null) return <Unknown />
  return seconds === 0 ? '0 seconds' : sayExactSpan(seconds)
}

function Pools({ catalogId, pools }: { catalogId: string; pools: readonly ClientPool[] }) {
  if (pools.length === 0) return <span className="text-text-3">none of its backups names one</span>
  return (
    <ul>
      {pools.map(({ poolId, name, retention, jobs }) => (
        <li key={poolId}>
          <LinkText href={catalogHref(catalogId, 'pools', poolId)} prefetch={false}>
            <HostText text={name} max={127} />
          </LinkText>
          <span className="text-text-2">
            {' '}
            keeps its volumes <Span seconds={retention} />; {jobs.toLocaleString('en')} {jobs === 1 ? 'run' : 'runs'} of
            this client
          </span>
        </li>
      ))}
    </ul>
  )
}
