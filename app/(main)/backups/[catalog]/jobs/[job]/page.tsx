import { notFound } from 'next/navigation'
import { KeysBar } from '@/components/frame/keys-bar'
import { rowKeyHints } from '@/components/keys/row-key-hints'
import type { Params } from '@/components/table/sort'
import { readJob } from '@/lib/catalog/jobs/read-job'
import { jobStatusWords } from '@/lib/catalog/rules'
import { catalogOf } from '../../../catalog-of'
import { CatalogTrouble } from '../../catalog-trouble'
import { pageOf } from '../../pages'
import { readForPage } from '../../read-for-page'
import { ChainSection } from './chain-section'
import { HistorySection } from './history-section'
import { JobHead } from './job-head'
import { LogSection } from './log-section'
import { RelatedSection } from './related-section'
import { VolumesSection } from './volumes-section'

interface Props {
  params: Promise<{ catalog: string; job: string }>
  searchParams: Promise<Params>
}

export async function generateMetadata({ params }: Props) {
  return { title: `Job ${(await params).job.slice(0, 12)}` }
}

/** One run of a job: what it did, what a restore of it takes, its log and the runs before it. */
export default async function JobPage(props: Props) {
  const { catalog: catalogId, job: asked } = await props.params
  const params = await props.searchParams
  const { ctx, catalog } = await catalogOf(catalogId)
  const jobId = /^[1-9]\d{0,9}$/.test(asked) ? Number(asked) : null
  if (jobId === null || jobId > 4_294_967_295) notFound()
  const logPage = pageOf(params, 'log')
  const reading = await readForPage(ctx, catalog.id, async (of) => ({
    page: await readJob(of, jobId, logPage),
    zone: of.zone,
  }))
  if (!reading.ok)
    return (
      <>
        <CatalogTrouble sentence={reading.trouble.message} />
        <KeysBar keys={[]} />
      </>
    )
  const { page, zone } = reading.data
  const of = { catalogId: catalog.id, zone }
  // Of a job that failed one wants to read why before all else.
  const hasFailed = jobStatusWords(page.job.status).severity === 'failed'
  const log = <LogSection {...of} job={page.job} lines={page.log} page={logPage} params={params} />
  return (
    <>
      <JobHead {...of} job={page.job} />
      {hasFailed ? log : null}
      {page.chain ? <ChainSection {...of} job={page.job} chain={page.chain} /> : null}
      <VolumesSection {...of} job={page.job} volumes={page.volumes} />
      <RelatedSection {...of} job={page.job} related={page.related} />
      <HistorySection {...of} job={page.job} runs={page.history} />
      {hasFailed ? null : log}
      <KeysBar keys={[...rowKeyHints, { keys: ['1', '6'], does: 'tabs' }]} />
    </>
  )
}
