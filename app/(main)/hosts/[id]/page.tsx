import { LinkText } from '@/components/base/link-text'
import { SectionHead } from '@/components/frame/page-head'
import { listHostBackups } from '@/lib/catalog/keep/host-backups'
import { listDrift } from '@/lib/changes/list-drift'
import { hostHistory } from '@/lib/inventory/host-history'
import { listHostChanges } from '@/lib/inventory/list-host-changes'
import { listPairs } from '@/lib/inventory/list-pairs'
import { factOf } from '@/lib/inventory/stored-facts'
import { BackupsOfHost } from './backups-of-host'
import { CertificatesTable } from './certificates-table'
import { ChangeLines } from './change-lines'
import { DriftSection } from './drift-section'
import { FactsOfHost } from './facts-of-host'
import { FoundSection } from './found-section'
import { HistoryLines } from './history-lines'
import { HostFrame } from './host-frame'
import { hostOf } from './host-of'
import { LooksOfHost } from './looks-of-host'
import { MemoryFigures } from './memory-section'
import { InterfacesTable, OwnerSentence } from './network-tables'
import { Notes } from './notes'
import { NothingRead } from './nothing-read'
import { PairsOfHost } from './pairs-of-host'
import { countServices, ServicesTable } from './services-table'
import { StorageTable } from './storage-table'
import { UpdatesSection } from './updates-section'

/** The overview: what the host is, how it is, what was done to it. */
export default async function HostPage({ params }: { params: Promise<{ id: string }> }) {
  const of = await hostOf((await params).id)
  const { ctx, host } = of
  if (!host.facts)
    return (
      <HostFrame of={of} tab="">
        <NothingRead of={of} />
      </HostFrame>
    )
  const { facts } = host
  const [changes, history, drift, pairs, backups] = await Promise.all([
    listHostChanges(ctx, host.id, 5),
    hostHistory(ctx, host.id),
    listDrift(ctx, host.id),
    listPairs(ctx, [host.id]),
    listHostBackups(ctx, host.id),
  ])
  const to = (part: string) => <LinkText href={`/hosts/${host.id}/${part}`}>All</LinkText>
  return (
    <HostFrame of={of} tab="">
      <FactsOfHost host={host} />
      <Notes text={host.notes} />
      <DriftSection ctx={ctx} items={drift} isYours={of.notYours === null} />
      {pairs.length > 0 ? <PairsOfHost of={of} pairs={pairs} /> : null}
      <div className="grid gap-x-10 gap-y-8 l:grid-cols-[minmax(0,1.28fr)_minmax(0,1fr)]">
        <div className="grid min-w-0 content-start gap-8">
          <FoundSection title="Storage" found={factOf(facts, 'fileSystems')} ruled={false} right={to('storage')}>
            {(value) => <StorageTable fileSystems={value.local} isShort />}
          </FoundSection>
          <FoundSection
            title="Services"
            found={factOf(facts, 'services')}
            ruled={false}
            note={countServices}
            right={to('services')}
          >
            {(value) => <ServicesTable of={value} most={8} />}
          </FoundSection>
          <FoundSection title="Network" found={factOf(facts, 'addresses')} ruled={false} right={to('network')}>
            {(value) => (
              <>
                <InterfacesTable interfaces={value} isShort />
                <OwnerLine facts={facts} />
              </>
            )}
          </FoundSection>
          <FoundSection title="Certificates" found={factOf(facts, 'certificates')}>
            {(value) => <CertificatesTable certificates={value.certificates} now={Date.now()} />}
          </FoundSection>
        </div>
        <div className="grid min-w-0 content-start gap-8">
          <section className="min-w-0">
            <SectionHead
              title="Last day"
              note={history.length > 0 ? `${history.length} ${history.length === 1 ? 'reading' : 'readings'}` : null}
            />
            <HistoryLines points={history} />
          </section>
          <FoundSection title="Memory" found={factOf(facts, 'memory')}>
            {(value) => <MemoryFigures memory={value} />}
          </FoundSection>
          <LooksOfHost host={host} />
          <section className="min-w-0">
            <SectionHead
              title="Changes"
              note={host.changeCount || null}
              right={changes.length > 0 ? to('changes') : null}
            />
            {changes.length > 0 ? (
              <ChangeLines changes={changes} />
            ) : (
              <p className="border-t border-line-strong py-2 text-text-2">None so far.</p>
            )}
          </section>
          {backups.length > 0 ? <BackupsOfHost backups={backups} /> : null}
          <UpdatesSection facts={facts} updates={factOf(facts, 'updates')} href={`/hosts/${host.id}/services`} />
        </div>
      </div>
    </HostFrame>
  )
}

function OwnerLine({ facts }: { facts: Parameters<typeof factOf>[0] }) {
  const owner = factOf(facts, 'networkOwner')
  if (owner.state !== 'read') return null
  return (
    <p className="mt-2 text-12 text-text-3">
      <OwnerSentence owner={owner.value} />
    </p>
  )
}
