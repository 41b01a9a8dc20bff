import type { ReactNode } from 'react'
import { Figure } from '@/components/base/figure'
import { HostText } from '@/components/base/host-text'
import { LinkText } from '@/components/base/link-text'
import { KeyValue } from '@/components/show/facts-line'
import { enabledWords } from '@/lib/catalog/rules'
import type { JudgedVolumeRow } from '@/lib/catalog/volumes/volume-row'
import { catalogHref } from '../../../links'
import { Bytes } from '../../bytes'
import { CatalogTime } from '../../catalog-time'
import { Span } from '../../span'
import { StoredTime } from '../stored-time'

/** What the catalog says of a volume, in three columns. */
export function VolumeFields({
  volume,
  catalogId,
  zone,
  now,
}: {
  volume: JudgedVolumeRow
  catalogId: string
  zone: string
  now: number
}) {
  const time = (stored: string | null): ReactNode => <StoredTime stored={stored} zone={zone} now={now} />
  const limit = (value: number | null) => (value === 0 ? 'no limit' : <Figure value={value} />)
  return (
    <div className="field-cols">
      <KeyValue
        facts={[
          {
            label: 'Pool',
            value:
              volume.poolId === null || volume.pool === null ? (
                'none'
              ) : (
                <LinkText href={catalogHref(catalogId, 'pools', volume.poolId)}>
                  <HostText text={volume.pool} max={127} />
                </LinkText>
              ),
          },
          { label: 'Status', value: <HostText text={volume.volStatus} max={40} />, note: enabledWords(volume.enabled) },
          { label: 'Space', value: <Bytes bytes={volume.bytes} /> },
          { label: 'Largest size', value: volume.maxBytes === 0 ? 'no limit' : <Bytes bytes={volume.maxBytes} /> },
          { label: 'Media type', value: <HostText text={volume.mediaType} max={127} />, note: kindWords[volume.kind] },
          {
            label: 'Storage',
            value: volume.storage === null ? 'not told' : <HostText text={volume.storage} max={127} />,
          },
          {
            label: 'Changer',
            value: volume.inChanger ? <Figure value={volume.slot} unit=" slot" /> : 'not in a changer',
          },
        ]}
      />
      <KeyValue
        facts={[
          { label: 'Retention', value: <Span seconds={volume.retention} zero="0 seconds" /> },
          { label: 'Recycle', value: volume.recycle ? 'on' : 'off' },
          { label: 'Times recycled', value: <Figure value={volume.recycleCount} /> },
          { label: 'Use duration', value: <Span seconds={volume.useDuration} zero="no limit" /> },
          { label: 'Most jobs', value: limit(volume.maxJobs) },
          { label: 'Most files', value: limit(volume.maxFiles) },
          { label: 'Expires', value: <Expires volume={volume} zone={zone} now={now} /> },
        ]}
      />
      <KeyValue
        facts={[
          { label: 'Labelled', value: time(volume.labelled) },
          { label: 'First written', value: time(volume.firstWritten) },
          { label: 'Last written', value: time(volume.lastWritten) },
          { label: 'Jobs written', value: <Figure value={volume.jobs} /> },
          { label: 'Blocks', value: <Figure value={volume.blocks} /> },
          { label: 'Mounts, writes', value: <Counts of={[volume.mounts, volume.writes]} /> },
          { label: 'Errors', value: <Figure value={volume.errors} /> },
        ]}
      />
    </div>
  )
}

const kindWords = { disk: 'a file on a disk', tape: 'a tape', unknown: 'file or tape is not told' } as const

function Counts({ of }: { of: readonly (number | null)[] }) {
  return of.map((value, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a fixed row of figures
    <span key={at}>
      {at > 0 ? ', ' : ''}
      <Figure value={value} />
    </span>
  ))
}

function Expires({ volume: { verdict }, zone, now }: { volume: JudgedVolumeRow; zone: string; now: number }) {
  if (verdict.at !== null) return <CatalogTime at={verdict.at.getTime()} zone={zone} now={now} due />
  return <span className="text-text-3">{verdict.state === 'prunable' ? 'now' : 'no time is known'}</span>
}
