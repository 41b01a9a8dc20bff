/** The part of a form that says how Pollux logs in: with a credential that is there, or one that is made. */
export const credentialFields = {
  credentialMode: 'generate',
  credentialId: '',
  credentialName: '',
  algorithm: 'ed25519',
  privateKey: '',
  passphrase: '',
  password: '',
}

export type CredentialValues = Readonly<typeof credentialFields>

/** Never kept outside the page. */
export const secretFields = ['privateKey', 'passphrase', 'password', 'sudoPassword'] as const

/** What of the form makes a credential. */
export function credentialInput(values: CredentialValues) {
  const name = values.credentialName
  switch (values.credentialMode) {
    case 'paste':
      return { kind: 'paste' as const, name, privateKey: values.privateKey, passphrase: values.passphrase }
    case 'password':
      return { kind: 'password' as const, name, password: values.password }
    default:
      return { kind: 'generate' as const, name, algorithm: asAlgorithm(values.algorithm) }
  }
}

/** A server's sentences about a credential, at the fields of this form. */
export function atCredentialFields(fields: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, text]) => [name === 'name' ? 'credentialName' : name, text]),
  )
}

function asAlgorithm(text: string): 'ed25519' | 'rsa-3072' {
  return text === 'rsa-3072' ? 'rsa-3072' : 'ed25519'
}
