import type { ReactNode } from 'react'
import { HostText } from '@/components/base/host-text'
import { LinkText } from '@/components/base/link-text'
import { RelativeTime } from '@/components/base/relative-time'
import { Note } from '@/components/show/finding'
import { reachWords } from '@/lib/inventory/reach'
import { LegacySuggestion } from '../legacy-suggestion'
import { ChangedKey } from './changed-key'
import type { HostOfPage } from './host-of'
import { LookAtKeys } from './look-at-keys'

/** What stands above every tab when Pollux cannot use the host: why, and what to do. */
export function HostNotes({ of }: { of: HostOfPage }) {
  return (
    <>
      {of.notYours ? (
        <Wrapped>
          <NotYours>{of.notYours}</NotYours>
        </Wrapped>
      ) : null}
      <Reach of={of} />
    </>
  )
}

/** Why an operator sees a host or a change, and can do nothing about it. */
export function NotYours({ children }: { children: string }) {
  return (
    <Note status="info" title="You can look, and not touch">
      {children}
    </Note>
  )
}

function Reach({ of }: { of: HostOfPage }) {
  const { host, mayEdit } = of
  if (host.keyState === 'changed') return <ChangedKey host={host} mayEdit={mayEdit} />
  if (host.reach === 'legacy-only' && host.sshProfile === 'modern')
    return (
      <Wrapped>
        <LegacySuggestion host={host} mayEdit={mayEdit} />
      </Wrapped>
    )
  if (host.keyState === 'none')
    return (
      <Wrapped>
        <Note status="ask" title={`Nobody has confirmed the key of ${host.name} yet`}>
          Pollux does not log in before.{' '}
          {mayEdit ? (
            <LinkText href={`/hosts/${host.id}/first-contact`}>Compare its key</LinkText>
          ) : (
            'An admin compares it.'
          )}
        </Note>
      </Wrapped>
    )
  if (host.reach === 'ok' || host.reach === 'unread') return null
  return (
    <Wrapped>
      <Note status="bad" title={`${host.name} can’t be used: ${reachWords[host.reach].toLowerCase()}`}>
        <HostText text={host.reachDetail ?? ''} max={800} />{' '}
        {host.reachAt ? (
          <>
            Tried <RelativeTime at={host.reachAt.getTime()} />.{' '}
          </>
        ) : null}
        {host.factsAt ? (
          <>
            Shown is what was read <RelativeTime at={host.factsAt.getTime()} />.{' '}
          </>
        ) : null}
        <LinkText href={`/hosts/${host.id}/access`}>Test the connection</LinkText>
        {host.reach === 'host-key' && mayEdit ? <LookAtKeys hostId={host.id} /> : null}
      </Note>
    </Wrapped>
  )
}

function Wrapped({ children }: { children: ReactNode }) {
  return <div className="mb-5">{children}</div>
}
