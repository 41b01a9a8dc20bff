import { describe, expect, it } from 'vitest'
import { render, tagsOf, textOf } from '@/components/testing/render'
import type { BackupDays, DayLevel, DaySums } from '@/lib/catalog/overview/backup-days'
import type { Outcomes } from '@/lib/catalog/overview/job-outcomes'
import type { LateBackup, LateBackups } from '@/lib/catalog/overview/late-backups'
import type { UnfinishedJob } from '@/lib/catalog/overview/unfinished-jobs'
import { jobStatusWords } from '@/lib/catalog/rules'
import { catalogHref, exportHref, jobsHref } from '../links'
import { CatalogTrouble } from './catalog-trouble'
import { DaysSection } from './days-section'
import { LateSection } from './late-section'
import { OutcomesSection } from './outcomes-section'
import { SizesSection } from './sizes-section'
import { UnfinishedSection } from './unfinished-section'
import { VolumesSection } from './volumes-section'

const now = Date.parse('2026-11-26T09:00:00Z')
const hourMs = 3_600_000
const hrefsOf = (markup: string) => tagsOf(markup, 'a').map((tag) => /href="([^"]*)"/.exec(tag)?.[1] ?? '')

describe('LateSection', () => {
  const one = (other: Partial<LateBackup> = {}): LateBackup => ({
    ...{ job: 'Nightly', client: 'web-fd', clientId: 3, runs: 40, lastJobId: 77, lastStatus: 'f', isSilent: false },
    verdict: {
      state: 'overdue',
      lastGood: new Date(now - 50 * hourMs),
      dueBy: new Date(now - 20 * hourMs),
      late: 20 * 3600,
      because: 'Its last 30 runs were 1 day apart; the last good one began 2.1 days ago.',
    },
    ...other,
  })
  const late = (rows: LateBackup[], other: Partial<LateBackups> = {}): LateBackups => ({
    ...{ late: rows, total: 9, onTime: 9 - rows.length, unknown: 0, ...other },
  })
  const show = (of: LateBackups) => render(<LateSection catalogId="c1" late={of} />)

  it('leads to the client and to the last run, and says by what it is late', () => {
    const markup = show(late([one()]))
    expect(hrefsOf(markup)).toEqual([
      '/api/backups/c1/late?format=csv',
      '/api/backups/c1/late?format=json',
      '/backups/c1/clients/3',
      '/backups/c1/jobs/77',
    ])
    expect(textOf(markup)).toContain('20 h overdue')
    expect(textOf(markup)).toContain('1 backup is late')
  })

  it('shows names as text', () => {
    const markup = show(late([one({ job: '<b onload=x>', client: 'a\u202eb"' })]))
    expect(markup).not.toContain('<b onload')
    expect(textOf(markup)).toContain('<b onload=x>')
    expect(textOf(markup)).toContain('U+202E')
  })

  it('shows a dozen, says how many more, and folds what no longer runs', () => {
    const rows = Array.from({ length: 20 }, (_, at) => one({ job: `job ${at}` }))
    const text = textOf(show(late([...rows, one({ job: 'old', isSilent: true })])))
    expect(text).toContain('20 backups are late')
    expect(text).toContain('8 more are in the file above')
    expect(text).toContain('1 more has not begun for long')
  })

  it('says fine only where all are, and nothing of no backup', () => {
    expect(textOf(show(late([])))).toContain('Each has had a good run in its time.')
    expect(textOf(show(late([], { unknown: 2 })))).toContain('2 have too few runs to tell')
    expect(textOf(show(late([], { total: 0 })))).toContain('No backup yet')
  })
})

describe('OutcomesSection', () => {
  const none: Outcomes = { good: 0, warned: 0, failed: 0, canceled: 0, running: 0, unknown: 0 }
  const spans = (of: Outcomes) => ({ '24h': none, '7d': of, '30d': of })

  it('leads from each count to its jobs, and from no zero', () => {
    const backups = spans({ ...none, good: 1200, failed: 3 })
    const markup = render(<OutcomesSection catalogId="c1" outcomes={{ backups, others: spans(none) }} />)
    expect(hrefsOf(markup)).toEqual([
      '/backups/c1/jobs',
      ...['7d', '30d'].flatMap((since) => [
        `/backups/c1/jobs?type=B&amp;status=good&amp;since=${since}`,
        `/backups/c1/jobs?type=B&amp;status=failed&amp;since=${since}`,
      ]),
    ])
    expect(textOf(markup)).toContain('Last 7 days1,2000300')
    expect(textOf(markup)).toContain('No restore, verification, copy or other job in 30 days.')
  })

  it('says what it does not count', () => {
    const outcomes = { backups: spans({ ...none, unknown: 2 }), others: spans({ ...none, good: 1, failed: 1 }) }
    const text = textOf(render(<OutcomesSection catalogId="c1" outcomes={outcomes} />))
    expect(text).toContain('2 other jobs in 30 days')
    expect(text).toContain('1 failed.')
    expect(text).toContain('2 backups have a status that Pollux does not know.')
  })
})

