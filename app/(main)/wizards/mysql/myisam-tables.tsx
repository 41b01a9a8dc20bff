import type { OfferedTable } from '@/agents/mysql/view'
import { HostText } from '@/components/base/host-text'
import { StatusMark } from '@/components/base/status-mark'
import { bytesText } from './texts'

/** Every table of MyISAM's with its size, and a box to choose it, or what stands in the way of InnoDB; also what is damaged. */
export function MyisamTables({
  tables,
  chosen,
  onToggle,
  keyOf,
}: {
  tables: readonly OfferedTable[]
  chosen: ReadonlySet<string>
  onToggle(key: string): void
  keyOf(table: OfferedTable): string
}) {
  return (
    <div className="table-wrap">
      <table className="data-table blocks" aria-label="Tables of MyISAM">
        <thead>
          <tr>
            <th scope="col" className="check-cell">
              <span className="sr-only">Convert</span>
            </th>
            <th scope="col">Table</th>
            <th scope="col" className="num">
              Rows
            </th>
            <th scope="col" className="num">
              Size
            </th>
            <th scope="col">InnoDB</th>
          </tr>
        </thead>
        <tbody>
          {tables.map((table) => (
            <tr key={keyOf(table)} data-row>
              <td className="check-cell">
                {table.obstacles.length === 0 ? (
                  <input
                    className="row-check"
                    type="checkbox"
                    checked={chosen.has(keyOf(table))}
                    onChange={() => onToggle(keyOf(table))}
                    aria-label={`Convert ${table.schema}.${table.name}`}
                  />
                ) : null}
              </td>
              <th scope="row" className="mono rest">
                <HostText text={`${table.schema}.${table.name}`} max={140} />
              </th>
              <td className="num" data-label="Rows:">
                {table.rows === null ? <span className="text-text-3">not read</span> : table.rows.toLocaleString('en')}
              </td>
              <td className="num" data-label="Size:">
                {table.closed === null ? (
                  bytesText(table.dataBytes + table.indexBytes)
                ) : (
                  <span className="text-text-3">not read</span>
                )}
              </td>
              <td className="line">
                {table.obstacles.length === 0 ? (
                  <StatusMark status="ok">can take it</StatusMark>
                ) : (
                  <StatusMark status="bad">{table.closed === null ? 'cannot take it' : 'cannot be opened'}</StatusMark>
                )}
                {table.obstacles.map((sentence) => (
                  <div className="text-12 text-text-2" key={sentence}>
                    <HostText text={sentence} max={300} />
                  </div>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
