import { asKind, asPrivilege } from '../new/new-host-values'

interface SharedValues {
  kind: string
  login: string
  privilege: string
  sudoPassword: string
  jumpHostId: string
  sshProfile: string
}

/** What all hosts of a list share, as the server takes it. */
export function sharedInput(values: SharedValues, credentialId: string) {
  return {
    kind: asKind(values.kind),
    login: values.login,
    privilege: asPrivilege(values.privilege),
    sudoPassword: values.sudoPassword === '' ? undefined : values.sudoPassword,
    jumpHostId: values.jumpHostId || null,
    sshProfile: values.sshProfile === 'legacy' ? ('legacy' as const) : ('modern' as const),
    credentialId,
  }
}

export type SharedInput = ReturnType<typeof sharedInput>
