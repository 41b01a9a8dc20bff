'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState, useTransition } from 'react'
import { FormProblem } from '@/app/(main)/hosts/form-problem'
import { SubmitButton } from '@/components/base/submit-button'
import { RadioCards } from '@/components/form/radio-cards'
import { showToast } from '@/components/overlay/toast'
import type { Role } from '@/lib/auth/actor'
import { changeRoleAction } from '../actions'
import { roleCards, roleOf } from '../role-words'

/** Gives the user another role; he signs in again as what he is then. */
export function RoleForm({ userId, name, role }: { userId: string; name: string; role: Role }) {
  const router = useRouter()
  const [isPending, start] = useTransition()
  const [problem, setProblem] = useState<string | null>(null)
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const chosen = roleOf(String(new FormData(event.currentTarget).get('role') ?? ''))
    start(async () => {
      const answer = await changeRoleAction({ userId, role: chosen })
      setProblem(answer.ok ? null : answer.error.message)
      if (answer.ok) showToast({ status: 'ok', text: `${name} is ${chosen} from now on, and signs in again` })
      router.refresh()
    })
  }
  return (
    <form onSubmit={onSubmit} aria-label={`Role of ${name}`}>
      <RadioCards label="Role" name="role" cards={roleCards} defaultValue={role} />
      <FormProblem>{problem}</FormProblem>
      <SubmitButton pending={isPending} pendingText="Changing">
        Change role
      </SubmitButton>
    </form>
  )
}
