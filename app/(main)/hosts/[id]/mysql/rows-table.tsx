import type { Row, Verdict } from '@/agents/mysql/look-again/view'
import { type Status, StatusMark } from '@/components/base/status-mark'
import { SectionHead } from '@/components/frame/page-head'

const verdicts: Readonly<Record<Verdict, { status: Status; word: string }>> = {
  better: { status: 'ok', word: 'Better' },
  same: { status: 'info', word: 'As good' },
  worse: { status: 'warn', word: 'Worse' },
  'not-known': { status: 'unknown', word: 'Not known' },
}

/** Each thing before the change and since, with what it comes to. */
export function RowsTable({ rows }: { rows: readonly Row[] }) {
  return (
    <section className="mb-8" aria-labelledby="before-after">
      <SectionHead id="before-after" title="Before and since" />
      <div className="table-wrap">
        <table className="data-table blocks" aria-labelledby="before-after">
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col" className="num">
                Before
              </th>
              <th scope="col" className="num">
                Since
              </th>
              <th scope="col">Verdict</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, label, before, after, verdict, sentence }) => (
              <tr key={id}>
                <th scope="row">{label}</th>
                <td className="num" data-label="Before:">
                  {before ?? <NotKnown />}
                </td>
                <td className="num" data-label="Since:">
                  {after ?? <NotKnown />}
                </td>
                <td>
                  <StatusMark status={verdicts[verdict].status}>{verdicts[verdict].word}</StatusMark>
                </td>
                <td className="line">{sentence}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

export function NotKnown() {
  return <span className="text-text-3">not known</span>
}
