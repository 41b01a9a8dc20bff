import { SectionHead } from '@/components/frame/page-head'
import { Note } from '@/components/show/finding'
import type { HostDetail } from '@/lib/inventory/get-host'
import { KeyTable } from '../key-table'
import { DecideChangedKey } from './decide-changed-key'

/** The confirmed and the offered key side by side, what the change may mean, and the admin's decision. */
export function ChangedKey({ host, mayEdit }: { host: HostDetail; mayEdit: boolean }) {
  const of = (state: string) => host.keys.filter((key) => key.state === state)
  const offered = of('offered')
  return (
    <section className="mb-6" aria-label="Changed host key">
      <Note status="bad" title={`${host.name} shows another key than the one that was confirmed`}>
        Pollux does not use this host until an admin has decided. Either the host was installed anew or its keys were
        made anew, or another machine answers at its address: a reused IP address, a switched cable, or somebody who
        listens in. Whoever manages the host knows which; no password and no command has gone out.
      </Note>
      <div className="mt-4">
        <SectionHead title="Confirmed before" />
      </div>
      <KeyTable label="Confirmed keys" keys={of('pinned')} />
      <div className="mt-4">
        <SectionHead title="Shown now" />
      </div>
      <KeyTable label="Keys shown now" keys={offered} />
      {mayEdit ? (
        <DecideChangedKey
          host={{ id: host.id, name: host.name }}
          fingerprints={offered.map((key) => key.fingerprint)}
        />
      ) : (
        <p className="mt-3 text-text-2">Accepting a key is an admin’s decision.</p>
      )}
    </section>
  )
}
