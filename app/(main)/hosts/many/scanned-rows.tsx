'use client'

import { HostText } from '@/components/base/host-text'
import { StatusMark } from '@/components/base/status-mark'
import { Tag } from '@/components/base/tag'
import { withPort } from '@/lib/inventory/host-address'
import type { ScannedRow } from '@/lib/inventory/scan-host-list'

const comparisons = {
  new: { status: 'ask', word: 'compare it' },
  same: { status: 'ok', word: 'as in the paste' },
  differs: { status: 'bad', word: 'not the one in the paste' },
} as const

/** One row a host: what will be pinned, or why it cannot be. */
export function ScannedRows({
  rows,
  chosen,
  onToggle,
}: {
  rows: readonly ScannedRow[]
  chosen: ReadonlySet<number>
  onToggle: (line: number) => void
}) {
  if (rows.length === 0) return null
  return (
    <div className="table-wrap">
      <table className="data-table blocks" aria-label="Keys of the hosts">
        <thead>
          <tr>
            <th scope="col" className="check-cell">
              <span className="sr-only">Add</span>
            </th>
            <th scope="col">Host</th>
            <th scope="col">Address</th>
            <th scope="col">State</th>
            <th scope="col">SHA-256 fingerprints</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.line} data-row>
              <td className="check-cell">
                {row.ok ? (
                  <input
                    className="row-check"
                    type="checkbox"
                    checked={chosen.has(row.line)}
                    onChange={() => onToggle(row.line)}
                    aria-label={`Add ${row.name}`}
                  />
                ) : null}
              </td>
              <th scope="row" className="line">
                {row.name}{' '}
                {row.tags.map((tag) => (
                  <span key={tag} className="mr-1">
                    <Tag>{tag}</Tag>
                  </span>
                ))}
              </th>
              <td className="mono nowrap">
                {row.login ? `${row.login}@` : ''}
                {withPort(row.address, row.port)}
              </td>
              <td>
                {row.ok ? (
                  <StatusMark status={comparisons[row.comparison].status}>
                    {comparisons[row.comparison].word}
                  </StatusMark>
                ) : (
                  <StatusMark status="bad">not added</StatusMark>
                )}
              </td>
              <td className="line">
                {row.ok ? (
                  row.keys.map((key) => (
                    <div key={key.fingerprint} className="mono">
                      {key.fingerprint} <span className="text-text-3">{key.algorithm}</span>
                    </div>
                  ))
                ) : (
                  <HostText text={row.problem} max={400} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
