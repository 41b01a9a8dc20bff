import { HostText } from '@/components/base/host-text'
import { LinkText } from '@/components/base/link-text'
import { RelativeTime } from '@/components/base/relative-time'
import { Mark } from '@/components/base/status-mark'
import { SectionHead } from '@/components/frame/page-head'
import { hrefWith } from '@/components/table/sort'
import type { VolumeTotals } from '@/lib/catalog/overview/volume-totals'
import { bytesText } from '@/lib/catalog/rules'
import { catalogHref } from '../links'

/** The volumes that the storage daemon marked as bad. */
export function VolumesSection({ catalogId, volumes }: { catalogId: string; volumes: VolumeTotals }) {
  const { errors, inError } = volumes
  return (
    <section className="overview-part" aria-labelledby="errors">
      <SectionHead
        id="errors"
        title={
          inError === 0
            ? 'No volume in error'
            : `${inError.toLocaleString('en')} ${inError === 1 ? 'volume' : 'volumes'} in error`
        }
        right={
          <LinkText href={hrefWith(catalogHref(catalogId, 'volumes'), { status: inError > 0 ? 'Error' : '' })}>
            {inError > 0 ? 'All of them' : 'All volumes'}
          </LinkText>
        }
        ruled
      />
      {inError === 0 ? (
        <p className="text-text-2">
          {volumes.volumes === 0
            ? 'There is no volume yet.'
            : `None of ${volumes.volumes.toLocaleString('en')} has the status Error.`}
        </p>
      ) : (
        <ul>
          {errors.map((volume) => (
            <li key={volume.mediaId} className="home-change">
              <Mark status="bad" />
              <span className="min-w-0">
                <LinkText href={catalogHref(catalogId, 'volumes', volume.mediaId)}>
                  <HostText text={volume.name} max={127} />
                </LinkText>
                <span className="home-change-note">
                  {volume.pool === null ? 'in no pool' : <HostText text={volume.pool} max={127} />},{' '}
                  {bytesText(volume.bytes)}
                </span>
              </span>
              <span className="text-text-3">
                {volume.lastWritten === null ? 'never written' : <RelativeTime at={volume.lastWritten} short still />}
              </span>
            </li>
          ))}
        </ul>
      )}
      {inError > errors.length ? (
        <p className="mt-2 text-12 text-text-3">{(inError - errors.length).toLocaleString('en')} more.</p>
      ) : null}
    </section>
  )
}
