import type { ReactNode } from 'react'

export interface Fact {
  /** Names the fact: no two in one line are called the same. */
  label: string
  value: ReactNode
  /** Paler, behind the value. */
  note?: ReactNode
}

/** Up to six facts in one line, label above value; two columns where it is narrow. */
export function FactsLine({ facts }: { facts: readonly Fact[] }) {
  return <FactList className="facts-line" facts={facts} />
}

/** Facts one under the other: labels and values in two aligned columns. */
export function KeyValue({ facts }: { facts: readonly Fact[] }) {
  return <FactList className="kv" facts={facts} />
}

function FactList({ className, facts }: { className: string; facts: readonly Fact[] }) {
  return (
    <dl className={className}>
      {facts.map((fact) => (
        <div key={fact.label}>
          <dt>{fact.label}</dt>
          <dd>
            {fact.value}
            {fact.note ? <small className="fact-note"> {fact.note}</small> : null}
          </dd>
        </div>
      ))}
    </dl>
  )
}
