'use client'

import { useState } from 'react'
import { Button } from '@/components/base/button'
import { SectionHead } from '@/components/frame/page-head'
import type { ShownMesh } from './mesh-shown'
import { countPairs, countsText, isNotFine, type ShownPair, type ShownVerdict, shownVerdict } from './mesh-words'
import { chord, RING, ringPlaces } from './ring-shape'

/** With more members, chords that are fine would be one dark disc, and names would lie over each other. */
const MOST_CHORDS = 20

/** The members in a circle, and a chord for each pair; what is not fine lies on top, in its own line. */
export function Ring({ mesh, pairs }: { mesh: ShownMesh; pairs: readonly ShownPair[] }) {
  const { members } = mesh
  const isLarge = members.length > MOST_CHORDS
  const [isAll, setIsAll] = useState(true)
  const places = ringPlaces(members.length)
  const pathOf = (verdict: ShownVerdict) =>
    pairs
      .filter((pair) => shownVerdict(pair) === verdict)
      .map(({ a, b }) => {
        const [one, other] = [places[a], places[b]]
        return one && other ? chord(one, other) : ''
      })
      .join('')
  const faulty = new Set(pairs.filter(isNotFine).flatMap(({ a, b }) => [a, b]))
  const shown: ShownVerdict[] = [
    ...(isAll && !isLarge ? (['fine'] as const) : []),
    ...(['weak', 'unknown', 'changing', 'broken'] as const),
  ]
  return (
    <section className="min-w-0">
      <SectionHead
        title="Ring"
        right={
          isLarge ? null : (
            <Button sm kind="quiet" aria-pressed={!isAll} onClick={() => setIsAll(!isAll)}>
              Only what is not fine
            </Button>
          )
        }
      />
      <svg
        className="mesh-ring"
        width={2 * RING.middle}
        height={2 * RING.middle}
        viewBox={`0 0 ${2 * RING.middle} ${2 * RING.middle}`}
        role="img"
        aria-label={`Ring of ${members.length} members: ${countsText(countPairs(pairs))}`}
      >
        {shown.map((verdict) => {
          const path = pathOf(verdict)
          return path === '' ? null : <path key={verdict} className={`chord-${verdict}`} d={path} />
        })}
        {places.map(({ x, y, nameX, nameY, anchor }, at) => {
          const isFaulty = faulty.has(at)
          return (
            <g key={members[at]?.label} className={isFaulty ? 'faulty' : undefined}>
              <circle cx={x} cy={y} r={isLarge ? 3 : 5} />
              {isLarge && !isFaulty ? null : (
                <text x={nameX} y={nameY} textAnchor={anchor}>
                  {members[at]?.label}
                </text>
              )}
            </g>
          )
        })}
      </svg>
    </section>
  )
}
