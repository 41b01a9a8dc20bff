import { clsx } from 'clsx'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { RowKeys } from '../keys/row-keys'
import { ChooseAll, ChosenCount } from './choose-all'
import { type Params, type Sort, sortHref } from './sort'

export interface Column<Row> {
  id: string
  head: ReactNode
  cell: (row: Row) => ReactNode
  /** Stands right; its first sort is the largest first. */
  number?: boolean
  sortable?: boolean
  /** The sum under it; it covers all pages and follows the filter. */
  foot?: ReactNode
  hideOnPhone?: boolean
  /** Where rows are blocks: takes a line of its own, or the rest of the line that a short cell begins. */
  inBlock?: 'line' | 'rest'
}

export interface DataTableProps<Row> {
  /** What the rows are, for readers: "Hosts". */
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowId: (row: Row) => string
  /** Where Enter and the first column lead. */
  rowHref?: (row: Row) => string
  /** The order now, and the page's own path and parameters for the headings' links. */
  sort?: { now: Sort; path: string; params: Params }
  /** Checkboxes named `name` with the row's id; `actions` are submit buttons (`formAction`) for the chosen rows. */
  choose?: { name: string; rowLabel: (row: Row) => string; actions: ReactNode; noun: string }
  /** The row that something beside the table shows. */
  chosenId?: string
  /** On a phone each row is a block of a few lines instead of a line that is scrolled sideways. */
  blocks?: boolean
  /** Stands in the rows' place when there are none. */
  empty?: ReactNode
}

/** A table of things, drawn on the server. Its script only moves with J and K, and ticks all rows at once. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, choose, blocks, empty } = props
  if (rows.length === 0 && empty) return empty
  const hasFoot = columns.some((column) => column.foot !== undefined)
  const table = (
    <RowKeys className="table-wrap">
      <table className={clsx('data-table', blocks && 'blocks')} aria-label={label}>
        <thead>
          <tr>
            {choose ? (
              <th scope="col" className="check-cell">
                <ChooseAll name={choose.name} label={`Choose all ${choose.noun} shown`} />
              </th>
            ) : null}
            {columns.map((column) => (
              <Head key={column.id} column={column} sort={props.sort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <BodyRow key={props.rowId(row)} row={row} {...props} />
          ))}
        </tbody>
        {hasFoot ? (
          <tfoot>
            <tr>
              {choose ? <td className="check-cell" /> : null}
              {columns.map((column) => (
                <td key={column.id} className={cellClass(column)}>
                  {column.foot}
                </td>
              ))}
            </tr>
          </tfoot>
        ) : null}
      </table>
    </RowKeys>
  )
  if (!choose) return table
  return (
    <form>
      {/* Enter on a box presses a form's first button: this one does nothing but ask for the page again */}
      <button type="submit" hidden />
      {table}
      <fieldset className="bulk" aria-label={`With the chosen ${choose.noun}`}>
        <ChosenCount name={choose.name} />
        {choose.actions}
      </fieldset>
    </form>
  )
}

function BodyRow<Row>({ row, columns, rowId, rowHref, choose, chosenId }: DataTableProps<Row> & { row: Row }) {
  const id = rowId(row)
  return (
    <tr data-row data-chosen={id === chosenId ? '' : undefined}>
      {choose ? (
        <td className="check-cell">
          <input
            className="row-check"
            type="checkbox"
            name={choose.name}
            value={id}
            aria-label={choose.rowLabel(row)}
          />
        </td>
      ) : null}
      {columns.map((column, index) =>
        index === 0 ? (
          <th key={column.id} scope="row" className={cellClass(column)}>
            {rowHref ? (
              <Link className="row-link" data-row-link href={rowHref(row)}>
                {column.cell(row)}
              </Link>
            ) : (
              column.cell(row)
            )}
          </th>
        ) : (
          <td key={column.id} className={cellClass(column)}>
            {column.cell(row)}
          </td>
        ),
      )}
    </tr>
  )
}

function Head<Row>({ column, sort }: { column: Column<Row>; sort: DataTableProps<Row>['sort'] }) {
  if (!sort || !column.sortable) {
    return (
      <th scope="col" className={cellClass(column)}>
        {column.head}
      </th>
    )
  }
  const isOn = sort.now.by === column.id
  const direction = sort.now.descending ? 'descending' : 'ascending'
  return (
    <th scope="col" className={cellClass(column)} aria-sort={isOn ? direction : 'none'}>
      <Link
        className="sort-link"
        data-on={isOn ? '' : undefined}
        scroll={false}
        prefetch={false}
        href={sortHref(sort.path, sort.params, sort.now, column.id, column.number === true)}
      >
        {column.head}
        {isOn ? <span aria-hidden="true"> {sort.now.descending ? '↓' : '↑'}</span> : null}
      </Link>
    </th>
  )
}

function cellClass<Row>(column: Column<Row>): string {
  return clsx(column.number && 'num', column.hideOnPhone && 'max-m:hidden', column.inBlock)
}
