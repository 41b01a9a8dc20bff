import { TypeToConfirm } from '@/components/overlay/type-to-confirm'
import { removeNamedUser } from './remove-named-user'

/** Removes the user after the name was typed. */
export function RemoveUser({ userId, name }: { userId: string; name: string }) {
  return (
    <TypeToConfirm
      trigger={`Remove ${name}`}
      title={`Remove ${name} from Pollux?`}
      name={name}
      confirm={`Remove ${name}`}
      keep={`Keep ${name}`}
      hidden={{ userId }}
      action={removeNamedUser}
    >
      Sessions, drafts and open links of {name} go at once. Changes and the record keep the name.
    </TypeToConfirm>
  )
}
