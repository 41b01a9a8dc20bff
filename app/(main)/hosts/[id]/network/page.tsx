import { listPairs } from '@/lib/inventory/list-pairs'
import { factOf } from '@/lib/inventory/stored-facts'
import { CertificatesTable } from '../certificates-table'
import { FoundSection } from '../found-section'
import { HostFrame } from '../host-frame'
import { hostOf } from '../host-of'
import { InterfacesTable, OwnerSentence, RoutesTable } from '../network-tables'
import { NothingRead } from '../nothing-read'
import { PairsOfHost } from '../pairs-of-host'

export const metadata = { title: 'Network of a host' }

/** Interfaces, routes, who sets them at boot, and the certificates that services show. */
export default async function NetworkPage({ params }: { params: Promise<{ id: string }> }) {
  const of = await hostOf((await params).id)
  const { facts } = of.host
  const pairs = await listPairs(of.ctx, [of.host.id])
  return (
    <HostFrame of={of} tab="network">
      <PairsOfHost of={of} pairs={pairs} />
      {facts ? (
        <div className="grid gap-8">
          <FoundSection title="Interfaces" found={factOf(facts, 'addresses')} ruled={false}>
            {(value) => <InterfacesTable interfaces={value} />}
          </FoundSection>
          <FoundSection title="Who sets the addresses" found={factOf(facts, 'networkOwner')}>
            {(value) => (
              <p className="py-2">
                <OwnerSentence owner={value} />
              </p>
            )}
          </FoundSection>
          <FoundSection
            title="Routes"
            found={factOf(facts, 'routes')}
            ruled={false}
            note={(value) => (value.truncated ? 'the first of a long table' : null)}
          >
            {(value) => <RoutesTable routes={value.routes} />}
          </FoundSection>
          <FoundSection title="Certificates" found={factOf(facts, 'certificates')} ruled={false}>
            {(value) => <CertificatesTable certificates={value.certificates} now={Date.now()} />}
          </FoundSection>
        </div>
      ) : (
        <NothingRead of={of} />
      )}
    </HostFrame>
  )
}
