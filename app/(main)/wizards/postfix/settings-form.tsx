'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import type { InstanceView } from '@/agents/postfix/view'
import { Button } from '@/components/base/button'
import { WizardBar } from '@/components/change/wizard-rail'
import { SelectField } from '@/components/form/select-field'
import { TextField } from '@/components/form/text-field'
import { Note } from '@/components/show/finding'
import { problemOfAddress } from '@/lib/agent/typed-address'
import { planChangeAction } from '../../changes/actions'
import { useKeptDraft } from '../use-kept-draft'
import { BootPart, ProofPart, SendersPart } from './more-parts'
import { ListenPart, NamePart, Part, type PartProps, SourcePart, type Suggestion } from './parts'
import {
  aroundAddress,
  conflictsOf,
  desiredOf,
  firstOf,
  firstWish,
  type MailHostView,
  newAddress,
  problemsOf,
  type Wish,
  wishOf,
} from './wish'

type Answer = { status: 'bad' | 'info'; title: string; text: string }

/** The wizard's form: which address mail uses, where it comes in, what it leaves from, and how that is proved. */
export function SettingsForm({
  host,
  kept,
  suggested,
  whyNotHere,
}: {
  host: MailHostView
  kept: Wish | null
  suggested: readonly Suggestion[]
  /** Why Pollux itself cannot receive the probe; null when it can. */
  whyNotHere: string | null
}) {
  const router = useRouter()
  const [wish, setWish] = useState<Wish>(() => firstWish(host, kept, whyNotHere === null))
  const [answer, setAnswer] = useState<Answer | null>(null)
  const [isPlanning, start] = useTransition()
  const draft = useKeptDraft('postfix', wish)
  const set = (part: Partial<Wish>) => setWish((before) => ({ ...before, ...part }))
  const instance = host.instances.find((one) => one.name === wish.instance)
  if (!instance) return null

  const plan = (desired: unknown, first: ReturnType<typeof firstOf>) =>
    start(async () => {
      const result = await planChangeAction({ agentId: 'postfix', desired, first, hostIds: [host.hostId] })
      if (!result.ok) setAnswer({ status: 'bad', title: 'No plan came of this', text: result.error.message })
      else if ('nothingToDo' in result.data)
        setAnswer({ status: 'info', title: 'Nothing to do', text: result.data.nothingToDo })
      else router.push(`/wizards/postfix?change=${result.data.changeId}`)
    })

  const problems = problemsOf(wish)
  const conflicts = conflictsOf(host, instance, wish)
  const props: PartProps = {
    host,
    instance,
    wish,
    set,
    problem: (field) => problems.find((one) => one.field === field)?.text,
    conflict: (field) => conflicts[field],
  }
  const desired = desiredOf(host, instance, wish)
  const back = { operation: 'reset', hostId: host.hostId, instance: instance.name, proof: proofOf(desired) }
  return (
    <form action={() => plan(desired, firstOf(host, wish))}>
      {host.instances.length > 1 ? (
        <SelectField
          label="Postfix instance"
          name="instance"
          value={wish.instance}
          onChange={(event) => {
            const chosen = host.instances.find((one) => one.name === event.target.value)
            setWish(wishOf(host, chosen, whyNotHere === null))
          }}
          options={host.instances.map(({ name, directory, whyNot }) => ({
            value: name,
            label: `${name === '-' ? 'The first' : name}, ${directory}`,
            disabled: whyNot !== null,
          }))}
        />
      ) : null}
      <AddressPart {...props} />
      <ListenPart {...props} />
      <SourcePart {...props} />
      <NamePart {...props} suggested={suggested} />
      <BootPart {...props} />
      <SendersPart {...props} />
      <ProofPart {...props} whyNotHere={whyNotHere} domain={instance.mydomain} />
      {answer ? (
        <div className="mt-3">
          <Note status={answer.status} title={answer.title} live>
            {answer.text}
          </Note>
        </div>
      ) : null}
      <WizardBar
        title={summary(host, wish)}
        actions={
          <>
            {isShipped(instance) ? null : (
              <Button type="button" disabled={isPlanning} onClick={() => plan(back, [])}>
                Plan the way back
              </Button>
            )}
            <Button kind="primary" type="submit" disabled={isPlanning || desired === null} aria-busy={isPlanning}>
              {isPlanning ? 'Reading and planning' : 'Show the plan'}
            </Button>
          </>
        }
      >
        {isShipped(instance) ? draft : `${draft} The way back: one address, as the package ships it.`}
      </WizardBar>
    </form>
  )
}

