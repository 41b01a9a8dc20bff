'use client'

import type { FormPart } from '@/app/(main)/hosts/field-props'
import { RadioCards } from '@/components/form/radio-cards'
import { SelectField } from '@/components/form/select-field'
import { TextField } from '@/components/form/text-field'
import type { ConnectValues } from './connect-values'

type Form = FormPart<keyof ConnectValues>

const dialects = [
  { value: 'mysql', label: 'MySQL or MariaDB' },
  { value: 'postgresql', label: 'PostgreSQL' },
]

/** Where the database of a catalog is. `hostName` is the host it is reached through. */
export function PlaceFields({ form, hostName }: { form: Form; hostName: string | null }) {
  const { values, field } = form
  const isFile = values.way === 'file' || values.way === 'host-file'
  return (
    <>
      {hostName !== null ? (
        <RadioCards
          label="How Pollux asks"
          {...field('way')}
          cards={[
            {
              value: 'tunnel',
              label: 'Through the SSH connection',
              help: `A stream that starts on ${hostName}. The port of the database is never opened to others.`,
            },
            {
              value: 'client',
              label: `By the database’s own client on ${hostName}`,
              help: 'For servers that are too old or too new for the driver, and where sshd forwards nothing.',
            },
            {
              value: 'host-file',
              label: 'An SQLite file',
              help: `By sqlite3 on ${hostName}, opened for reading only.`,
            },
          ]}
        />
      ) : null}
      {isFile ? (
        <TextField
          label="Path of the file"
          mono
          wide
          help={
            hostName === null
              ? 'On the machine that Pollux runs on. It is opened so that nothing can be written.'
              : `On ${hostName}, such as /var/lib/bacula/bacula.db.`
          }
          {...field('path')}
        />
      ) : (
        <>
          <SelectField label="Kind of database" {...field('dialect')} options={dialects} />
          <TextField
            label="Address"
            mono
            help={hostName === null ? 'An IP address or a name, as this machine sees it.' : `As ${hostName} sees it.`}
            {...field('address')}
          />
          <TextField label="Port" mono inputMode="numeric" {...field('port')} />
          <TextField label="Database" mono {...field('database')} />
        </>
      )}
    </>
  )
}
