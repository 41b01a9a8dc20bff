'use client'

import { useState } from 'react'
import { fileOfAddress } from '@/agents/failover-ip/file-of-address'
import { WizardBar } from '@/components/change/wizard-rail'
import { CheckField } from '@/components/form/check-field'
import { RadioCards } from '@/components/form/radio-cards'
import { SelectField } from '@/components/form/select-field'
import { TextField } from '@/components/form/text-field'
import { Note } from '@/components/show/finding'
import { problemOfAddress } from '@/lib/agent/typed-address'
import { useKeptDraft } from '../use-kept-draft'
import { PlanButton, usePlanning } from '../use-planning'
import {
  addressOf,
  chosenTarget,
  desiredOf,
  firstWish,
  type HostAddresses,
  sourcesOf,
  targetsFor,
  type Wish,
} from './wish'

/** The wizard's form: what shall become of which address, on which device. What is chosen is kept as a draft. */
export function SettingsForm({ hosts, kept }: { hosts: readonly HostAddresses[]; kept: Wish | null }) {
  const [wish, setWish] = useState<Wish>(() => firstWish(hosts, kept))
  const draft = useKeptDraft('failover-ip', wish)
  const set = (part: Partial<Wish>) => setWish((before) => ({ ...before, ...part }))

  const { plan, answer, isPlanning } = usePlanning(
    'failover-ip',
    hosts.map((host) => host.hostId),
  )

  const isTyped = wish.operation === 'add'
  const canPlan = desiredOf(hosts, wish) !== null && (!isTyped || problemOfAddress(wish.address) === null)
  return (
    <form action={() => plan(desiredOf(hosts, wish))}>
      <RadioCards
        label="What to do"
        name="operation"
        value={wish.operation}
        onChange={(event) => set({ operation: operationOf(event.target.value) })}
        cards={[
          { value: 'add', label: 'Put an address on', help: 'Only after nobody answered for it.' },
          { value: 'remove', label: 'Take an address off', help: 'Live, and out of the file that keeps it.' },
          ...(hosts.length > 1
            ? [{ value: 'move', label: 'Move an address', help: 'Off one host first, then on the other.' }]
            : []),
        ]}
      />
      {isTyped ? <AddressField wish={wish} set={set} /> : <SourceField hosts={hosts} wish={wish} set={set} />}
      {wish.operation === 'remove' ? null : <TargetFields hosts={hosts} wish={wish} set={set} />}
      <RadioCards
        label="How long it holds"
        name="keep"
        value={wish.keep}
        onChange={(event) => set({ keep: event.target.value === 'boot' ? 'boot' : 'live-only' })}
        cards={[
          { value: 'boot', label: 'Now and at every boot', help: 'Written into the files of what holds the network.' },
          { value: 'live-only', label: 'Until the next boot', help: 'No file is touched.' },
        ]}
      />
      {answer}
      <WizardBar title={summary(hosts, wish)} actions={<PlanButton isPlanning={isPlanning} disabled={!canPlan} />}>
        {draft}
      </WizardBar>
    </form>
  )
}

interface Part {
  wish: Wish
  set(part: Partial<Wish>): void
}

function AddressField({ wish, set }: Part) {
  const problem = wish.address.trim() === '' ? null : problemOfAddress(wish.address)
  return (
    <TextField
      label="Address"
      mono
      name="address"
      value={wish.address}
      onChange={(event) => set({ address: event.target.value })}
      spellCheck={false}
      help="With its prefix: 192.0.2.10/32 or 2001:db8::10/128."
      error={problem ?? undefined}
    />
  )
}

function SourceField({ hosts, wish, set }: Part & { hosts: readonly HostAddresses[] }) {
  const sources = sourcesOf(hosts)
  const chosen = sources.find((one) => one.key === wish.from)
  if (sources.length === 0)
    return (
      <Note status="info" title="No address to choose from">
        These hosts have no address besides their own. Main addresses and those that come by DHCP are not offered.
      </Note>
    )
  return (
    <SelectField
      label="Address"
      name="from"
      value={wish.from}
      onChange={(event) => set({ from: event.target.value })}
      options={sources.map(({ key, host, device, address }) => ({
        value: key,
        label: `${address.cidr} on ${device.name} of ${host.name}`,
      }))}
      help={chosen?.address.keptIn ? `Kept in ${chosen.address.keptIn}.` : undefined}
      warn={chosen && chosen.address.keptIn === null ? 'No file was found that keeps it over a boot.' : undefined}
    />
  )
}

function TargetFields({ hosts, wish, set }: Part & { hosts: readonly HostAddresses[] }) {
  const targets = targetsFor(hosts, wish)
  const target = chosenTarget(hosts, wish)
  const file = target ? fileOfAddress(target.device, addressOf(hosts, wish)) : null
  const isKept = wish.keep === 'boot'
  return (
    <>
      <SelectField
        label={wish.operation === 'move' ? 'To' : 'On'}
        name="to"
        value={target?.key ?? ''}
        onChange={(event) => set({ to: event.target.value })}
        options={targets.map(({ key, host, device }) => ({ value: key, label: `${device.name} of ${host.name}` }))}
        help={
          isKept && file ? `Kept in ${file}, since ${target?.device.heldBy} holds ${target?.device.name}.` : undefined
        }
        warn={isKept ? (target?.device.whyNotKept ?? undefined) : undefined}
      />
      {addressOf(hosts, wish).includes(':') ? null : (
        <TextField
          label="Label"
          optional
          mono
          name="label"
          value={wish.label}
          onChange={(event) => set({ label: event.target.value })}
          spellCheck={false}
          maxLength={15}
          placeholder={target ? `${target.device.name}:0` : undefined}
          help="What old tools show it as. The first free one is taken when this is empty."
        />
      )}
      <CheckField
        label="Tell the neighbours"
        name="announce"
        checked={wish.announce}
        onChange={(event) => set({ announce: event.target.checked })}
        help="By a gratuitous ARP, where the host has arping, so that they send to it at once."
      />
    </>
  )
}

function operationOf(value: string): Wish['operation'] {
  return value === 'remove' || value === 'move' ? value : 'add'
}

function summary(hosts: readonly HostAddresses[], wish: Wish): string {
  const address = addressOf(hosts, wish).trim()
  const target = chosenTarget(hosts, wish)
  const source = sourcesOf(hosts).find((one) => one.key === wish.from)
  if (address === '' || problemOfAddress(address) !== null) return 'Choose an address.'
  if (wish.operation === 'add') return target ? `${address} goes on ${target.device.name} of ${target.host.name}.` : ''
  if (wish.operation === 'remove') return `${address} goes off ${source?.device.name} of ${source?.host.name}.`
  return target ? `${address} moves from ${source?.host.name} to ${target.host.name}.` : 'Choose where it goes.'
}
