'use client'

import dynamic from 'next/dynamic'
import { useState, useTransition } from 'react'
import type { ScannedList } from '@/lib/inventory/scan-host-list'
import { scanHostListAction } from '../actions'
import type { HostChoice } from '../field-props'
import type { CredentialChoice } from '../new/credential-fields'
import { credentialFields, secretFields } from '../new/credential-values'
import { useCredential } from '../new/use-credential'
import { useDraftForm } from '../use-draft-form'
import { PasteForm } from './paste-form'
import { sharedInput } from './shared-input'

// Comes with the keys: the list is pasted first.
const ConfirmTable = dynamic(() => import('./confirm-table').then((module) => module.ConfirmTable))

export const emptyList = {
  text: '',
  kind: 'server',
  login: 'root',
  privilege: 'root',
  sudoPassword: '',
  jumpHostId: '',
  sshProfile: 'modern',
  ...credentialFields,
}

export type ListForm = ReturnType<typeof useDraftForm<keyof typeof emptyList>>

/** The two steps of adding many: the list with what all of it shares, then the table of keys. */
export function ManyHosts({
  credentials,
  hosts,
}: {
  credentials: readonly CredentialChoice[]
  hosts: readonly HostChoice[]
}) {
  const [isPending, startTransition] = useTransition()
  const [initial] = useState({ ...emptyList, credentialMode: credentials.length > 0 ? 'pick' : 'generate' })
  const form = useDraftForm({ key: 'many-hosts', initial, secret: secretFields })
  const { credentialOf, choices } = useCredential(form, credentials)
  const [scanned, setScanned] = useState<{ list: ScannedList; credentialId: string } | null>(null)

  const scan = () =>
    startTransition(async () => {
      const { text, jumpHostId, sshProfile } = form.values
      const profile = sshProfile === 'legacy' ? 'legacy' : 'modern'
      const credentialId = await credentialOf()
      if (credentialId === null) return
      const answer = await scanHostListAction({ text, jumpHostId: jumpHostId || null, sshProfile: profile })
      if (answer.ok) setScanned({ list: answer.data, credentialId })
      else form.refuse(answer.error)
    })

  if (!scanned) return <PasteForm form={form} hosts={hosts} credentials={choices} isPending={isPending} onSend={scan} />
  return (
    <ConfirmTable
      list={scanned.list}
      shared={sharedInput(form.values, scanned.credentialId)}
      onBack={() => setScanned(null)}
      onAdded={form.done}
    />
  )
}
