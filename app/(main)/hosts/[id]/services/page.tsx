import { factOf } from '@/lib/inventory/stored-facts'
import { FoundSection } from '../found-section'
import { HostFrame } from '../host-frame'
import { hostOf } from '../host-of'
import { NothingRead } from '../nothing-read'
import { countServices, ServicesTable } from '../services-table'
import { UpdatesSection } from '../updates-section'

export const metadata = { title: 'Services of a host' }

/** All services, and the updates that wait for them. */
export default async function ServicesPage({ params }: { params: Promise<{ id: string }> }) {
  const of = await hostOf((await params).id)
  const { facts } = of.host
  return (
    <HostFrame of={of} tab="services">
      {facts ? (
        <div className="grid gap-8">
          <FoundSection title="Services" found={factOf(facts, 'services')} ruled={false} note={countServices}>
            {(value) => <ServicesTable of={value} />}
          </FoundSection>
          <UpdatesSection facts={facts} updates={factOf(facts, 'updates')} />
        </div>
      ) : (
        <NothingRead of={of} />
      )}
    </HostFrame>
  )
}
