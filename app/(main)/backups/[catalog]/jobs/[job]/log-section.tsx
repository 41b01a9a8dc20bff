import { HostText } from '@/components/base/host-text'
import { SectionHead } from '@/components/frame/page-head'
import type { Params } from '@/components/table/sort'
import type { JobDetail } from '@/lib/catalog/jobs/job-detail'
import { type LogLine, logPageSize } from '@/lib/catalog/jobs/job-log'
import { isNoTime } from '@/lib/catalog/rules'
import { ExportLinks } from '../../../export-links'
import { catalogHref } from '../../../links'
import { Pages } from '../../pages'

/** What the daemons reported of the run: plain text always. */
export function LogSection({
  catalogId,
  zone,
  job,
  lines,
  page,
  params,
}: {
  catalogId: string
  zone: string
  job: JobDetail
  lines: readonly LogLine[]
  page: number
  params: Params
}) {
  return (
    <section className="overview-part" aria-labelledby="log">
      <SectionHead
        id="log"
        title={
          job.logLines === 0
            ? 'No log'
            : job.logLines === 1
              ? 'Log, one message'
              : `Log, ${job.logLines.toLocaleString('en')} messages`
        }
        note={job.logLines === 0 ? null : `times in ${zone}`}
        right={
          job.logLines === 0 ? null : (
            <ExportLinks catalogId={catalogId} table="job-log" what="log" params={{ job: String(job.jobId) }} />
          )
        }
      />
      {lines.length === 0 ? (
        <p className="text-text-2">
          {job.logLines === 0
            ? 'The catalog has no message of this run. The director’s Messages resource needs “catalog = all” to keep them there.'
            : 'The log ends before this page.'}
        </p>
      ) : (
        <ol className="job-log">
          {lines.map(({ logId, time, text, isCut }) => (
            <li key={logId}>
              <span className="job-log-time">
                {isNoTime(time) ? 'no time' : <HostText text={time ?? ''} max={30} />}
              </span>
              <span className="job-log-text">
                <HostText text={text.trimEnd()} keep="lines" max={8000} />
                {isCut ? <span className="text-text-3"> The rest of this message is left out.</span> : null}
              </span>
            </li>
          ))}
        </ol>
      )}
      <Pages
        path={catalogHref(catalogId, 'jobs', job.jobId)}
        params={params}
        page={page}
        rows={job.logLines}
        pageSize={logPageSize}
        what="the log"
        name="log"
      />
    </section>
  )
}
