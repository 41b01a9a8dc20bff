'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { HostText } from '@/components/base/host-text'
import { SubmitButton } from '@/components/base/submit-button'
import { Note } from '@/components/show/finding'
import type { MissingAlgorithms } from '@/lib/ssh/types'
import { setSshProfileAction } from './actions'
import { FormProblem } from './form-problem'

/** The way out when a host speaks only old SSH: a profile with weak algorithms, for this host, taken by a person. */
export function LegacySuggestion({
  host,
  missing = [],
  mayEdit,
}: {
  host: { id: string; name: string; version: number }
  missing?: readonly MissingAlgorithms[]
  mayEdit: boolean
}) {
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  const [problem, setProblem] = useState<string | null>(null)
  const take = () =>
    startTransition(async () => {
      const answer = await setSshProfileAction({ hostId: host.id, version: host.version, sshProfile: 'legacy' })
      if (!answer.ok) return setProblem(answer.error.message)
      router.push(`/hosts/${host.id}/first-contact`)
      router.refresh()
    })
  return (
    <Note status="warn" title={`${host.name} speaks only old SSH`} live>
      <p>
        The legacy profile speaks it too, with SHA-1 and CBC: whoever sits on the way and has means can break such a
        connection. It is for hosts that can’t be updated, on a network that you trust. Its key is confirmed again
        after.
      </p>
      {missing.map(({ kind, offered }) => (
        <p key={kind} className="mt-1">
          Its {kind}: <HostText text={offered.join(', ')} max={400} />
        </p>
      ))}
      <FormProblem>{problem}</FormProblem>
      {mayEdit ? (
        <form action={take} className="mt-2">
          <SubmitButton pending={isPending} pendingText="Taking the legacy profile">
            Use the legacy profile for {host.name}
          </SubmitButton>
        </form>
      ) : (
        <p className="mt-1">An admin can take it for this host.</p>
      )}
    </Note>
  )
}
