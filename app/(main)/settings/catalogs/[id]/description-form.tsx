'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState, useTransition } from 'react'
import { atFields, connectChecks, descriptionInput } from '@/app/(main)/backups/connect/connect-values'
import { DirectorFields } from '@/app/(main)/backups/connect/director-fields'
import type { HostChoice } from '@/app/(main)/hosts/field-props'
import { FormProblem } from '@/app/(main)/hosts/form-problem'
import { useDraftForm } from '@/app/(main)/hosts/use-draft-form'
import { SubmitButton } from '@/components/base/submit-button'
import { editCatalogAction } from '../actions'

/** What a catalog is called, its director's zone and host. Saved without asking the catalog. */
export function DescriptionForm({
  catalog,
  hosts,
  zones,
}: {
  catalog: {
    id: string
    name: string
    zone: string
    zoneSource: string
    consoleConfig: string | null
    directorHost: { id: string } | null
    version: number
  }
  hosts: readonly HostChoice[]
  zones: readonly string[]
}) {
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  const [initial] = useState({
    name: catalog.name,
    zone: catalog.zone,
    directorHostId: catalog.directorHost?.id ?? '',
    consoleConfig: catalog.consoleConfig ?? '',
  })
  const form = useDraftForm({ key: `catalog-${catalog.id}`, initial, checks: { zone: connectChecks.zone } })
  const send = async () => {
    const input = { catalogId: catalog.id, version: catalog.version, ...descriptionInput(form.values) }
    const answer = await editCatalogAction(input)
    if (!answer.ok) return form.refuse({ ...answer.error, fields: atFields(answer.error.fields) })
    form.done()
    router.refresh()
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    startTransition(send)
  }
  const isRead = catalog.zoneSource === 'host' && form.values.zone === catalog.zone
  return (
    <form onSubmit={onSubmit} noValidate aria-label="Name, zone and director">
      <DirectorFields
        form={form}
        hosts={hosts}
        zones={zones}
        source={isRead ? 'Read on the host when the catalog was connected.' : null}
      />
      <FormProblem>{form.problem}</FormProblem>
      <SubmitButton pending={isPending} pendingText="Saving">
        Save name, zone and director
      </SubmitButton>
    </form>
  )
}
