'use client'

import type { FormPart } from '@/app/(main)/hosts/field-props'
import { RadioCards } from '@/components/form/radio-cards'
import { SelectField } from '@/components/form/select-field'
import { TextField } from '@/components/form/text-field'
import { type ConnectValues, withDialect } from './connect-values'
import { EncryptionFields } from './encryption-fields'

type Form = FormPart<keyof ConnectValues> & { setMany: (some: Partial<ConnectValues>) => void }

const dialects = [
  { value: 'mysql', label: 'MySQL or MariaDB' },
  { value: 'postgresql', label: 'PostgreSQL' },
]

/** Where the database of a catalog is. `hostName` is the host it is reached through; `dialect` what is known of the database. */
export function PlaceFields({
  form,
  hostName,
  dialect,
}: {
  form: Form
  hostName: string | null
  dialect: 'mysql' | 'postgresql' | 'sqlite' | null
}) {
  const { values, field } = form
  const isFile = values.way === 'file' || values.way === 'host-file'
  const ways =
    hostName === null ? [] : waysTo(hostName).filter((way) => dialect === null || way.isFile === (dialect === 'sqlite'))
  return (
    <>
      {ways.length > 1 ? <RadioCards label="How Pollux asks" {...field('way')} cards={ways} /> : null}
      {isFile ? (
        <TextField
          label="Path of the file"
          mono
          wide
          help={
            hostName === null
              ? 'On the machine that Pollux runs on. It is opened so that nothing can be written.'
              : `On ${hostName}, where its sqlite3 opens it for reading only.`
          }
          {...field('path')}
        />
      ) : (
        <>
          <SelectField
            label="Kind of database"
            {...field('dialect')}
            onChange={(event) => form.setMany(withDialect(values, event.target.value))}
            options={dialects}
          />
          <TextField
            label="Address"
            mono
            help={hostName === null ? 'An IP address or a name, as this machine sees it.' : `As ${hostName} sees it.`}
            {...field('address')}
          />
          <TextField label="Port" mono inputMode="numeric" {...field('port')} />
          <TextField label="Database" mono {...field('database')} />
          {values.way === 'direct' ? <EncryptionFields form={form} /> : null}
        </>
      )}
    </>
  )
}

function waysTo(hostName: string) {
  return [
    {
      value: 'tunnel',
      label: 'Through the SSH connection',
      help: `A stream that starts on ${hostName}. The port of the database is never opened to others.`,
      isFile: false,
    },
    {
      value: 'client',
      label: `By the database’s own client on ${hostName}`,
      help: 'For servers that are too old or too new for the driver, and where sshd forwards nothing.',
      isFile: false,
    },
    {
      value: 'host-file',
      label: 'An SQLite file',
      help: `By sqlite3 on ${hostName}, opened for reading only.`,
      isFile: true,
    },
  ]
}
