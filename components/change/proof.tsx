import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { HostText } from '../base/host-text'
import { Mark, type Status } from '../base/status-mark'

/** `waiting`: its turn comes; `running`: being looked at. */
export type ProofVerdict = 'yes' | 'no' | 'unknown' | 'running' | 'waiting'

export interface ProofItem {
  id: string
  /** What is proved: "sda of umber uses mq-deadline". */
  title: ReactNode
  weight: 'must' | 'advise'
  verdict: ProofVerdict
  /** As the host should say it, and as it said it; null while nothing was seen. */
  expected: string
  seen: string | null
  /** A figure that says more than the verdict's word: "0.63 ms". */
  value?: ReactNode
}

/** What is longer (a line of a file) lies folded, unless something else was seen than expected. */
const longText = 48

const words: Readonly<Record<ProofVerdict, string>> = {
  yes: 'proved',
  no: 'not so',
  unknown: 'not known',
  running: 'looking',
  waiting: 'waits',
}

/** What was expected, what was seen, and what follows; one row per check. */
export function Proof({ items }: { items: readonly ProofItem[] }) {
  return (
    <ul className="proof">
      {items.map((item) => {
        const status = statusOf(item)
        return (
          <li key={item.id}>
            <Mark status={status} />
            <span>{item.title}</span>
            <span className={clsx('proof-verdict', status !== 'ok' && `word-${status}`)}>
              {item.value ?? words[item.verdict]}
            </span>
            <span className="proof-detail">
              <Detail item={item} />
            </span>
          </li>
        )
      })}
    </ul>
  )
}

/** How many are proved, for the section's note: "3 of 7 seen". */
export function countProved(items: readonly ProofItem[]): string {
  return `${items.filter((item) => item.verdict === 'yes').length} of ${items.length} seen`
}

function Detail({ item }: { item: ProofItem }) {
  const advice = item.weight === 'advise' ? '. Good to have; nothing is undone for it.' : null
  if (item.seen === null) {
    return (
      <>
        <Folded summary="what is expected" lead="expected " text={item.expected} />
        {advice}
      </>
    )
  }
  if (item.seen === item.expected) {
    return <Folded summary="seen as expected" lead="expected and seen: " text={item.seen} />
  }
  return (
    <>
      expected <HostText text={item.expected} max={300} />, seen{' '}
      {item.seen === '' ? 'nothing' : <HostText text={item.seen} max={300} />}
      {advice}
    </>
  )
}

function Folded({ summary, lead, text }: { summary: string; lead: string; text: string }) {
  if (text.length <= longText)
    return (
      <>
        {lead}
        <HostText text={text} />
      </>
    )
  return (
    <details className="opened">
      <summary>{summary}</summary>
      <HostText text={text} max={4_000} />
    </details>
  )
}

function statusOf({ verdict, weight }: ProofItem): Status {
  if (verdict === 'yes') return 'ok'
  if (verdict === 'no') return weight === 'must' ? 'bad' : 'warn'
  return verdict
}
