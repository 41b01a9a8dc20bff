'use client'

import { clsx } from 'clsx'
import { type KeyboardEvent, type ReactNode, type SyntheticEvent, useRef, useState } from 'react'
import { pairIndex } from '@/agents/ipsec/matrix/view'
import { Button } from '@/components/base/button'
import { MarkSymbols, MarkUse } from '@/components/base/status-mark'
import { pairHref } from '../mesh-links'
import { innerTail, type ShownMesh } from './mesh-shown'
import { cellWords, formatMs, rowsByFault, type ShownPair, shownVerdict, verdictStatus } from './mesh-words'
import { useInsideLinks } from './use-inside-links'

/** With more members, only rows with faults are shown at first, and at most so many. */
export const MOST_ROWS = 20

/**
 * Every member against every other: the inner round trip in milliseconds, measured by the row's host. Arrows move between
 * the cells; each is one plain link.
 */
export function Matrix({ mesh, pairs }: { mesh: ShownMesh; pairs: readonly ShownPair[] }) {
  const { members } = mesh
  const [isOpen, setIsOpen] = useState(false)
  const said = useRef<HTMLParagraphElement>(null)
  const onClick = useInsideLinks()
  const isLarge = members.length > MOST_ROWS
  const { order, faulty } = rowsByFault(pairs, members.length)
  const rows = !isLarge ? members.map((_, at) => at) : isOpen ? order : order.slice(0, Math.min(faulty, MOST_ROWS))
  const say = (event: SyntheticEvent) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null
    if (said.current) said.current.textContent = link?.getAttribute('aria-label') ?? ''
  }
  return (
    <>
      <MarkSymbols of="mesh" statuses={['warn', 'bad', 'unknown']} />
      {rows.length === 0 ? (
        <p className="text-text-2">Every row is fine.</p>
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: it only hands on what the links inside are told
        <div className="mesh-scroll" onClick={onClick} onMouseOver={say} onFocus={say} onKeyDown={moveByArrows}>
          <table className={clsx('mesh-matrix', isLarge && 'dense')} aria-label={`Pairs of ${mesh.name}`}>
            <thead>
              <tr>
                <th scope="col">
                  <span className="sr-only">Member</span>
                </th>
                {members.map(({ label }) => (
                  <th key={label} scope="col">
                    <span>{label}</span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, at) => (
                <tr key={members[row]?.label}>
                  <RowHead mesh={mesh} row={row} />
                  {members.map(({ label }, column) =>
                    column === row ? (
                      <td key={label} className="mesh-self">
                        ·
                      </td>
                    ) : (
                      <Cell
                        key={label}
                        {...{ mesh, pairs, row, column }}
                        isFirst={at === 0 && column === (row === 0 ? 1 : 0)}
                      />
                    ),
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className="mesh-said" ref={said} aria-hidden="true" />
      {isLarge && rows.length < members.length ? (
        <Button sm onClick={() => setIsOpen(true)}>
          Show all {members.length} rows
        </Button>
      ) : null}
      <Legend />
    </>
  )
}

function RowHead({ mesh, row }: { mesh: ShownMesh; row: number }) {
  const member = mesh.members[row]
  return (
    <th scope="row">
      {member?.label}
      <small>{innerTail(member?.inner ?? '', mesh.prefix)}</small>
    </th>
  )
}

function Cell({
  mesh,
  pairs,
  row,
  column,
  isFirst,
}: {
  mesh: ShownMesh
  pairs: readonly ShownPair[]
  row: number
  column: number
  isFirst: boolean
}): ReactNode {
  const [from, to] = [mesh.members[row], mesh.members[column]]
  const pair = pairs[pairIndex(Math.min(row, column), Math.max(row, column), mesh.members.length)]
  if (!pair || !from || !to) return null
  const ms = pair.ms[row < column ? 0 : 1]
  const verdict = shownVerdict(pair)
  const hasMark = verdict === 'weak' || verdict === 'broken' || verdict === 'unknown'
  return (
    <td className={`mesh-${verdict}`}>
      <a
        href={pairHref(mesh.tag, from.label, to.label)}
        aria-label={cellWords(pair, from.label, to.label, ms)}
        tabIndex={isFirst ? 0 : -1}
      >
        {hasMark ? <MarkUse of="mesh" status={verdictStatus[verdict]} /> : null}
        {ms === null ? (hasMark ? null : '–') : formatMs(ms)}
      </a>
    </td>
  )
}

const arrows: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

/** Moves the focus to the next cell that is a link in the arrow's way; the one cell that Tab reaches moves along. */
function moveByArrows(event: KeyboardEvent<HTMLElement>): void {
  const way = arrows[event.key]
  const cell = event.target instanceof Element ? event.target.closest('td') : null
  const body = cell?.closest('tbody')
  const row = cell?.parentElement
  if (!way || !cell || !body || !(row instanceof HTMLTableRowElement)) return
  event.preventDefault()
  let [y, x] = [[...body.rows].indexOf(row), cell.cellIndex]
  for (;;) {
    y += way[0]
    x += way[1]
    const next = body.rows[y]?.cells[x]
    if (!next || x < 1) return
    const link = next.querySelector('a')
    if (!link) continue
    for (const old of body.querySelectorAll('a[tabindex="0"]')) old.setAttribute('tabindex', '-1')
    link.setAttribute('tabindex', '0')
    link.focus()
    return
  }
}

function Legend() {
  return (
    <ul className="mesh-legend" aria-label="What the cells mean">
      <li>
        <i className="mesh-fine" />
        all proofs hold
      </li>
      <li>
        <MarkUse of="mesh" status="warn" />a suite for older daemons
      </li>
      <li>
        <MarkUse of="mesh" status="bad" />
        broken
      </li>
      <li>
        <MarkUse of="mesh" status="unknown" />
        not known
      </li>
      <li>
        <i className="mesh-changing" />
        being changed
      </li>
    </ul>
  )
}
