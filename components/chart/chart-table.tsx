export interface ChartRow {
  id: string
  cells: readonly string[]
}

/** The figures of a chart as a table that opens below it. The first cell of a row names it. */
export function ChartTable({
  label,
  heads,
  rows,
}: {
  label: string
  heads: readonly string[]
  rows: readonly ChartRow[]
}) {
  return (
    <details className="chart-table">
      <summary>
        The same as a table<span className="sr-only">: {label}</span>
      </summary>
      {/* It scrolls: without a place in the tab order no key would reach what is below. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is one that takes keys */}
      <section className="table-wrap chart-scroll" aria-label={label} tabIndex={0}>
        <table className="data-table">
          <thead>
            <tr>
              {heads.map((head, at) => (
                <th key={head} scope="col" className={at === 0 ? undefined : 'num'}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, cells: [name, ...cells] }) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                {cells.map((cell, at) => (
                  <td key={heads[at + 1]} className="num">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  )
}
