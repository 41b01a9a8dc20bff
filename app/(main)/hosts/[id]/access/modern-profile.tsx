'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { SubmitButton } from '@/components/base/submit-button'
import { setSshProfileAction } from '../../actions'
import { FormProblem } from '../../form-problem'

/** The way back from the legacy profile, for a host that was updated. */
export function ModernProfile({ host }: { host: { id: string; version: number } }) {
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  const [problem, setProblem] = useState<string | null>(null)
  const take = () =>
    startTransition(async () => {
      const answer = await setSshProfileAction({ hostId: host.id, version: host.version, sshProfile: 'modern' })
      if (answer.ok) router.push(`/hosts/${host.id}/first-contact`)
      else setProblem(answer.error.message)
    })
  return (
    <div className="mt-4 max-w-text">
      <p className="mb-2 text-12 text-text-3">
        The legacy profile lets weak algorithms through. Its key is confirmed again after a change of the profile.
      </p>
      <FormProblem>{problem}</FormProblem>
      <form action={take}>
        <SubmitButton pending={isPending}>Use the modern profile again</SubmitButton>
      </form>
    </div>
  )
}
