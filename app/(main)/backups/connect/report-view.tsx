import { Figure } from '@/components/base/figure'
import { HostText } from '@/components/base/host-text'
import { RelativeTime } from '@/components/base/relative-time'
import { Tag, type TagKind } from '@/components/base/tag'
import { type Fact, FactsLine, KeyValue } from '@/components/show/facts-line'
import { Note } from '@/components/show/finding'
import type { SupportMark } from '@/lib/catalog/rules'
import type { CatalogReport } from '@/lib/catalog/store/catalog-report'

const kinds: Readonly<Record<SupportMark, TagKind>> = {
  'live-tested': 'ok',
  'published files only': 'info',
  unproved: 'warn',
}

const meanings: Readonly<Record<SupportMark, string>> = {
  'live-tested': 'Pollux is tested against directors of this version.',
  'published files only': 'Pollux is tested against the published tables of this version, not against its director.',
  unproved: 'Pollux was not tested against this version. Figures may be missing or wrong.',
}

/** The name of a catalog's version, and how far Pollux was tested with it. */
export function SchemaWords({ schema }: { schema: CatalogReport['schema'] }) {
  return (
    <>
      {schema.name} <Tag kind={kinds[schema.mark]}>{schema.mark}</Tag>
    </>
  )
}

/** What a test of a catalog saw. */
export function ReportView({ report, zone }: { report: CatalogReport; zone: string }) {
  return (
    <section className="mb-6" aria-label="What the test saw">
      <FactsLine
        facts={[
          { label: 'Jobs', value: <Figure value={report.jobs} /> },
          { label: 'Volumes', value: <Figure value={report.volumes} /> },
          { label: 'Pools', value: <Figure value={report.pools} /> },
          { label: 'Clients', value: <Figure value={report.clients} /> },
        ]}
      />
      <div className="mt-4">
        <KeyValue facts={factsOf(report, zone)} />
      </div>
      <div className="mt-4 grid max-w-text gap-3">
        <ZoneNote report={report} zone={zone} />
        {report.canWrite ? (
          <Note status="warn" title="The account may write">
            Pollux sends nothing but questions. With an account that may only read, the database would also hold it
            back.
          </Note>
        ) : null}
        {report.isReadOnlySession === false ? (
          <Note status="info" title="The server has no sessions that may only read">
            It is too old for them. Pollux sends nothing but questions.
          </Note>
        ) : null}
        {report.schema.mark === 'live-tested' ? null : (
          <Note
            status={report.schema.mark === 'unproved' ? 'warn' : 'info'}
            title={`${report.schema.name}: ${report.schema.mark}`}
          >
            {meanings[report.schema.mark]}
          </Note>
        )}
      </div>
    </section>
  )
}

function ZoneNote({ report: { jobs, newest, zone: verdict }, zone }: { report: CatalogReport; zone: string }) {
  if (jobs === 0)
    return (
      <Note status="info" title="The catalog is empty">
        No job ran yet, so nothing tells whether the zone {zone} is right.
      </Note>
    )
  if (verdict.kind === 'wrong')
    return (
      <Note status="bad" title={`${zone} does not fit`}>
        The times in the catalog stand {verdict.offset} from UTC, and the clock of {zone} did not when its last jobs
        ended. Every expiry would be shifted.
      </Note>
    )
  if (verdict.kind === 'fits' || newest === null) return null
  return (
    <Note status="unknown" title="The zone cannot be checked">
      No job that ended tells it. Look whether the time of the newest job is right.
    </Note>
  )
}

function factsOf(report: CatalogReport, zone: string): Fact[] {
  const { newest } = report
  return [
    { label: 'Catalog', value: <SchemaWords schema={report.schema} />, note: `schema ${report.schema.versionId}` },
    { label: 'Server', value: <HostText text={serverWords(report)} max={80} /> },
    { label: 'Account', ...accountWords(report) },
    newest
      ? {
          label: 'Newest job',
          value: (
            <>
              ended <RelativeTime at={newest.at} />
            </>
          ),
          note: `${newest.wall} ${zone}`,
        }
      : { label: 'Newest job', value: 'none ended yet' },
    {
      label: 'Time zone',
      value: zone,
      note: report.zone.kind === 'fits' ? 'fits the jobs of the catalog' : undefined,
    },
  ]
}

function accountWords({ dialect, canWrite, isReadOnlySession }: CatalogReport): Pick<Fact, 'value' | 'note'> {
  if (dialect === 'sqlite') return { value: 'none: the file is opened for reading only' }
  const value = canWrite === null ? 'not known whether it may write' : canWrite ? 'may write' : 'may only read'
  return { value, note: isReadOnlySession ? 'in a session that may only read' : undefined }
}

/** MariaDB and MySQL name themselves or not; the others give a bare version. */
function serverWords({ dialect, server }: CatalogReport): string {
  const names = { mysql: /mariadb/i.test(server) ? '' : 'MySQL ', postgresql: 'PostgreSQL ', sqlite: 'SQLite ' }
  return `${names[dialect]}${server}`
}
