'use client'

import { useState } from 'react'
import { createCredentialAction } from '../actions'
import type { Refusal } from '../use-draft-form'
import type { CredentialChoice } from './credential-fields'
import { atCredentialFields, type CredentialValues, credentialInput } from './credential-values'

interface CredentialForm {
  values: CredentialValues
  refuse: (refusal: Refusal) => void
  setMany: (some: Partial<CredentialValues>) => void
}

/**
 * The credential of a form: the picked one, or one made when the form is sent. One that was made stays, also when the
 * rest of the form is refused: the form then picks it.
 */
export function useCredential(form: CredentialForm, credentials: readonly CredentialChoice[]) {
  const [made, setMade] = useState<readonly CredentialChoice[]>([])
  /** The id, or null after the form was told what is wrong. */
  const credentialOf = async (): Promise<string | null> => {
    if (form.values.credentialMode === 'pick') return form.values.credentialId
    const created = await createCredentialAction(credentialInput(form.values))
    if (!created.ok) {
      form.refuse({ message: created.error.message, fields: atCredentialFields(created.error.fields) })
      return null
    }
    const { id, name } = created.data
    setMade((before) => [...before, { id, name, what: 'made just now' }])
    form.setMany({ credentialMode: 'pick', credentialId: id, privateKey: '', passphrase: '', password: '' })
    return id
  }
  return { credentialOf, choices: [...credentials, ...made] }
}
