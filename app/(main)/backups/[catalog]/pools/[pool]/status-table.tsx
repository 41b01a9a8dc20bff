import { Figure } from '@/components/base/figure'
import { HostText } from '@/components/base/host-text'
import { SectionHead } from '@/components/frame/page-head'
import { DataTable } from '@/components/table/data-table'
import { hrefWith } from '@/components/table/sort'
import type { Pool } from '@/lib/catalog/pools/list-pools'
import { volumeStatusWords } from '@/lib/catalog/rules'
import { catalogHref } from '../../../links'
import { Bytes } from '../../bytes'

/** A pool's volumes by status, each with what it means. */
export function StatusTable({ pool, catalogId }: { pool: Pool; catalogId: string }) {
  const rows = [...pool.use.byStatus].toSorted(([, one], [, other]) => other.bytes - one.bytes)
  if (rows.length === 0) return null
  return (
    <section className="overview-part" aria-labelledby="statuses">
      <SectionHead id="statuses" title="Volumes by status" />
      <DataTable
        label="Volumes by status"
        rows={rows}
        rowId={([status]) => status}
        rowHref={([status]) => hrefWith(catalogHref(catalogId, 'volumes'), { pool: String(pool.poolId), status })}
        columns={[
          { id: 'status', head: 'Status', cell: ([status]) => <HostText text={status} max={40} /> },
          { id: 'volumes', head: 'Volumes', number: true, cell: ([, { volumes }]) => <Figure value={volumes} /> },
          { id: 'bytes', head: 'Space', number: true, cell: ([, { bytes }]) => <Bytes bytes={bytes} /> },
          { id: 'means', head: 'What it means', cell: ([status]) => meaning(status), inBlock: 'line' },
        ]}
        blocks
      />
    </section>
  )
}

function meaning(status: string): string {
  const { means, next } = volumeStatusWords(status)
  return `${means} ${next}`
}
