import { TypeToConfirm } from '@/components/overlay/type-to-confirm'
import type { HostDetail } from '@/lib/inventory/get-host'
import { nameList } from '@/lib/inventory/name-list'
import { removeNamedHost } from './remove-named-host'

/** Takes the host out of the inventory after its name was typed; says before what goes and what stays. */
export function RemoveHost({ host, pairs }: { host: HostDetail; pairs: readonly string[] }) {
  const { name, changeCount, guests } = host
  return (
    <TypeToConfirm
      trigger={`Remove ${name}`}
      title={`Remove ${name} from Pollux?`}
      name={name}
      confirm={`Remove ${name}`}
      hidden={{ hostId: host.id }}
      action={removeNamedHost}
    >
      {changeCount > 0
        ? `Its ${changeCount === 1 ? 'change stays' : `${changeCount} changes stay`} in the record, their Revert goes. `
        : ''}
      {guests.length > 0
        ? `${nameList(guests.map((guest) => guest.name))} ${guests.length === 1 ? 'loses' : 'lose'} the hypervisor. `
        : ''}
      {pairs.length > 0
        ? `The ${pairs.length === 1 ? 'pair' : 'pairs'} of ${nameList(pairs)} ${pairs.length === 1 ? 'goes' : 'go'} with it. `
        : ''}
      Its confirmed keys and its readings go. Nothing is touched on {name}.
    </TypeToConfirm>
  )
}
