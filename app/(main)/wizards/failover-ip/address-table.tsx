import type { AddressRow, DeviceRow } from '@/agents/failover-ip/view'
import { HostText } from '@/components/base/host-text'
import { SectionHead } from '@/components/frame/page-head'
import { Note } from '@/components/show/finding'
import type { HostAddresses } from './wish'

/** The devices of one host: what holds each, and what is on it. */
export function AddressTable({ host }: { host: HostAddresses }) {
  return (
    <section className="mb-6" aria-label={`Addresses of ${host.name}`}>
      <SectionHead title={host.name} />
      {host.whyNot ? (
        <Note status="warn" title="Nothing can be changed here">
          {host.whyNot}
        </Note>
      ) : (
        <div className="table-wrap">
          <table className="data-table blocks" aria-label={`Devices of ${host.name}`}>
            <thead>
              <tr>
                <th scope="col">Device</th>
                <th scope="col">Held by</th>
                <th scope="col">Addresses</th>
              </tr>
            </thead>
            <tbody>
              {host.devices.map((device) => (
                <Device key={device.name} device={device} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

function Device({ device }: { device: DeviceRow }) {
  return (
    <tr>
      <th scope="row" className="mono line">
        <HostText text={device.name} />
      </th>
      <td data-label="Held by:">
        {device.heldBy}
        <div className="text-text-3 text-12">
          <HostText text={device.because} max={200} />
        </div>
      </td>
      <td className="line">
        {device.addresses.length === 0 ? (
          <span className="text-text-3">none</span>
        ) : (
          <ul>
            {device.addresses.map((address) => (
              <Address key={address.cidr} address={address} />
            ))}
          </ul>
        )}
      </td>
    </tr>
  )
}

function Address({ address }: { address: AddressRow }) {
  const words = [address.what, address.label, address.keptIn].filter((word) => word !== null && word !== '')
  return (
    <li>
      <span className="mono">{address.cidr}</span>{' '}
      <span className="text-text-3 text-12">
        <HostText text={words.join(', ')} max={160} />
      </span>
    </li>
  )
}
