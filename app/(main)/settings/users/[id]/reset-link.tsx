'use client'

import { useState, useTransition } from 'react'
import { FormProblem } from '@/app/(main)/hosts/form-problem'
import { SubmitButton } from '@/components/base/submit-button'
import { makeResetLinkAction } from '../actions'
import { LinkOnce, type ShownLink } from '../link-once'

/** Makes a link by which the user chooses a new password. */
export function ResetLink({ userId, name }: { userId: string; name: string }) {
  const [isPending, start] = useTransition()
  const [link, setLink] = useState<ShownLink | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const make = () =>
    start(async () => {
      const answer = await makeResetLinkAction({ userId })
      setLink(answer.ok ? answer.data : null)
      setProblem(answer.ok ? null : answer.error.message)
    })
  return (
    <form action={make} aria-label={`New password for ${name}`}>
      <p className="mb-3 max-w-text text-text-2">
        A link by which {name} chooses a new password. The old one holds until then; every session and API token ends
        with it.
      </p>
      <FormProblem>{problem}</FormProblem>
      <SubmitButton pending={isPending} pendingText="Making the link">
        Make reset link
      </SubmitButton>
      {link ? (
        <div className="mt-4">
          <LinkOnce title={`The reset link for ${name}`} page="reset" link={link} />
        </div>
      ) : null}
    </form>
  )
}
