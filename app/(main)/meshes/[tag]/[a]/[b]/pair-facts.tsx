import { explainPair } from '@/agents/ipsec/pair/view'
import type { StandingMesh } from '@/agents/ipsec/view'
import { HostText } from '@/components/base/host-text'
import { RelativeTime } from '@/components/base/relative-time'
import { type Fact, FactsLine } from '@/components/show/facts-line'
import { Note } from '@/components/show/finding'
import { lookAtPair, type PairLook } from '../../../live/look-at-pair'
import { EndEvidence } from './end-evidence'
import { ProofsTable } from './proofs-table'

type Member = StandingMesh['members'][number]

/** What both ends say of a pair, and on top what that comes to. */
export async function PairFacts({ mesh, one, other }: { mesh: StandingMesh; one: Member; other: Member }) {
  const look = await lookAtPair(mesh, one, other)
  // The page calls both by their labels, which may be other words than the hosts' names.
  const [here, there] = look.ends
  const { status, title, why } = explainPair(look.side, [
    { ...here, name: here.label },
    { ...there, name: there.label },
  ])
  return (
    <>
      <div className="mb-4">
        <Note status={status} title={title}>
          <HostText text={why} max={1_000} />
        </Note>
      </div>
      <FactsLine facts={factsOf(look)} />
      <ProofsTable look={look} />
      <div className="pair-ends">
        {look.ends.map((end) => (
          <EndEvidence key={end.label} end={end} />
        ))}
      </div>
    </>
  )
}

function factsOf({ at, side, ends }: PairLook): Fact[] {
  const ages = ends.flatMap(({ seen }) => (typeof seen?.child === 'object' && seen.child ? [seen.child.ageS] : []))
  return [
    { label: 'Asked', value: <RelativeTime at={at} /> },
    { label: 'Suite asked for', value: side?.suite.title ?? 'not known' },
    { label: 'Largest packet', value: side ? `${side.mtu.toLocaleString('en')} bytes` : 'not known' },
    {
      label: 'Last new keys',
      value: ages.length === 0 ? 'not known' : <RelativeTime at={at - Math.min(...ages) * 1000} />,
    },
  ]
}
