'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState, useTransition } from 'react'
import { FormProblem } from '@/app/(main)/hosts/form-problem'
import { splitTags } from '@/app/(main)/hosts/new/new-host-values'
import { useDraftForm } from '@/app/(main)/hosts/use-draft-form'
import { SubmitButton } from '@/components/base/submit-button'
import { TextField } from '@/components/form/text-field'
import { showToast } from '@/components/overlay/toast'
import { setHostTagsAction } from '../actions'
import { hostTagsHelp } from '../role-words'

/** Which hosts an operator may touch, from his next request on. */
export function HostTagsForm({ userId, name, tags }: { userId: string; name: string; tags: readonly string[] }) {
  const router = useRouter()
  const [isPending, start] = useTransition()
  const [initial] = useState({ tags: tags.join(', ') })
  const form = useDraftForm({ key: `host-tags-${userId}`, initial })
  const send = async () => {
    const answer = await setHostTagsAction({ userId, tags: splitTags(form.values.tags) })
    if (!answer.ok) return form.refuse(answer.error)
    form.done()
    showToast({ status: 'ok', text: `The hosts of ${name} are set` })
    router.refresh()
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    start(send)
  }
  return (
    <form onSubmit={onSubmit} noValidate aria-label={`Hosts of ${name}`}>
      <TextField label="Tags of the hosts" optional help={hostTagsHelp} {...form.field('tags')} />
      <FormProblem>{form.problem}</FormProblem>
      <SubmitButton pending={isPending} pendingText="Setting">
        Set the hosts
      </SubmitButton>
    </form>
  )
}
