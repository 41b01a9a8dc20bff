import type { MemberView } from '@/agents/ipsec/view'
import { HostText } from '@/components/base/host-text'
import { StatusMark } from '@/components/base/status-mark'
import { SectionHead } from '@/components/frame/page-head'
import { clockWords } from './clock-words'

/** What was read of each host: whether it can be a member, and why not. */
export function FactsTable({ views, leaving }: { views: readonly MemberView[]; leaving: ReadonlySet<string> }) {
  if (views.length === 0) return null
  return (
    <section className="mb-6" aria-label="What was read">
      <SectionHead title="What was read" note={`of ${views.length} ${views.length === 1 ? 'host' : 'hosts'}`} />
      <div className="table-wrap">
        <table className="data-table blocks" aria-label="Hosts of the mesh, as they were read">
          <thead>
            <tr>
              <th scope="col">Host</th>
              <th scope="col">As a member</th>
              <th scope="col">IKE daemon</th>
              <th scope="col">Kernel</th>
              <th scope="col">Addresses</th>
              <th scope="col">Firewall</th>
              <th scope="col">Clock</th>
            </tr>
          </thead>
          <tbody>
            {views.map((view) => (
              <Row key={view.hostId} view={view} leaves={leaving.has(view.hostId)} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function Row({ view, leaves }: { view: MemberView; leaves: boolean }) {
  return (
    <tr>
      <th scope="row" className="line">
        {view.name}
      </th>
      <td className="line">
        {leaves ? <StatusMark status="info">leaves</StatusMark> : <State view={view} />}
        {leaves || view.whyNot === null ? null : (
          <div className="text-bad-text text-12">
            <HostText text={view.whyNot} max={600} />
          </div>
        )}
        {view.hints.map((hint) => (
          <div className="text-warn-text text-12" key={hint}>
            <HostText text={hint} max={600} />
          </div>
        ))}
      </td>
      <td data-label="IKE daemon:">
        <HostText text={view.daemon} max={120} />
        <div className="text-text-3 text-12">{view.hasKey ? 'with a key of its own' : 'without a key of its own'}</div>
      </td>
      <td data-label="Kernel:">
        <HostText text={view.kernel} max={160} />
      </td>
      <td className="line">
        <Outers view={view} />
      </td>
      <td data-label="Firewall:">
        {view.firewall.tool}
        <div className="text-text-3 text-12">
          <HostText text={view.firewall.because} max={200} />
        </div>
      </td>
      <td data-label="Clock:">{clockWords(view.clockOffS)}</td>
    </tr>
  )
}

function State({ view: { state } }: { view: MemberView }) {
  if (state === 'ready') return <StatusMark status="ok">ready</StatusMark>
  if (state === 'preparable') return <StatusMark status="waiting">to be prepared</StatusMark>
  return <StatusMark status="bad">cannot be a member</StatusMark>
}

function Outers({ view: { outers, sshAt } }: { view: MemberView }) {
  if (outers.length === 0) return <span className="text-text-3">no IPv4 address</span>
  return (
    <ul>
      {outers.map(({ address, device, mtu }) => (
        <li key={`${device} ${address}`}>
          <span className="mono">{address}</span>{' '}
          <span className="text-text-3 text-12">
            <HostText text={device} />, MTU {mtu}
            {sshAt.includes(address) ? ', SSH comes in here' : ''}
          </span>
        </li>
      ))}
    </ul>
  )
}
