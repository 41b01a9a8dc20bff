'use client'

import type { DeviceRow } from '@/agents/scheduler/view'
import { HostText } from '@/components/base/host-text'
import { StatusMark } from '@/components/base/status-mark'
import { SectionHead } from '@/components/frame/page-head'
import { Note } from '@/components/show/finding'
import type { HostDisks } from './settings-form'

/** All block devices of one host: what they are, what lies on them, what is offered, and the choice. */
export function DiskTable({
  host,
  chosen,
  onChoose,
}: {
  host: HostDisks
  chosen: Readonly<Record<string, string>>
  onChoose(key: string, scheduler: string): void
}) {
  const settable = host.rows.filter((row) => row.whyNot === null)
  const others = host.rows.filter((row) => row.whyNot !== null)
  return (
    <section className="mb-6" aria-label={`Disks of ${host.name}`}>
      <SectionHead
        title={host.name}
        note={`${settable.length} ${settable.length === 1 ? 'disk' : 'disks'} can be set`}
      />
      {host.whyNotLive ? (
        <Note status="warn" title="Nothing can be set here">
          {host.whyNotLive}
        </Note>
      ) : null}
      {settable.length > 0 ? (
        <div className="table-wrap">
          <table className="data-table blocks" aria-label={`Disks of ${host.name} that can be set`}>
            <thead>
              <tr>
                <th scope="col">Disk</th>
                <th scope="col">What lies on it</th>
                <th scope="col">Now</th>
                <th scope="col">Scheduler</th>
                <th scope="col">Suggestion</th>
              </tr>
            </thead>
            <tbody>
              {settable.map((row) => (
                <Disk key={row.key} row={row} chosen={chosen[row.key] ?? ''} onChoose={onChoose} host={host.name} />
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      {others.length > 0 ? <Others rows={others} /> : null}
    </section>
  )
}

function Disk({
  row,
  chosen,
  onChoose,
  host,
}: {
  row: DeviceRow
  chosen: string
  onChoose(key: string, scheduler: string): void
  host: string
}) {
  return (
    <tr>
      <th scope="row" className="line">
        <span className="mono">
          <HostText text={row.name} />
        </span>
        <div className="text-text-3 text-12">
          {row.what}
          {row.model ? (
            <>
              , <HostText text={row.model} max={60} />
            </>
          ) : null}
          {row.sizeBytes === null ? '' : `, ${sizeText(row.sizeBytes)}`}
        </div>
      </th>
      <td data-label="On it:">
        {row.on.length === 0 ? (
          <span className="text-text-3">nothing known</span>
        ) : (
          <HostText text={row.on.join(', ')} max={120} />
        )}
      </td>
      <td className="mono nowrap" data-label="Now:">
        {row.now ?? <span className="text-text-3">not read</span>}
        {row.atBoot ? <div className="text-text-3 text-12">{row.atBoot} at boot</div> : null}
      </td>
      <td className="line">
        <select
          className="input"
          aria-label={`Scheduler for ${row.name} on ${host}`}
          value={chosen}
          onChange={(event) => onChoose(row.key, event.target.value)}
        >
          <option value="">leave as it is</option>
          {row.atBoot ? <option value="leave">no longer set it at boot</option> : null}
          {row.options.map((option) => (
            <option key={option.name} value={option.name} title={option.hint ?? undefined}>
              {option.name}
            </option>
          ))}
        </select>
      </td>
      <td className="line">
        <Suggestion row={row} />
      </td>
    </tr>
  )
}

function Suggestion({ row }: { row: DeviceRow }) {
  const { scheduler, reason } = row.recommended
  return (
    <>
      {scheduler === null ? (
        <StatusMark status="unknown">none</StatusMark>
      ) : scheduler === row.now ? (
        <StatusMark status="ok">already {scheduler}</StatusMark>
      ) : (
        <StatusMark status="info">{scheduler}</StatusMark>
      )}
      <div className="text-text-2 text-12">{reason}</div>
      {row.notes.map((note) => (
        <div className="text-warn-text text-12" key={note}>
          {note}
        </div>
      ))}
    </>
  )
}

function Others({ rows }: { rows: readonly DeviceRow[] }) {
  return (
    <details className="mt-2">
      <summary className="text-text-2">
        {rows.length} other {rows.length === 1 ? 'device has' : 'devices have'} no scheduler to choose
      </summary>
      <ul className="mt-2">
        {rows.map((row) => (
          <li key={row.key}>
            <span className="mono">
              <HostText text={row.name} />
            </span>{' '}
            <span className="text-text-2">
              {row.what}: {row.whyNot}
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}

function sizeText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`
}
