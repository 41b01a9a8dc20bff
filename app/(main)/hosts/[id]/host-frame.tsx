import type { ReactNode } from 'react'
import { ButtonLink } from '@/components/base/button'
import { RelativeTime } from '@/components/base/relative-time'
import { SubmitButton } from '@/components/base/submit-button'
import { Tabs } from '@/components/base/tabs'
import { Tag } from '@/components/base/tag'
import { KeysBar } from '@/components/frame/keys-bar'
import { PageHead } from '@/components/frame/page-head'
import { withPort } from '@/lib/inventory/host-address'
import { kindWords } from '../words'
import { HostKeys } from './host-keys'
import { HostNotes } from './host-notes'
import type { HostOfPage } from './host-of'
import { HostSentence } from './host-sentence'
import { readAgain } from './read-again'
import { hostTabs } from './tabs-of-host'

/** What all tabs of a host share: its head, what needs somebody, the tabs, the keys. `tab` is the open one's part of the path. */
export function HostFrame({ of, tab, children }: { of: HostOfPage; tab: string; children: ReactNode }) {
  const { host, mayRead } = of
  const tabs = hostTabs(host)
  const current = tab === '' ? `/hosts/${host.id}` : `/hosts/${host.id}/${tab}`
  return (
    <>
      <PageHead
        crumbs={[{ label: 'Hosts', href: '/hosts' }, { label: host.name }]}
        marks={
          <>
            <Tag>{kindWords[host.kind]}</Tag>
            {host.tags.map((tag) => (
              <span key={tag} className="max-m:hidden">
                <Tag>{tag}</Tag>
              </span>
            ))}
          </>
        }
        age={<Age of={of} />}
        title={host.name}
        actions={
          mayRead && host.keyState === 'confirmed' ? (
            <ButtonLink href={`/wizards?host=${host.id}`}>Start a wizard</ButtonLink>
          ) : null
        }
      >
        {host.port === 22 ? host.address : withPort(host.address, host.port)}
        {host.jumpHost ? `, through ${host.jumpHost.name}` : ''}
        {host.hypervisor ? `, guest of ${host.hypervisor.name}` : ''}. <HostSentence host={host} />
      </PageHead>
      <Tabs label="Host" tabs={tabs} current={current} />
      <HostNotes of={of} />
      {children}
      <HostKeys tabs={tabs.map((one) => one.href)} readFormId={readFormId} />
      <KeysBar
        keys={[
          ...(mayRead ? [{ keys: ['R'], does: 'read again' }] : []),
          { keys: ['1', String(tabs.length)], does: 'tabs' },
          { keys: ['G', 'H'], does: 'hosts' },
        ]}
      />
    </>
  )
}

const readFormId = 'read-again'

function Age({ of: { host, mayRead } }: { of: HostOfPage }) {
  const reading = host.lastReading
  return (
    <>
      {reading ? (
        <span className="max-m:hidden">
          Read <RelativeTime at={reading.takenAt.getTime()} /> in{' '}
          {reading.roundTrips === 1 ? 'one round trip' : `${reading.roundTrips} round trips`},{' '}
          {(reading.durationMs / 1000).toFixed(1)} s
        </span>
      ) : null}
      {mayRead && host.keyState === 'confirmed' ? (
        <form id={readFormId} action={readAgain.bind(null, host.id)}>
          <SubmitButton sm kind="quiet" pendingText="Reading">
            {reading ? 'Read again' : 'Read now'}
          </SubmitButton>
        </form>
      ) : null}
    </>
  )
}
