import { Figure } from '@/components/base/figure'
import { HostText } from '@/components/base/host-text'
import { LinkText } from '@/components/base/link-text'
import { KeyValue } from '@/components/show/facts-line'
import { hrefWith } from '@/components/table/sort'
import type { Pool } from '@/lib/catalog/pools/list-pools'
import { catalogHref } from '../../../links'
import { Bytes } from '../../bytes'
import { CatalogTime } from '../../catalog-time'
import { KnownBytes } from '../../known-bytes'
import { Span } from '../../span'
import { NextBack } from '../pools-table'

/** A pool's figures and its settings, which hold for new volumes. */
export function PoolFields({
  pool,
  catalogId,
  zone,
  now,
}: {
  pool: Pool
  catalogId: string
  zone: string
  now: number
}) {
  const limit = (value: number | null) => (value === 0 ? 'no limit' : <Figure value={value} />)
  const size = (value: number | null) => (value === 0 ? 'no limit' : <Bytes bytes={value} />)
  const other = (name: string | null) => (name === null ? 'none' : <HostText text={name} max={127} />)
  return (
    <div className="field-cols">
      <KeyValue
        facts={[
          {
            label: 'Space',
            value: <KnownBytes bytes={pool.use.bytes} volumes={pool.use.volumes} unsized={pool.unsized} />,
            note: `in ${pool.use.volumes.toLocaleString('en')} volumes`,
          },
          { label: 'May grow to', value: <Bytes bytes={pool.capacity.bytes} /> },
          {
            label: 'More volumes',
            value: pool.volumesLeft === null ? 'as many as it likes' : <Figure value={pool.volumesLeft} />,
          },
          { label: 'Prunable now', value: <PrunableNow pool={pool} catalogId={catalogId} /> },
          { label: 'Free to write over', value: <Bytes bytes={pool.use.reclaimable.bytes} /> },
          { label: 'Next volume back', value: <NextBack next={pool.nextBack} zone={zone} /> },
          {
            label: 'Restorable since',
            value: pool.oldest === null ? 'no good backup' : <CatalogTime at={pool.oldest} zone={zone} now={now} />,
          },
        ]}
      />
      <KeyValue
        facts={[
          { label: 'Retention', value: <Span seconds={pool.retention} zero="0 seconds" /> },
          { label: 'Recycle', value: pool.recycle ? 'on' : 'off' },
          { label: 'Prunes itself', value: pool.autoPrune ? 'when a job needs a volume' : 'no' },
          { label: 'Most volumes', value: limit(pool.maxVols) },
          { label: 'Size of a volume', value: size(pool.maxVolBytes) },
          { label: 'Jobs on a volume', value: limit(pool.maxVolJobs) },
          { label: 'Use duration', value: <Span seconds={pool.useDuration} zero="no limit" /> },
        ]}
      />
      <KeyValue
        facts={[
          { label: 'Type', value: <HostText text={pool.poolType} max={40} /> },
          { label: 'Names', value: <HostText text={pool.labelFormat} max={127} />, note: 'label format' },
          { label: 'Enabled', value: pool.enabled ? 'yes' : 'no' },
          { label: 'Next pool', value: other(pool.nextPool) },
          { label: 'Recycles into', value: other(pool.recyclePool) },
          { label: 'Takes from', value: other(pool.scratchPool) },
          ...(pool.maxPoolBytes === null ? [] : [{ label: 'Most bytes', value: size(pool.maxPoolBytes) }]),
        ]}
      />
    </div>
  )
}

function PrunableNow({ pool: { prunable, poolId }, catalogId }: { pool: Pool; catalogId: string }) {
  const { volumes, bytes, kept } = prunable
  const href = (prune: string) => hrefWith(catalogHref(catalogId, 'volumes'), { pool: String(poolId), prune })
  if (volumes === 0 && kept.volumes === 0) return 'nothing'
  return (
    <>
      {volumes > 0 ? (
        <>
          <Bytes bytes={bytes} /> in{' '}
          <LinkText href={href('now')}>
            {volumes.toLocaleString('en')} {volumes === 1 ? 'volume' : 'volumes'}
          </LinkText>
        </>
      ) : null}
      {kept.volumes > 0 ? (
        <>
          {volumes > 0 ? ', ' : ''}
          <LinkText href={href('kept')}>{kept.volumes.toLocaleString('en')} without gain</LinkText>
        </>
      ) : null}
    </>
  )
}
