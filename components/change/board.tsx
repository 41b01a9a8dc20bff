import type { ReactNode } from 'react'
import { Mark, type Status } from '../base/status-mark'

export interface BoardPhase {
  number: number
  title: string
  note?: ReactNode
  isNow?: boolean
}

export interface BoardCell {
  status: Status
  /** "3 of 3", "7 checks". */
  word: ReactNode
  /** "0.9 s", "waits for both". */
  note?: ReactNode
}

export interface BoardHost {
  id: string
  name: string
  address?: string
  isDone?: boolean
  /** One per phase, in their order. */
  cells: readonly BoardCell[]
}

/** From so many hosts on only those that are not done are shown. */
const manyHosts = 12

/** Hosts and phases: how far each host is. On a phone the phases stand downwards. */
export function Board({ phases, hosts }: { phases: readonly BoardPhase[]; hosts: readonly BoardHost[] }) {
  const shown = hosts.length > manyHosts ? hosts.filter((host) => !host.isDone) : hosts
  const rest = hosts.length - shown.length
  return (
    <>
      <WideBoard phases={phases} hosts={shown} />
      <TurnedBoard phases={phases} hosts={shown} />
      {rest > 0 ? (
        <p className="board-rest">
          {rest} {shown.length > 0 ? 'other ' : ''}
          {rest === 1 ? 'host is' : 'hosts are'} done.
        </p>
      ) : null}
    </>
  )
}

interface Shown {
  phases: readonly BoardPhase[]
  hosts: readonly BoardHost[]
}

function WideBoard({ phases, hosts }: Shown) {
  return (
    <table className="board board-wide" aria-label="Hosts and phases">
      <thead>
        <tr>
          <th scope="col">
            <span className="board-name">Host</span>
          </th>
          {phases.map((phase) => (
            <PhaseHead key={phase.number} phase={phase} scope="col" />
          ))}
        </tr>
      </thead>
      <tbody>
        {hosts.map((host) => (
          <tr key={host.id}>
            <HostHead host={host} scope="row" />
            {phases.map((phase, index) => (
              <Cell key={phase.number} phase={phase} cell={host.cells[index]} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function TurnedBoard({ phases, hosts }: Shown) {
  return (
    <table className="board board-turned" aria-label="Phases and hosts">
      <thead>
        <tr>
          <th scope="col">
            <span className="board-name">Phase</span>
          </th>
          {hosts.map((host) => (
            <HostHead key={host.id} host={host} scope="col" />
          ))}
        </tr>
      </thead>
      <tbody>
        {phases.map((phase, index) => (
          <tr key={phase.number}>
            <PhaseHead phase={phase} scope="row" />
            {hosts.map((host) => (
              <Cell key={host.id} phase={phase} cell={host.cells[index]} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function PhaseHead({ phase, scope }: { phase: BoardPhase; scope: 'col' | 'row' }) {
  return (
    <th scope={scope} data-now={phase.isNow ? '' : undefined} aria-current={phase.isNow ? 'step' : undefined}>
      <span className="board-name">
        {phase.number} {phase.title}
      </span>
      {phase.note ? <span className="board-note">{phase.note}</span> : null}
    </th>
  )
}

function HostHead({ host, scope }: { host: BoardHost; scope: 'col' | 'row' }) {
  return (
    <th scope={scope}>
      <span className="board-name">{host.name}</span>
      {host.address ? <span className="board-note">{host.address}</span> : null}
    </th>
  )
}

function Cell({ phase, cell }: { phase: BoardPhase; cell: BoardCell | undefined }) {
  return (
    <td data-now={phase.isNow ? '' : undefined}>
      {cell ? (
        <>
          <span className="status">
            <Mark status={cell.status} />
            <span className={`word-${cell.status}`}>{cell.word}</span>
          </span>
          {cell.note ? <span className="board-note">{cell.note}</span> : null}
        </>
      ) : null}
    </td>
  )
}
