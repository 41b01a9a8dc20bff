'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState, useTransition } from 'react'
import { SubmitButton } from '@/components/base/submit-button'
import { SelectField } from '@/components/form/select-field'
import { TextField } from '@/components/form/text-field'
import { problemOfAddress } from '@/lib/agent/typed-address'
import type { PairHost } from '@/lib/inventory/list-pair-hosts'
import { hostOptions } from '../field-props'
import { FormProblem } from '../form-problem'
import { useDraftForm } from '../use-draft-form'
import { changePairAction, declarePairAction } from './actions'

export interface PairValues {
  address: string
  activeHostId: string
  activeDevice: string
  standbyHostId: string
  standbyDevice: string
}

const checks = { address: problemOfAddress }
const sides = [
  { title: 'Active', about: 'Where it belongs.', host: 'activeHostId', device: 'activeDevice' },
  { title: 'Standby', about: 'Where it goes instead.', host: 'standbyHostId', device: 'standbyDevice' },
] as const

/** Declares a pair, or changes what one declares. `known` is the pair that is changed. */
export function PairForm({
  hosts,
  initial,
  known,
}: {
  hosts: readonly PairHost[]
  initial: PairValues
  known: { pairId: string; version: number } | null
}) {
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  const [first] = useState(initial)
  const form = useDraftForm({
    key: `pair-${known ? `${known.pairId}-${known.version}` : 'new'}`,
    initial: first,
    checks,
  })
  const send = async () => {
    const answer = known ? await changePairAction({ ...known, ...form.values }) : await declarePairAction(form.values)
    if (!answer.ok) return form.refuse(answer.error)
    form.done()
    router.push('/hosts/pairs')
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    startTransition(send)
  }
  return (
    <form onSubmit={onSubmit} noValidate aria-label="The pair">
      <TextField
        label="Failover IP"
        mono
        spellCheck={false}
        help="With its prefix: 192.0.2.81/32 or 2001:db8::81/128. It may be on one of the two already."
        {...form.field('address')}
      />
      <div className="grid gap-x-10 m:grid-cols-[repeat(2,minmax(0,420px))]">
        {sides.map((side) => (
          <fieldset key={side.title} className="min-w-0">
            <legend className="mb-3 text-text-2">
              <span className="font-strong text-text">{side.title}</span> {side.about}
            </legend>
            <SelectField
              label={`${side.title} host`}
              options={hostOptions(hosts, 'Choose a host')}
              {...form.field(side.host)}
              onChange={(event) => {
                const devices = devicesOf(hosts, event.target.value)
                form.setMany({ [side.host]: event.target.value, [side.device]: devices[0] ?? '' })
              }}
            />
            {form.values[side.host] === '' ? null : (
              <DeviceField
                label={`${side.title} device`}
                devices={devicesOf(hosts, form.values[side.host])}
                field={form.field(side.device)}
              />
            )}
          </fieldset>
        ))}
      </div>
      <FormProblem>{form.problem}</FormProblem>
      <SubmitButton kind="primary" pending={isPending} pendingText="Saving">
        {known ? 'Save the pair' : 'Declare the pair'}
      </SubmitButton>
    </form>
  )
}

type FieldProps = ReturnType<ReturnType<typeof useDraftForm<keyof PairValues>>['field']>

/** A list where the host's devices are known; one that was declared and is gone stays in it, and says so. */
function DeviceField({ label, devices, field }: { label: string; devices: readonly string[]; field: FieldProps }) {
  if (devices.length === 0)
    return <TextField label={label} mono spellCheck={false} maxLength={15} help="Such as eth0." {...field} />
  const isGone = field.value !== '' && !devices.includes(field.value)
  const options = [...(isGone ? [field.value] : []), ...devices].map((name) => ({ value: name, label: name }))
  return (
    <SelectField
      label={label}
      options={options}
      warn={isGone ? `${field.value} was not there when the host was read last.` : undefined}
      {...field}
    />
  )
}

function devicesOf(hosts: readonly PairHost[], hostId: string): readonly string[] {
  return hosts.find((host) => host.id === hostId)?.devices ?? []
}