describe('DaysSection', () => {
  const nothing: DaySums = { jobs: 0, bytes: 0, files: 0 }
  const days = (levels: Partial<Record<DayLevel, DaySums>>, other: Partial<BackupDays> = {}): BackupDays => ({
    days: [
      {
        day: '2026-11-26',
        levels: { full: nothing, differential: nothing, incremental: nothing, other: nothing, ...levels },
      },
    ],
    ...{ implausible: 0, undated: 0, ...other },
  })
  const show = (of: BackupDays) => render(<DaysSection catalogId="c1" days={of} span={30} />)

  it('has bytes and files, with the levels that there are', () => {
    const text = textOf(show(days({ full: { jobs: 1, bytes: 57e9, files: 885_527 } })))
    expect(text).toContain('Full 57 GB')
    expect(text).toContain('Full 886 k')
    expect(text).not.toContain('Other levels')
    expect(textOf(show(days({ other: { jobs: 1, bytes: 1, files: 1 } })))).toContain('Other levels 1 B')
  })

  it('draws nothing of nothing, and says what was left out', () => {
    const markup = show(days({}, { implausible: 1, undated: 2 }))
    expect(tagsOf(markup, 'svg')).toHaveLength(0)
    expect(textOf(markup)).toContain('No backup ended well in these 30 days.')
    expect(textOf(markup)).toContain('1 job with an impossible size left out of the sums.')
    expect(textOf(markup)).toContain('2 jobs without a time of the end left out.')
  })
})

describe('UnfinishedSection', () => {
  const job = (jobId: number, code: string, startedAt: number | null): UnfinishedJob => ({
    ...{ jobId, job: 'Nightly', client: null, what: 'Full', status: jobStatusWords(code), startedAt },
  })
  const show = (jobs: UnfinishedJob[]) => textOf(render(<UnfinishedSection catalogId="c1" jobs={jobs} now={now} />))

  it('doubts what began days ago', () => {
    expect(show([job(1, 'R', now - 100 * hourMs)])).toContain('it may not run any more')
    expect(show([job(1, 'R', now - hourMs)])).not.toContain('it may not run any more')
  })

  it('counts no further than it asked', () => {
    expect(show(Array.from({ length: 101 }, (_, at) => job(at, 'C', null)))).toContain(
      'More than 100 jobs have not ended',
    )
    expect(show([])).toContain('Nothing runs')
  })
})

it('VolumesSection names those in error, and how many more', () => {
  const errors = [{ mediaId: 5, name: 'v"5', pool: null, bytes: null, lastWritten: null }]
  const markup = render(<VolumesSection catalogId="c1" volumes={{ volumes: 9, bytes: 1, inError: 3, errors }} />)
  expect(hrefsOf(markup)).toEqual(['/backups/c1/volumes?status=Error', '/backups/c1/volumes/5'])
  expect(textOf(markup)).toContain('3 volumes in error')
  expect(textOf(markup)).toContain('in no pool, unknownnever written2 more.')
})

it('SizesSection shows what is not known as such, and growth with its sign', () => {
  const tables = [
    { table: 'File', rows: 5_000_000, bytes: 900e6 },
    { table: 'Path', rows: null, bytes: null },
    { table: 'Job', rows: 10, bytes: null },
  ]
  const samples = [
    { table: 'File', day: '2026-11-16', rows: 5_100_000n, bytes: 800_000_000n },
    { table: 'Job', day: '2026-11-24', rows: 5n, bytes: null },
  ]
  const text = textOf(
    render(
      <SizesSection
        catalogId="c1"
        sizes={{ tables, bytes: null, basis: 'Estimates.' }}
        samples={samples}
        today="2026-11-26"
      />,
    ),
  )
  expect(text).toContain('size unknown')
  expect(text).toContain('File5,000,000900MB−100,000+100 MB')
  expect(text).toContain('Job10unknown+5 in 2 dunknown')
  expect(text).toContain('Pathunknownunknownunknownunknown')
})

it('CatalogTrouble says why and offers to ask again', () => {
  const text = textOf(render(<CatalogTrouble sentence="The password is wrong <here>." />))
  expect(text).toContain('The password is wrong <here>.')
  expect(text).toContain('Try again')
})

it('addresses keep what a name would break', () => {
  expect(catalogHref('c1', 'pools', 'a/b?c')).toBe('/backups/c1/pools/a%2Fb%3Fc')
  expect(jobsHref('c1', {})).toBe('/backups/c1/jobs')
  expect(exportHref('c1', 'volumes', 'csv', { q: 'a&b', page: '7', sort: '-bytes' })).toBe(
    '/api/backups/c1/volumes?q=a%26b&sort=-bytes&format=csv',
  )
})
