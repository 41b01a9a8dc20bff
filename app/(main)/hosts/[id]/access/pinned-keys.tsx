import { RelativeTime } from '@/components/base/relative-time'
import { StatusMark } from '@/components/base/status-mark'
import type { HostKeyRow } from '@/lib/inventory/get-host'

const words = {
  pinned: { status: 'ok', word: 'confirmed' },
  offered: { status: 'ask', word: 'waits for a decision' },
  retired: { status: 'info', word: 'no longer used' },
} as const

const order = { offered: 0, pinned: 1, retired: 2 } as const

/** Every key the host was known by, with who confirmed it and when. */
export function PinnedKeys({ keys }: { keys: readonly HostKeyRow[] }) {
  if (keys.length === 0) return <p className="text-text-2">None was seen yet.</p>
  const rows = [...keys].sort((one, other) => order[one.state] - order[other.state])
  return (
    <div className="table-wrap">
      <table className="data-table blocks" aria-label="Host keys">
        <thead>
          <tr>
            <th scope="col">Kind</th>
            <th scope="col">State</th>
            <th scope="col">SHA-256 fingerprint</th>
            <th scope="col">Confirmed by</th>
            <th scope="col" className="num">
              When
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((key) => (
            <tr key={`${key.algorithm} ${key.fingerprint}`}>
              <th scope="row" className="mono nowrap">
                {key.algorithm}
              </th>
              <td>
                <StatusMark status={words[key.state].status}>{words[key.state].word}</StatusMark>
              </td>
              <td className="mono line">{key.fingerprint}</td>
              <td data-label="By">{key.decidedBy ?? <span className="text-text-3">nobody</span>}</td>
              <td className="num">
                <RelativeTime at={(key.decidedAt ?? key.seenAt).getTime()} still />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
