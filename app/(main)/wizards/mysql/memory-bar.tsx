import type { TuningPreview } from '@/agents/mysql/view'
import { Legend } from '@/components/chart/legend'
import { StackedBar } from '@/components/chart/stacked-bar'
import { bytesText } from './texts'

const groups = [
  {
    id: 'server',
    label: 'The server itself',
    colour: 'var(--n-7)',
    parts: ['process', 'performance-schema', 'table-caches'],
  },
  {
    id: 'caches',
    label: 'Caches of all',
    colour: 'var(--lv-full-a)',
    parts: ['pool', 'log-buffer', 'additional-pool', 'key-buffer', 'aria', 'query-cache'],
  },
  {
    id: 'connections',
    label: 'All connections at once',
    colour: 'var(--lv-diff)',
    parts: ['sort', 'join', 'read', 'sessions', 'binlog', 'packets'],
  },
  {
    id: 'temporary',
    label: 'Temporary tables and indexes',
    colour: 'var(--lv-incr)',
    parts: ['temporary-tables', 'index-build'],
  },
] as const

/** The most that the server may take, in its parts, against the machine's memory; the budget is a line in it. */
export function MemoryBar({
  preview,
  memTotal,
  others,
  budget,
}: {
  preview: TuningPreview
  memTotal: number
  others: number
  budget: number
}) {
  const bytesOf = (ids: readonly string[]) =>
    preview.parts.filter(({ id }) => ids.includes(id)).reduce((sum, { bytes }) => sum + bytes, 0)
  const parts = groups.map(({ id, label, colour, parts: ids }) => ({ id, label, colour, value: bytesOf(ids) }))
  const other = { id: 'others', label: 'Other programs', colour: 'var(--n-4)', value: others }
  const taken = Math.max(preview.totalBytes, budget)
  // On a large machine a small server would be a hair: then the bar is of twice the budget, and says so.
  const isLarge = memTotal > 6 * taken
  const whole = isLarge ? 2 * taken : Math.max(memTotal, preview.totalBytes + others)
  const shown = isLarge ? parts : [...parts, other]
  const figure = new Map([...parts, other].map(({ id, value }) => [id, value]))
  return (
    <section className="mb-6" aria-label="Memory">
      <h2 className="mb-2 text-15">
        At most {bytesText(preview.totalBytes)} of {bytesText(budget)}
      </h2>
      <div className="relative">
        <StackedBar parts={shown} of={whole} />
        <i
          aria-hidden="true"
          className="absolute inset-y-0 border-l-2 border-limit"
          style={{ left: `${Math.min(100, (budget / whole) * 100).toFixed(2)}%` }}
        />
      </div>
      <p className="text-12 text-text-3">
        The bar is {isLarge ? `${bytesText(whole)} of the ${bytesText(memTotal)}` : `all ${bytesText(memTotal)}`} of the
        machine; the line in it is the budget.
      </p>
      <Legend series={[...parts, other]} tell={(id) => bytesText(figure.get(id) ?? 0)} />
      <details className="mt-1">
        <summary className="text-text-2">How it is counted</summary>
        <table className="data-table mt-2" aria-label="Parts of the memory">
          <thead>
            <tr>
              <th scope="col">Part</th>
              <th scope="col" className="num">
                At most
              </th>
              <th scope="col">How</th>
            </tr>
          </thead>
          <tbody>
            {preview.parts.map(({ id, label, bytes, formula }) => (
              <tr key={id}>
                <th scope="row">{label}</th>
                <td className="num">{bytesText(bytes)}</td>
                <td className="mono">{formula}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <ul className="mt-2 text-text-2">
          {preview.assumptions.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </details>
    </section>
  )
}
