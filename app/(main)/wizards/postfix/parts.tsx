'use client'

import type { ReactNode } from 'react'
import { isLoopback } from '@/agents/postfix/typed'
import type { InstanceView, PortView } from '@/agents/postfix/view'
import { CheckField } from '@/components/form/check-field'
import { SelectField } from '@/components/form/select-field'
import { TextField } from '@/components/form/text-field'
import { SectionHead } from '@/components/frame/page-head'
import { chooseAddress, chosenAddress, typeAddress } from './choose-address'
import type { Suggestion } from './suggested'
import { listenable, listensNow, loopbackOf, type MailHostView, newAddress, usableAddresses, type Wish } from './wish'

/** What every part of the form gets. */
export interface PartProps {
  host: MailHostView
  instance: InstanceView
  wish: Wish
  set(part: Partial<Wish>): void
  /** What is wrong with a field; it keeps the form from being planned. */
  problem(field: string): string | undefined
  /** What a choice brings along. */
  conflict(field: string): string | undefined
}

export function Part({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <section className="mb-6" aria-label={title}>
      <SectionHead title={title} note={note} />
      {children}
    </section>
  )
}

/** Which address mail uses. Choosing one fills in where mail comes in and what it leaves from. */
export function AddressPart({ host, instance, wish, set, problem, conflict }: PartProps) {
  const chosen = chosenAddress(wish)
  const isThere = host.addresses.some((address) => address.host === chosen)
  return (
    <Part title="The address">
      <SelectField
        label="Mail uses"
        name="address"
        value={chosen}
        onChange={(event) => set(chooseAddress(wish, instance, event.target.value))}
        options={[
          { value: '', label: 'No address of its own' },
          ...host.addresses.map(({ host: address, device, isFailover }) => ({
            value: address,
            label: `${address} on ${device}${isFailover ? ', looks like a failover IP' : ''}`,
          })),
          ...(isThere || chosen === '' || chosen === 'new' ? [] : [{ value: chosen, label: notHere(chosen) }]),
          { value: 'new', label: 'Another one, put on in this change' },
        ]}
        help="It fills in the fields below; each can be changed there."
      />
      {wish.alias === null ? null : (
        <>
          <TextField
            label="Address to put on"
            mono
            name="alias"
            value={wish.alias}
            onChange={(event) => set(typeAddress(wish, instance, event.target.value))}
            spellCheck={false}
            error={wish.alias.trim() === '' ? undefined : problem('alias')}
            warn={conflict('alias')}
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
      )}
    </Part>
  )
}

export function notHere(address: string): string {
  return `${address}, not on this host`
}

/** Where each port listens. Those for programs on the host itself are named, and left alone. */
export function ListenPart(props: PartProps) {
  const { ports } = props.instance
  const others = ports.filter(({ port }) => props.wish.ports[port] === undefined)
  return (
    <Part title="Where mail comes in">
      {ports.map((port) =>
        props.wish.ports[port.port] ? <PortFields key={port.port} port={port} {...props} /> : null,
      )}
      {others.length > 0 ? (
        <details className="opened mb-4">
          <summary>Left alone: {others.map(({ port }) => port).join(', ')}</summary>
          {others.map(({ port, label, now, whyNot }) => (
            <p key={port} className="mb-2 text-text-2">
              Port {port}, {label.toLowerCase()}: listens on {now}. {whyNot}
            </p>
          ))}
        </details>
      ) : null}
    </Part>
  )
}

function PortFields({ port, host, instance, wish, set, problem, conflict }: PartProps & { port: PortView }) {
  const own = wish.ports[port.port]
  if (!own) return null
  const change = (part: Partial<typeof own>) => set({ ports: { ...wish.ports, [port.port]: { ...own, ...part } } })
  const name = `port.${port.port}`
  const isEvery = listensNow(instance, port.port) === null && own.mode !== 'every'
  const choose = (mode: typeof own.mode) => {
    const first = [wish.source4, wish.source6, ...loopbackOf(instance)].filter(Boolean)
    change({ mode, addresses: own.addresses.length > 0 ? own.addresses : first })
  }
  const toggle = (address: string, isOn: boolean) =>
    change({ addresses: isOn ? [...own.addresses, address] : own.addresses.filter((one) => one !== address) })
  return (
    <fieldset className="mb-4">
      <legend className="sr-only">
        Port {port.port}, {port.label}
      </legend>
      <SelectField
        label={`Port ${port.port}, ${port.label.toLowerCase()}`}
        name={name}
        value={own.mode}
        onChange={(event) => choose(modeOf(event.target.value))}
        options={[
          { value: 'leave', label: `As it is: ${port.now}` },
          ...(isEvery ? [] : [{ value: 'every', label: 'Every address, as the package ships it' }]),
          { value: 'chosen', label: 'These addresses only' },
        ]}
        error={problem(name)}
        warn={conflict(name)}
        help={port.program === 'postscreen' ? 'postscreen answers there; smtpd behind it stays as it is.' : undefined}
      />
      {own.mode === 'chosen'
        ? listenable(host, instance, wish, port.port).map((address) => (
            <CheckField
              key={address}
              label={
                <>
                  <span className="mono">{address}</span>{' '}
                  <span className="text-text-3 text-12">{whereIs(host, wish, address)}</span>
                </>
              }
              name={`${name}.${address}`}
              checked={own.addresses.includes(address)}
              onChange={(event) => toggle(address, event.target.checked)}
            />
          ))
        : null}
    </fieldset>
  )
}

function whereIs({ addresses }: MailHostView, wish: Wish, address: string): string {
  const there = addresses.find((one) => one.host === address)
  if (there) return there.device
  if (address === newAddress(wish)) return `put on ${wish.device} first`
  return isLoopback(address) ? 'programs on the host itself' : 'not on this host'
}

function modeOf(value: string): Wish['ports'][string]['mode'] {
  return value === 'every' || value === 'chosen' ? value : 'leave'
}

/** What can be sent from; `any` says what an empty choice means. */
export function sourceOptions(host: MailHostView, wish: Wish, family: 4 | 6, chosen: string, any: string) {
  const fits = (address: string) => address.includes(':') === (family === 6)
  const all = usableAddresses(host, wish).filter(fits)
  return [
    { value: '', label: any },
    ...all.map((address) => ({ value: address, label: address })),
    ...(chosen === '' || all.includes(chosen) ? [] : [{ value: chosen, label: notHere(chosen) }]),
  ]
}

/** Names that would fit, each with where it comes from. */
export function Suggestions({ list, onUse }: { list: readonly Suggestion[]; onUse(name: string): void }) {
  if (list.length === 0) return null
  return (
    <div className="mb-4 flex flex-wrap gap-2">
      {list.map(({ name, from }) => (
        <button key={name} type="button" className="btn" onClick={() => onUse(name)}>
          Use {name} <span className="text-text-3">{from}</span>
        </button>
      ))}
    </div>
  )
}
