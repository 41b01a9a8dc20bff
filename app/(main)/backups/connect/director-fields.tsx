'use client'

import { type FormPart, type HostChoice, hostOptions } from '@/app/(main)/hosts/field-props'
import { SelectField } from '@/components/form/select-field'
import { TextField } from '@/components/form/text-field'
import { ZoneField } from './zone-field'

/** The director of a catalog: its zone, where its console runs, and what Pollux calls the catalog. */
export function DirectorFields({
  form,
  hosts,
  zones,
  source,
}: {
  form: FormPart<'zone' | 'directorHostId' | 'consoleConfig' | 'name'>
  hosts: readonly HostChoice[]
  zones: readonly string[]
  /** Where the zone was read, in a sentence; null where a person says it. */
  source: string | null
}) {
  return (
    <>
      <ZoneField form={form} zones={zones} source={source} />
      <SelectField
        label="Host of the director"
        optional
        help="Where bconsole runs: for jobs that run now, and for starting one."
        {...form.field('directorHostId')}
        options={hostOptions(hosts, 'Not in the inventory')}
      />
      {form.values.directorHostId ? (
        <TextField
          label="Configuration of bconsole"
          optional
          mono
          wide
          help="The file that bconsole is given; a console that may only do what is needed is best."
          {...form.field('consoleConfig')}
        />
      ) : null}
      <TextField label="Name" help="How Pollux calls this catalog everywhere." {...form.field('name')} />
    </>
  )
}
