'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState, useTransition } from 'react'
import { SubmitButton } from '@/components/base/submit-button'
import type { HostDetail } from '@/lib/inventory/get-host'
import { editHostAction } from '../../actions'
import type { HostChoice } from '../../field-props'
import { FormProblem } from '../../form-problem'
import { WhatFields } from '../../host-fields'
import { asKind, splitTags } from '../../new/new-host-values'
import { useDraftForm } from '../../use-draft-form'

export type DescribedHost = Pick<HostDetail, 'id' | 'name' | 'kind' | 'hypervisor' | 'tags' | 'notes' | 'version'>

/** Name, kind, tags and notes. */
export function DescriptionForm({ host, hosts }: { host: DescribedHost; hosts: readonly HostChoice[] }) {
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  const [initial] = useState(() => ({
    name: host.name,
    kind: host.kind as string,
    hypervisorId: host.hypervisor?.id ?? '',
    tags: host.tags.join(', '),
    notes: host.notes,
  }))
  const form = useDraftForm({ key: `describe-${host.id}-${host.version}`, initial })
  const send = async () => {
    const { name, notes, tags, kind, hypervisorId } = form.values
    const wish = {
      name,
      notes,
      tags: splitTags(tags),
      kind: asKind(kind),
      hypervisorId: kind === 'vm' ? hypervisorId || null : null,
    }
    const answer = await editHostAction({ hostId: host.id, version: host.version, ...wish })
    if (!answer.ok) return form.refuse(answer.error)
    form.done()
    router.push(`/hosts/${host.id}`)
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    startTransition(send)
  }
  return (
    <form onSubmit={onSubmit} noValidate aria-label="What it is">
      <WhatFields form={form} hosts={hosts} />
      <FormProblem>{form.problem}</FormProblem>
      <SubmitButton pending={isPending} pendingText="Saving">
        Save name, tags and notes
      </SubmitButton>
    </form>
  )
}