/** Which address mail uses. Choosing one fills in where mail comes in and what it leaves from. */
function AddressPart({ host, instance, wish, set, problem }: PartProps) {
  const [isNew, setIsNew] = useState(wish.alias !== '')
  const known = host.addresses.map((address) => address.host)
  const source = [wish.source4, wish.source6].find((one) => known.includes(one)) ?? ''
  const choose = (value: string) => {
    setIsNew(value === 'new')
    if (value === 'new') return
    set({ alias: '', ...(value === '' ? {} : aroundAddress({ ...wish, alias: '' }, instance, value)) })
  }
  const type = (alias: string) => {
    const before = newAddress(wish)
    const typed = { ...wish, alias }
    const after = newAddress(typed)
    const without = before === after ? typed : withoutAddress(typed, before)
    set(after === '' || before === after ? without : aroundAddress(without, instance, after))
  }
  return (
    <Part title="The address">
      <SelectField
        label="Mail uses"
        name="address"
        value={isNew ? 'new' : source}
        onChange={(event) => choose(event.target.value)}
        options={[
          { value: '', label: 'No address of its own' },
          ...host.addresses.map(({ host: address, device, isFailover }) => ({
            value: address,
            label: `${address} on ${device}${isFailover ? ', looks like a failover IP' : ''}`,
          })),
          { value: 'new', label: 'Another one, put on in this change' },
        ]}
        help="It fills in the fields below; each can be changed there."
      />
      {isNew ? (
        <>
          <TextField
            label="Address to put on"
            mono
            name="alias"
            value={wish.alias}
            onChange={(event) => type(event.target.value)}
            spellCheck={false}
            error={wish.alias.trim() === '' ? undefined : problem('alias')}
            help="With its prefix: 192.0.2.10/32 or 2001:db8::10/128. It is kept over a boot, and goes again if mail cannot be proved."
          />
          {host.devices.length > 1 ? (
            <SelectField
              label="On"
              name="device"
              value={wish.device}
              onChange={(event) => set({ device: event.target.value })}
              options={host.devices.map((device) => ({ value: device, label: device }))}
            />
          ) : null}
        </>
      ) : null}
    </Part>
  )
}

/** The wish without an address that is no longer put on. */
function withoutAddress(wish: Wish, address: string): Wish {
  if (address === '') return wish
  const ports = Object.entries(wish.ports).map(([port, own]) => [
    port,
    { ...own, addresses: own.addresses.filter((one) => one !== address) },
  ])
  return {
    ...wish,
    ports: Object.fromEntries(ports),
    source4: wish.source4 === address ? '' : wish.source4,
    source6: wish.source6 === address ? '' : wish.source6,
  }
}

function proofOf(desired: unknown): unknown {
  const proof = desired && typeof desired === 'object' && 'proof' in desired ? desired.proof : null
  return proof ?? { probe: null, dnsServer: null, domain: null }
}

/** Whether an instance is as its package ships it, as far as this wizard goes. */
function isShipped({ wish }: InstanceView): boolean {
  const { listeners, source4, source6, helo, enforce, greet, senders, boot } = wish
  const isOpen = listeners.every(({ port, addresses }) => port !== '25' || addresses === null)
  const isFree = source4 === null && source6 === null && helo === null
  return isOpen && isFree && !enforce && !greet && senders.length === 0 && boot === 'fail'
}

function summary(host: MailHostView, wish: Wish): string {
  const added = newAddress(wish)
  const alias = wish.alias.trim()
  if (alias !== '' && problemOfAddress(alias) !== null) return 'Type the address that mail shall use.'
  const sources = [wish.source4, wish.source6].filter((source) => source !== '')
  const first = added === '' ? '' : `${added} goes on ${wish.device}. `
  if (sources.length > 0) return `${first}Mail leaves ${host.name} from ${sources.join(' and ')}.`
  return `${first}Mail leaves ${host.name} from any of its addresses.`
}
