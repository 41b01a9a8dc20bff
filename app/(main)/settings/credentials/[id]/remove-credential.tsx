import { TypeToConfirm } from '@/components/overlay/type-to-confirm'
import type { CredentialRow } from '@/lib/inventory/list-credentials'
import { nameList } from '@/lib/inventory/name-list'
import { removeNamedCredential } from './remove-named-credential'

/** Removes a credential after its name was typed; while hosts use it, says which instead of a button that fails. */
export function RemoveCredential({ credential }: { credential: CredentialRow }) {
  const { id, name, kind, hosts } = credential
  if (hosts.length > 0)
    return (
      <p className="max-w-text text-text-2">
        {nameList(hosts.map((host) => host.name))} {hosts.length === 1 ? 'logs' : 'log'} in with it. Give{' '}
        {hosts.length === 1 ? 'it' : 'them'} another credential first.
      </p>
    )
  return (
    <TypeToConfirm
      trigger={`Remove ${name}`}
      title={`Remove ${name}?`}
      name={name}
      confirm={`Remove ${name}`}
      hidden={{ credentialId: id, name }}
      action={removeNamedCredential}
    >
      {kind === 'key'
        ? 'Its private half is gone for good. The public line stays on the hosts where you put it.'
        : 'The sealed password is gone for good.'}
    </TypeToConfirm>
  )
}
