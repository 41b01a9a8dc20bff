import { type PairProof, pairProofs, proofWords } from '@/agents/ipsec/matrix/view'
import { saidOf } from '@/agents/ipsec/pair/view'
import { judgePair } from '@/agents/ipsec/view'
import { HostText } from '@/components/base/host-text'
import { type Status, StatusMark } from '@/components/base/status-mark'
import { SectionHead } from '@/components/frame/page-head'
import { type Column, DataTable } from '@/components/table/data-table'
import type { Verdict } from '@/lib/agent'
import type { EndLook, PairLook } from '../../../live/look-at-pair'

interface ProofRow {
  proof: PairProof
  verdict: Verdict
}

const marks: Readonly<Record<Verdict, { status: Status; word: string }>> = {
  yes: { status: 'ok', word: 'holds' },
  no: { status: 'bad', word: 'fails' },
  unknown: { status: 'unknown', word: 'not known' },
}

/** The proofs, in the order in which one rests on the other, with what each end says. */
export function ProofsTable({ look: { side, ends } }: { look: PairLook }) {
  const judged = side && judgePair(side, ends[0].seen, ends[1].seen)
  const rows = pairProofs.map((proof): ProofRow => ({ proof, verdict: judged?.proofs[proof] ?? 'unknown' }))
  return (
    <section className="mb-8 min-w-0">
      <SectionHead title="Proofs" note="a proof holds where both ends say so" />
      <DataTable
        label={`Proofs of ${ends[0].label} to ${ends[1].label}`}
        columns={[
          { id: 'proof', head: 'Proof', cell: ({ proof }) => proofWords[proof].title },
          {
            id: 'verdict',
            head: 'Both',
            cell: ({ verdict }) => <StatusMark status={marks[verdict].status}>{marks[verdict].word}</StatusMark>,
          },
          saidBy(ends[0]),
          saidBy(ends[1]),
        ]}
        rows={rows}
        rowId={({ proof }) => proof}
        blocks
      />
    </section>
  )
}

function saidBy({ label, seen }: EndLook): Column<ProofRow> {
  return {
    id: `said-${label}`,
    head: label,
    inBlock: 'line',
    cell: ({ proof }) => {
      const said = seen && saidOf(proof, seen)
      return (
        <>
          <span className="text-text-3 m:hidden">{label}: </span>
          {said === null ? <span className="text-text-3">not read</span> : <HostText text={said} max={120} />}
        </>
      )
    },
  }
}
