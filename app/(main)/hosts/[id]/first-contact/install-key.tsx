import { CopyLine } from '../../copy-line'

export interface ShownCredential {
  name: string
  kind: string
  publicLine: string | null
  installCommand: string | null
}

/** What the host must hold for the login to work. A password needs nothing there. */
export function InstallKey({
  login,
  name,
  credential,
}: {
  login: string
  name: string
  credential: ShownCredential | null
}) {
  if (!credential) return <p className="mb-6">{name} has no credential. Choose one on its Access page.</p>
  if (!credential.publicLine || !credential.installCommand)
    return (
      <p className="mb-6">
        Pollux logs in as <b>{login}</b> with {credential.name}.
      </p>
    )
  return (
    <div className="mb-6 max-w-text">
      <p className="mb-2">
        Pollux logs in as <b>{login}</b> with the key {credential.name}. If {name} does not have it yet, run this there
        as {login}:
      </p>
      <CopyLine text={credential.installCommand} label="the command" />
      <details className="mt-2">
        <summary className="text-12 text-text-3">The public line alone</summary>
        <CopyLine text={credential.publicLine} label="the public line" />
      </details>
    </div>
  )
}
