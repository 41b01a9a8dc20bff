'use client'

import { Button } from '@/components/base/button'
import { usePlanning } from '../use-planning'

/** Hosts that were prepared and are in no mesh: what the preparation brought can go again. */
export function CleanPart({ hosts, back }: { hosts: readonly { id: string; name: string }[]; back: string }) {
  const { plan, answer, isPlanning } = usePlanning(
    'ipsec',
    hosts.map(({ id }) => id),
    back,
  )
  if (hosts.length === 0) return null
  return (
    <details className="opened mt-6">
      <summary>Clean up instead</summary>
      <p className="mb-3 max-w-text text-text-2">
        {hosts.map(({ name }) => name).join(', ')} {hosts.length === 1 ? 'was' : 'were'} prepared and{' '}
        {hosts.length === 1 ? 'is' : 'are'} in no mesh. Cleaning up destroys the host’s key, which cannot be taken back,
        and stops strongSwan where nothing else is configured.
      </p>
      <Button disabled={isPlanning} aria-busy={isPlanning} onClick={() => plan({ kind: 'clean' })}>
        {isPlanning ? 'Reading and planning' : `Clean up ${hosts.length} ${hosts.length === 1 ? 'host' : 'hosts'}`}
      </Button>
      {answer}
    </details>
  )
}
