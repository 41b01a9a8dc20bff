import { ButtonLink } from '@/components/base/button'
import { SubmitButton } from '@/components/base/submit-button'
import { EmptyState } from '@/components/show/empty-state'
import type { HostOfPage } from './host-of'
import { Notes } from './notes'
import { readAgain } from './read-again'

/** A host's overview before its first reading: what it will show, and the one thing to do. */
export function NothingRead({ of: { host, mayRead, mayEdit } }: { of: HostOfPage }) {
  const needsKey = host.keyState === 'none' && mayEdit
  const read = (
    <form action={readAgain.bind(null, host.id)}>
      <SubmitButton kind="primary" pendingText="Reading">
        Read {host.name}
      </SubmitButton>
    </form>
  )
  const compare = (
    <ButtonLink kind="primary" href={`/hosts/${host.id}/first-contact`}>
      Compare its key
    </ButtonLink>
  )
  return (
    <>
      <Notes text={host.notes} />
      <EmptyState
        title="Not read yet"
        actions={needsKey ? compare : mayRead && host.keyState === 'confirmed' ? read : null}
      >
        Pollux reads system, storage, services, network, certificates and updates in one round trip and writes nothing
        on the host.
      </EmptyState>
    </>
  )
}
