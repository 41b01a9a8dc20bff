import type { PreviewRow } from '@/agents/mysql/view'
import { Button } from '@/components/base/button'
import { Mark } from '@/components/base/status-mark'

/** Every value, old to new, with its reason; the new one may be written over. */
export function ValueTable({
  rows,
  texts,
  onWrite,
}: {
  rows: readonly PreviewRow[]
  /** What stands in the fields that were written in. */
  texts: Readonly<Record<string, string | null>>
  onWrite(name: string, text: string | null | undefined): void
}) {
  const changed = rows.filter(({ isKept }) => !isKept)
  const kept = rows.filter(({ isKept }) => isKept)
  return (
    <>
      <div className="table-wrap">
        <table className="data-table blocks" aria-label="Values">
          <Heads />
          <tbody>
            {changed.map((row) => (
              <Row key={row.name} row={row} text={texts[row.name]} onWrite={onWrite} />
            ))}
          </tbody>
        </table>
      </div>
      {kept.length > 0 ? (
        <details className="mt-2">
          <summary className="text-text-2">
            {kept.length} {kept.length === 1 ? 'value stays' : 'values stay'} as they are
          </summary>
          <div className="table-wrap">
            <table className="data-table blocks" aria-label="Values that stay">
              <Heads />
              <tbody>
                {kept.map((row) => (
                  <Row key={row.name} row={row} text={texts[row.name]} onWrite={onWrite} />
                ))}
              </tbody>
            </table>
          </div>
        </details>
      ) : null}
    </>
  )
}

function Heads() {
  return (
    <thead>
      <tr>
        <th scope="col">Variable</th>
        <th scope="col">Now</th>
        <th scope="col">New</th>
        <th scope="col">Counts</th>
        <th scope="col">Why</th>
      </tr>
    </thead>
  )
}

function Row({
  row,
  text,
  onWrite,
}: {
  row: PreviewRow
  text: string | null | undefined
  onWrite(name: string, text: string | null | undefined): void
}) {
  const { name, from, to, reason, evidence, source, isDynamic, isEdited, problem, proposed } = row
  const shown = text === undefined ? (to ?? '') : (text ?? '')
  return (
    <tr>
      <th scope="row" className="mono line">
        {name}
      </th>
      <td className="mono" data-label="Now:">
        {from ?? <span className="text-text-3">not set</span>}
      </td>
      <td className="line">
        <input
          className="input input-mono"
          size={12}
          aria-label={`New value of ${name}`}
          aria-invalid={problem ? true : undefined}
          aria-describedby={`why-${name}`}
          placeholder="left out"
          value={shown}
          onChange={(event) => onWrite(name, event.target.value === '' ? null : event.target.value)}
        />
        {isEdited ? (
          <Button sm onClick={() => onWrite(name, undefined)}>
            Back to {proposed ?? 'left out'}
          </Button>
        ) : null}
      </td>
      <td data-label="Counts:">{isDynamic ? 'at once' : 'after a restart'}</td>
      <td className="line" id={`why-${name}`}>
        {problem ? (
          <div className="text-bad-text">
            <Mark status="bad" /> {problem}
          </div>
        ) : null}
        <div>{reason}</div>
        {evidence ? <div className="text-12 text-text-2">{evidence}</div> : null}
        <div className="text-12 text-text-3">{source}</div>
      </td>
    </tr>
  )
}
