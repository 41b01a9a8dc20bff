'use client'

import { RadioCards } from '@/components/form/radio-cards'
import { SelectField } from '@/components/form/select-field'
import { TextareaField, TextField } from '@/components/form/text-field'
import { type FormPart, type HostChoice, hostOptions } from './field-props'

/** The kinds of host, as choices. */
export const hostKinds = [
  { value: 'server', label: 'Server' },
  { value: 'nas', label: 'NAS' },
  { value: 'vm', label: 'VM' },
] as const

/** Where a host is. */
export function WhereFields({
  form,
  hosts,
}: {
  form: FormPart<'address' | 'port' | 'jumpHostId'>
  hosts: readonly HostChoice[]
}) {
  return (
    <>
      <TextField
        label="Address"
        mono
        help="An IP address, or a name that this machine can resolve."
        {...form.field('address')}
      />
      <TextField label="Port of SSH" mono inputMode="numeric" {...form.field('port')} />
      {hosts.length > 0 ? (
        <SelectField
          label="Jump host"
          optional
          help="The host through which this one is reached."
          {...form.field('jumpHostId')}
          options={hostOptions(hosts, 'None, it is reached directly')}
        />
      ) : null}
    </>
  )
}

/** What a host is called and what is said about it. */
export function WhatFields({
  form,
  hosts,
}: {
  form: FormPart<'name' | 'kind' | 'hypervisorId' | 'tags' | 'notes'>
  hosts: readonly HostChoice[]
}) {
  return (
    <>
      <TextField label="Name" help="How Pollux calls it everywhere." {...form.field('name')} />
      <RadioCards label="Kind" {...form.field('kind')} cards={hostKinds} />
      {form.values.kind === 'vm' ? (
        <SelectField
          label="Hypervisor"
          optional
          help="The host that this VM runs on."
          {...form.field('hypervisorId')}
          options={hostOptions(hosts, 'Not in the inventory')}
        />
      ) : null}
      <TextField
        label="Tags"
        optional
        help="Parted by commas or blanks, such as office, backup."
        {...form.field('tags')}
      />
      <TextareaField label="Notes" optional rows={3} {...form.field('notes')} />
    </>
  )
}

/** Which algorithms SSH may use with a host. */
export function ProfileField({ form }: { form: FormPart<'sshProfile'> }) {
  return (
    <SelectField
      label="SSH profile"
      help="Legacy lets SHA-1, CBC and ssh-rsa through, for hosts that can’t be updated."
      {...form.field('sshProfile')}
      options={[
        { value: 'modern', label: 'Modern' },
        { value: 'legacy', label: 'Legacy' },
      ]}
    />
  )
}

/** Who Pollux is on the host. */
export function LoginFields({ form }: { form: FormPart<'login' | 'privilege' | 'sudoPassword'> }) {
  return (
    <>
      <TextField label="Login" mono {...form.field('login')} />
      <RadioCards
        label="What the login may do"
        {...form.field('privilege')}
        cards={[
          { value: 'root', label: 'It is root' },
          { value: 'sudo', label: 'Everything, by sudo', help: 'Full root through sudo, with or without a password.' },
          { value: 'none', label: 'It has no root', help: 'Pollux reads what it can and plans. It applies nothing.' },
        ]}
      />
      {form.values.privilege === 'sudo' ? (
        <TextField
          label="Password for sudo"
          optional
          type="password"
          help="Leave it empty when sudo asks for none, or for the login’s own password."
          {...form.field('sudoPassword')}
        />
      ) : null}
    </>
  )
}
