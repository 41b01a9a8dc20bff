import type { ReactNode } from 'react'
import { SectionHead } from '@/components/frame/page-head'
import { isFiltered, type JobFilter } from '@/lib/catalog/jobs/job-filter'
import type { JobTotals } from '@/lib/catalog/jobs/list-jobs'
import { bytesText } from '@/lib/catalog/rules'

/** How many jobs fit, how they ended and what they wrote: of all of them, not of the page. */
export function JobTotalsLine({ totals, filter, right }: { totals: JobTotals; filter: JobFilter; right: ReactNode }) {
  const jobs = `${totals.jobs.toLocaleString('en')} ${totals.jobs === 1 ? 'job' : 'jobs'}`
  const fits = totals.jobs === 1 ? 'fits' : 'fit'
  return (
    <>
      <SectionHead title={isFiltered(filter) ? `${jobs} ${fits}` : jobs} right={right} />
      <p className="mb-3 text-text-2">{sentenceOf(totals)}</p>
    </>
  )
}

function sentenceOf({ jobs, bySeverity, files, bytes, implausible }: JobTotals): string {
  if (jobs === 0) return 'Nothing to sum up.'
  const parts = [
    [bySeverity.good, 'ended well'],
    [bySeverity.warned, 'with warnings'],
    [bySeverity.failed, 'failed'],
    [bySeverity.canceled, 'canceled'],
    [bySeverity.running + bySeverity.waiting, 'not ended by what the catalog says'],
    [bySeverity.unknown, 'with a status that Pollux does not know'],
  ] as const
  const ended = parts
    .filter(([number]) => number > 0)
    .map(([number, words]) => `${number.toLocaleString('en')} ${words}`)
  const without =
    implausible > 0
      ? ` Not in the sum: ${implausible.toLocaleString('en')} ${implausible === 1 ? 'job whose' : 'jobs whose'} size the catalog does not tell.`
      : ''
  return `${ended.join(', ')}. ${bytesText(bytes)} in ${files.toLocaleString('en')} ${files === 1 ? 'file' : 'files'}.${without}`
}
