import { factOf } from '@/lib/inventory/stored-facts'
import { DisksTable } from '../disks-table'
import { FoundSection } from '../found-section'
import { HostFrame } from '../host-frame'
import { hostOf } from '../host-of'
import { NothingRead } from '../nothing-read'
import { SharesList } from '../shares-list'
import { StorageTable } from '../storage-table'

export const metadata = { title: 'Storage of a host' }

/** File systems, what is mounted over the network, and the devices below. */
export default async function StoragePage({ params }: { params: Promise<{ id: string }> }) {
  const of = await hostOf((await params).id)
  const { facts } = of.host
  return (
    <HostFrame of={of} tab="storage">
      {facts ? (
        <div className="grid gap-8">
          <FoundSection title="File systems" found={factOf(facts, 'fileSystems')} ruled={false}>
            {(value) => <StorageTable fileSystems={value.local} />}
          </FoundSection>
          <SharesList facts={facts} />
          <FoundSection title="Disks" found={factOf(facts, 'disks')} ruled={false}>
            {(value) => <DisksTable disks={value} />}
          </FoundSection>
        </div>
      ) : (
        <NothingRead of={of} />
      )}
    </HostFrame>
  )
}
