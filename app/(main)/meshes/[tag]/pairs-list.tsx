'use client'

import { useState } from 'react'
import { Button } from '@/components/base/button'
import { Figure } from '@/components/base/figure'
import { StatusMark } from '@/components/base/status-mark'
import { RowKeys } from '@/components/keys/row-keys'
import { pairHref } from '../mesh-links'
import type { ShownMesh } from './mesh-shown'
import {
  formatMs,
  isNotFine,
  pairsText,
  pairWords,
  type ShownPair,
  shownVerdict,
  verdictStatus,
  worstFirst,
} from './mesh-words'
import { useInsideLinks } from './use-inside-links'

/** As many rows as are shown at first. */
const FIRST_ROWS = 40

/** The pairs as a table, the worst first: all of them, or only those that are not fine. */
export function PairsList({
  mesh,
  pairs,
  onlyFaults,
}: {
  mesh: ShownMesh
  pairs: readonly ShownPair[]
  onlyFaults: boolean
}) {
  const [isOpen, setIsOpen] = useState(false)
  const onClick = useInsideLinks()
  const all = worstFirst(onlyFaults ? pairs.filter(isNotFine) : pairs)
  if (all.length === 0) return <p className="text-text-2">Every pair is fine.</p>
  const rows = isOpen ? all : all.slice(0, FIRST_ROWS)
  return (
    <RowKeys className="table-wrap">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only hands on what the links inside are told */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Enter on a link is a click */}
      <div onClick={onClick}>
        <table
          className="data-table blocks"
          aria-label={onlyFaults ? `Pairs of ${mesh.name} that are not fine` : `All pairs of ${mesh.name}`}
        >
          <thead>
            <tr>
              <th scope="col">Pair</th>
              <th scope="col">How it is</th>
              <th scope="col" className="num">
                There
              </th>
              <th scope="col" className="num">
                Back
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((pair) => (
              <Row key={`${pair.a} ${pair.b}`} mesh={mesh} pair={pair} />
            ))}
          </tbody>
        </table>
      </div>
      {rows.length < all.length ? (
        <div className="mt-3">
          <Button sm onClick={() => setIsOpen(true)}>
            Show all {pairsText(all.length)}
          </Button>
        </div>
      ) : null}
    </RowKeys>
  )
}

function Row({ mesh, pair }: { mesh: ShownMesh; pair: ShownPair }) {
  const [one, other] = [mesh.members[pair.a], mesh.members[pair.b]]
  if (!one || !other) return null
  const [there, back] = pair.ms
  return (
    <tr data-row>
      <th scope="row">
        <a className="row-link" data-row-link href={pairHref(mesh.tag, one.label, other.label)}>
          {one.label} to {other.label}
        </a>
      </th>
      <td className="mesh-how line">
        <StatusMark status={verdictStatus[shownVerdict(pair)]}>{pairWords(pair)}</StatusMark>
      </td>
      <td className="num">
        <Ms ms={there} />
      </td>
      <td className="num">
        <Ms ms={back} />
      </td>
    </tr>
  )
}

function Ms({ ms }: { ms: number | null }) {
  return ms === null ? <span className="text-text-3">–</span> : <Figure value={formatMs(ms)} unit="ms" />
}
