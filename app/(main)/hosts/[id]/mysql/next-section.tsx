import type { NextStep } from '@/agents/mysql/look-again/view'
import { ButtonLink } from '@/components/base/button'
import { SectionHead } from '@/components/frame/page-head'
import { Note } from '@/components/show/finding'
import { NotKnown } from './rows-table'

/** What the wizard would propose today. `wizard` leads there, for those who may plan. */
export function NextSection({ next, wizard }: { next: NextStep; wizard: string | null }) {
  return (
    <section className="mb-8" aria-labelledby="next-step">
      <SectionHead id="next-step" title="Next step" note="by what was read last, for the same aim" />
      <Body next={next} />
      {next.state === 'not-known' ? null : <Refusals refusals={next.refusals} />}
      {next.state === 'values' && wizard ? (
        <p className="mt-3">
          <ButtonLink href={wizard} kind="primary">
            Go on in the wizard
          </ButtonLink>
        </p>
      ) : null}
    </section>
  )
}

function Body({ next }: { next: NextStep }) {
  if (next.state === 'not-known')
    return (
      <Note status="unknown" title="What to propose is not known">
        {next.why}
      </Note>
    )
  if (next.state === 'nothing') return <p className="text-text-2">Nothing: it has what would be proposed.</p>
  return (
    <div className="table-wrap">
      <table className="data-table blocks" aria-labelledby="next-step">
        <thead>
          <tr>
            <th scope="col">Variable</th>
            <th scope="col">Now</th>
            <th scope="col">Proposed</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {next.values.map(({ name, from, to, reason, evidence }) => (
            <tr key={name}>
              <th scope="row" className="mono">
                {name}
              </th>
              <td className="mono" data-label="Now:">
                {from ?? <NotKnown />}
              </td>
              <td className="mono" data-label="Proposed:">
                {to}
              </td>
              <td className="line">
                {reason}
                {evidence ? <div className="text-12 text-text-2">{evidence}</div> : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Refusals({ refusals }: { refusals: readonly string[] }) {
  return refusals.map((sentence) => (
    <p key={sentence} className="mt-2 text-text-2">
      {sentence}
    </p>
  ))
}
