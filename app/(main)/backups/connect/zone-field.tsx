'use client'

import { useId } from 'react'
import type { FormPart } from '@/app/(main)/hosts/field-props'
import { TextField } from '@/components/form/text-field'

/** In which zone the director writes its times. `source` is a sentence that says where it was read. */
export function ZoneField({
  form,
  zones,
  source,
}: {
  form: FormPart<'zone'>
  zones: readonly string[]
  source: string | null
}) {
  const id = useId()
  return (
    <>
      <TextField
        label="Time zone of the director"
        list={id}
        help={
          source
            ? `${source} The catalog stores local times.`
            : 'The catalog stores local times and does not say of which zone. One is Europe/Paris.'
        }
        {...form.field('zone')}
      />
      <datalist id={id}>
        {zones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  )
}
