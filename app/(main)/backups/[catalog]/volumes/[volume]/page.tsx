import { notFound } from 'next/navigation'
import { HostText } from '@/components/base/host-text'
import { LinkText } from '@/components/base/link-text'
import { Mark } from '@/components/base/status-mark'
import { SectionHead } from '@/components/frame/page-head'
import { Finding } from '@/components/show/finding'
import type { Params } from '@/components/table/sort'
import { volumeStatusWords } from '@/lib/catalog/rules'
import { jobsOnVolume } from '@/lib/catalog/volumes/jobs-on-volume'
import { getVolume } from '@/lib/catalog/volumes/list-volumes'
import { catalogOf } from '../../../catalog-of'
import { catalogHref } from '../../../links'
import { CatalogTrouble } from '../../catalog-trouble'
import { pageOf } from '../../pages'
import { readForPage } from '../../read-for-page'
import { JobsOnVolume } from './jobs-on-volume'
import { LookUpJobs } from './look-up-jobs'
import { VolumeFields } from './volume-fields'

/** One volume: what it is, when and why it can be pruned, and on demand the jobs on it. */
export default async function VolumePage({
  params,
  searchParams,
}: {
  params: Promise<{ catalog: string; volume: string }>
  searchParams: Promise<Params>
}) {
  const { catalog: catalogId, volume: id } = await params
  const { ctx, catalog } = await catalogOf(catalogId)
  const address = await searchParams
  const mediaId = /^\d{1,15}$/.test(id) ? Number(id) : null
  if (mediaId === null) notFound()
  const page = pageOf(address)
  const wantsJobs = address['jobs'] === 'shown'
  const reading = await readForPage(ctx, catalog.id, async (of) => {
    const volume = await getVolume(of, mediaId)
    const jobs = volume !== null && wantsJobs ? await jobsOnVolume(of, volume, page) : null
    return { volume, jobs, now: of.now }
  })
  if (!reading.ok) return <CatalogTrouble sentence={reading.trouble.message} />
  const { volume, jobs, now } = reading.data
  if (volume === null) notFound()
  const { means, next } = volumeStatusWords(volume.volStatus)
  const path = catalogHref(catalog.id, 'volumes', mediaId)
  return (
    <>
      <SectionHead
        id="volume"
        title={<HostText text={volume.name} max={127} />}
        note={`${means} ${next}`}
        right={<LinkText href={catalogHref(catalog.id, 'volumes')}>All volumes</LinkText>}
      />
      <p className="mt-2 mb-5">
        <Mark status={verdictMark(volume.verdict.state)} /> {volume.verdict.because}
      </p>
      {volume.health.findings.map((finding) => (
        <Finding key={finding.what} status="warn" title={finding.because}>
          Copy what is on it, or take it out of use, before it fails.
        </Finding>
      ))}
      <VolumeFields volume={volume} catalogId={catalog.id} zone={catalog.zone} now={now} />
      <section className="overview-part" aria-labelledby="jobs">
        <SectionHead
          id="jobs"
          title="Jobs on it"
          note="bytes are estimates, from the places that they begin and end"
          ruled
        />
        {jobs ? (
          <JobsOnVolume
            catalogId={catalog.id}
            zone={catalog.zone}
            jobs={jobs}
            page={page}
            path={path}
            params={address}
          />
        ) : (
          <LookUpJobs catalogId={catalog.id} zone={catalog.zone} mediaId={mediaId} path={path} />
        )}
      </section>
    </>
  )
}

function verdictMark(state: string) {
  return state === 'prunable' ? 'ok' : state === 'unknown' ? 'unknown' : state === 'never' ? 'info' : 'waiting'
}
