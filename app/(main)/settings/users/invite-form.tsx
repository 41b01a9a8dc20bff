'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState, useTransition } from 'react'
import { FormProblem } from '@/app/(main)/hosts/form-problem'
import { splitTags } from '@/app/(main)/hosts/new/new-host-values'
import { useDraftForm } from '@/app/(main)/hosts/use-draft-form'
import { SubmitButton } from '@/components/base/submit-button'
import { SelectField } from '@/components/form/select-field'
import { TextField } from '@/components/form/text-field'
import { inviteUserAction } from './actions'
import { LinkOnce, type ShownLink } from './link-once'
import { hostTagsHelp, roleCards, roleOf } from './role-words'

const empty = { email: '', role: 'viewer', tags: '' }

/** Invites somebody by address; the link is shown once, below. */
export function InviteForm() {
  const router = useRouter()
  const [isPending, start] = useTransition()
  const [made, setMade] = useState<(ShownLink & { email: string }) | null>(null)
  const form = useDraftForm({ key: 'invite-user', initial: empty })
  const send = async () => {
    const email = form.values.email.trim()
    const answer = await inviteUserAction({ email, role: roleOf(form.values.role), tags: splitTags(form.values.tags) })
    if (!answer.ok) return form.refuse(answer.error)
    form.clear()
    setMade({ ...answer.data, email })
    router.refresh()
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    start(send)
  }
  const role = roleCards.find((card) => card.value === form.values.role)
  return (
    <form onSubmit={onSubmit} noValidate aria-label="Invite a user">
      <TextField label="E-mail" type="email" {...form.field('email')} />
      <SelectField
        label="Role"
        help={role?.help}
        options={roleCards.map(({ value, label }) => ({ value, label }))}
        {...form.field('role')}
      />
      {form.values.role === 'operator' ? (
        <TextField label="Tags of the hosts" optional help={hostTagsHelp} {...form.field('tags')} />
      ) : null}
      <FormProblem>{form.problem}</FormProblem>
      <SubmitButton kind="primary" pending={isPending} pendingText="Making the link">
        Invite user
      </SubmitButton>
      {made ? (
        <div className="mt-4">
          <LinkOnce title={`The invitation for ${made.email}`} page="invite" link={made} />
        </div>
      ) : null}
    </form>
  )
}
