'use client'

import { useState } from 'react'
import { HostText } from '@/components/base/host-text'
import { TypeToConfirm } from '@/components/overlay/type-to-confirm'
import { EmptyState } from '@/components/show/empty-state'
import { type Column, DataTable } from '@/components/table/data-table'
import { Bytes } from '../bytes'
import { usePlan } from './use-plan'

interface Prunable {
  volume: string
  pool: string | null
  bytes: number | null
  because: string
}

const mostAtOnce = 50

/** Volumes that can be pruned now. What is pruned is gone from the catalog, so the number of volumes is typed first. */
export function PruneForm({ catalogId, volumes }: { catalogId: string; volumes: readonly Prunable[] }) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const { plan } = usePlan(catalogId)
  const toggle = (volume: string) =>
    setChosen((before) => {
      const after = new Set(before)
      if (!after.delete(volume) && after.size < mostAtOnce) after.add(volume)
      return after
    })
  const name = `prune ${chosen.size}`
  return (
    <>
      <DataTable
        label="Volumes that can be pruned now"
        columns={columnsOf(chosen, toggle)}
        rows={volumes}
        rowId={({ volume }) => volume}
        blocks
        empty={
          <EmptyState title="No volume can be pruned now">
            Bacula prunes a Full or Used volume once every job on it is older than the volume’s retention.
          </EmptyState>
        }
      />
      {chosen.size === 0 ? null : (
        <div className="mt-4">
          <TypeToConfirm
            trigger={`Prune ${chosen.size === 1 ? 'one volume' : `${chosen.size} volumes`}…`}
            title={`Take the jobs of ${chosen.size === 1 ? 'one volume' : `${chosen.size} volumes`} out of the catalog?`}
            name={name}
            confirm="Show the plan"
            keep="Keep them"
            action={async () => {
              const problem = await plan({ kind: 'prune', volumes: [...chosen] })
              return problem === null ? undefined : { error: problem }
            }}
          >
            What is pruned can only be restored by scanning the volume. The data stays on it until a job writes over it.
            The plan names each volume and is approved before anything is done.
          </TypeToConfirm>
        </div>
      )}
    </>
  )
}

function columnsOf(chosen: ReadonlySet<string>, toggle: (volume: string) => void): Column<Prunable>[] {
  return [
    {
      id: 'volume',
      head: 'Volume',
      cell: ({ volume }) => (
        <label className="flex items-center gap-2">
          <input
            className="row-check"
            type="checkbox"
            checked={chosen.has(volume)}
            onChange={() => toggle(volume)}
            aria-label={`Prune ${volume}`}
          />
          <HostText text={volume} max={127} />
        </label>
      ),
    },
    { id: 'pool', head: 'Pool', cell: ({ pool }) => (pool === null ? '–' : <HostText text={pool} max={127} />) },
    { id: 'bytes', head: 'Bytes', number: true, cell: ({ bytes }) => <Bytes bytes={bytes} /> },
    { id: 'because', head: 'Why', cell: ({ because }) => because, inBlock: 'line' },
  ]
}
