import { SectionHead } from '@/components/frame/page-head'
import { type Column, DataTable } from '@/components/table/data-table'
import { hrefWith } from '@/components/table/sort'
import type { ClientFileSet } from '@/lib/catalog/clients/read-client'
import { laterInstant } from '@/lib/catalog/rules'
import { catalogHref } from '../../../links'
import { Count, NameOf, When } from '../../jobs/job-figures'

/** The filesets of its backups. The same name twice is one that was changed: the next backup after that is a Full. */
export function FileSetsSection({
  catalogId,
  clientId,
  zone,
  fileSets,
}: {
  catalogId: string
  clientId: number
  zone: string
  fileSets: readonly ClientFileSet[]
}) {
  if (fileSets.length === 0) return null
  return (
    <section className="overview-part" aria-labelledby="filesets">
      <SectionHead
        id="filesets"
        title={fileSets.length === 1 ? 'One fileset' : `${fileSets.length} filesets`}
        note="a change of a fileset makes a new one here"
      />
      <DataTable
        label="Filesets"
        columns={columnsOf(zone)}
        rows={fileSets}
        rowId={({ fileSetId }) => String(fileSetId)}
        rowHref={({ fileSetId }) =>
          hrefWith(catalogHref(catalogId, 'jobs'), { client: String(clientId), fileset: String(fileSetId) })
        }
        blocks
      />
    </section>
  )
}

function columnsOf(zone: string): readonly Column<ClientFileSet>[] {
  return [
    {
      id: 'name',
      head: 'Fileset',
      cell: ({ name, fileSetId }) => <NameOf text={name} none={`number ${fileSetId}, not in the catalog`} />,
    },
    { id: 'made', head: 'Since', number: true, cell: ({ createTime }) => <When at={laterInstant(createTime, zone)} /> },
    { id: 'runs', head: 'Runs', number: true, cell: ({ runs }) => <Count value={runs} /> },
    {
      id: 'last',
      head: 'Last run',
      number: true,
      cell: ({ lastJobId }) => (lastJobId === null ? null : `job ${lastJobId}`),
    },
  ]
}
