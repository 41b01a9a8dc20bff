'use client'

import type { ReactNode } from 'react'
import type { InstanceView, PortView } from '@/agents/postfix/view'
import { CheckField } from '@/components/form/check-field'
import { RadioCards } from '@/components/form/radio-cards'
import { SelectField } from '@/components/form/select-field'
import { TextField } from '@/components/form/text-field'
import { SectionHead } from '@/components/frame/page-head'
import { listenable, type MailHostView, newAddress, usableAddresses, type Wish } from './wish'

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

/** Where each port listens. Those for programs on the host itself are named, and left alone. */
export function ListenPart(props: PartProps) {
  const { ports } = props.instance
  const own = ports.filter(({ port }) => props.wish.ports[port] !== undefined)
  const others = ports.filter(({ port }) => props.wish.ports[port] === undefined)
  return (
    <Part title="Where mail comes in">
      {own.map((port) => (
        <PortFields key={port.port} port={port} {...props} />
      ))}
      {others.map(({ port, label, now, whyNot }) => (
        <p key={port} className="mb-2 text-text-2">
          Port {port}, {label.toLowerCase()}: listens on {now} and is left alone. {whyNot}
        </p>
      ))}
    </Part>
  )
}

function PortFields({ port, host, instance, wish, set, problem, conflict }: PartProps & { port: PortView }) {
  const own = wish.ports[port.port]
  if (!own) return null
  const change = (part: Partial<typeof own>) => set({ ports: { ...wish.ports, [port.port]: { ...own, ...part } } })
  const name = `port.${port.port}`
  const toggle = (address: string, isOn: boolean) =>
    change({ addresses: isOn ? [...own.addresses, address] : own.addresses.filter((one) => one !== address) })
  const offered = listenable(host, instance, wish)
  const all = [...offered, ...own.addresses.filter((address) => !offered.includes(address))]
  return (
    <fieldset className="mb-4">
      <legend className="sr-only">
        Port {port.port}, {port.label}
      </legend>
      <SelectField
        label={`Port ${port.port}, ${port.label.toLowerCase()}`}
        name={name}
        value={own.mode}
        onChange={(event) => change({ mode: modeOf(event.target.value) })}
        options={[
          { value: 'leave', label: `As it is: ${port.now}` },
          { value: 'every', label: 'Every address, as the package ships it' },
          { value: 'chosen', label: 'These addresses only' },
        ]}
        error={problem(name)}
        warn={conflict(name)}
        help={port.program === 'postscreen' ? 'postscreen answers there; smtpd behind it stays as it is.' : undefined}
      />
      {own.mode === 'chosen'
        ? all.map((address) => (
            <CheckField
              key={address}
              label={<AddressLabel host={host} wish={wish} address={address} />}
              name={`${name}.${address}`}
              checked={own.addresses.includes(address)}
              onChange={(event) => toggle(address, event.target.checked)}
            />
          ))
        : null}
    </fieldset>
  )
}

function AddressLabel({ host, wish, address }: { host: MailHostView; wish: Wish; address: string }) {
  const there = host.addresses.find((one) => one.host === address)
  const isNew = address === newAddress(wish)
  const words = isNew
    ? `put on ${wish.device} first`
    : there
      ? there.device
      : /^(127\.|::1$)/.test(address)
        ? 'programs on the host itself'
        : 'not on this host'
  return (
    <>
      <span className="mono">{address}</span> <span className="text-text-3 text-12">{words}</span>
    </>
  )
}

function modeOf(value: string): 'leave' | 'every' | 'chosen' {
  return value === 'every' || value === 'chosen' ? value : 'leave'
}

/** What outgoing mail leaves from. */
export function SourcePart(props: PartProps) {
  const { host, instance, wish, set, problem, conflict } = props
  const toggle = (key: string, isOn: boolean) =>
    set({ clients: isOn ? [...wish.clients, key] : wish.clients.filter((one) => one !== key) })
  const isBound = wish.source4 !== '' || wish.source6 !== ''
  return (
    <Part title="What it sends from">
      <SelectField
        label="Over IPv4"
        name="source4"
        value={wish.source4}
        onChange={(event) => set({ source4: event.target.value })}
        options={sourceOptions(host, wish, 4, wish.source4)}
      />
      {instance.can.ipv6 ? (
        <SelectField
          label="Over IPv6"
          name="source6"
          value={wish.source6}
          onChange={(event) => set({ source6: event.target.value })}
          options={sourceOptions(host, wish, 6, wish.source6)}
        />
      ) : null}
      {instance.can.ipv6 && wish.source6 === '' ? (
        <SelectField
          label="Servers that have IPv6"
          name="sixth"
          value={wish.sixth}
          onChange={(event) => set({ sixth: sixthOf(event.target.value) })}
          warn={conflict('sixth')}
          options={[
            { value: 'any', label: 'Are reached over either, as Postfix likes' },
            ...(instance.can.preferIpv4
              ? [{ value: 'prefer-ipv4', label: 'Are reached over IPv4 where they have it' }]
              : []),
            { value: 'never', label: 'Are never reached over IPv6' },
          ]}
        />
      ) : null}
      {isBound ? (
        <>
          <CheckField
            label="Rather keep mail back than send it from another address"
            name="enforce"
            checked={wish.enforce && instance.can.enforce}
            disabled={!instance.can.enforce}
            onChange={(event) => set({ enforce: event.target.checked })}
            help={
              instance.can.enforce
                ? 'While the address is gone, mail waits in the queue.'
                : `Postfix ${host.version} cannot: it sends from another address and says so in its log. 3.7 can.`
            }
          />
          <RadioCards
            label="For which mail"
            name="scope"
            value={wish.scope}
            onChange={(event) => set({ scope: event.target.value === 'some' ? 'some' : 'all' })}
            error={problem('clients')}
            cards={[
              { value: 'all', label: 'All of it', help: 'In main.cf. Filters on the host itself are left out.' },
              { value: 'some', label: 'Some clients', help: 'By options in master.cf, for those alone.' },
            ]}
          />
          {wish.scope === 'some'
            ? instance.clients.map(({ key, what }) => (
                <CheckField
                  key={key}
                  label={
                    <>
                      <span className="mono">{key}</span> <span className="text-text-3 text-12">{what}</span>
                    </>
                  }
                  name={`client.${key}`}
                  checked={wish.clients.includes(key)}
                  onChange={(event) => toggle(key, event.target.checked)}
                />
              ))
            : null}
        </>
      ) : null}
    </Part>
  )
}

export function sourceOptions(host: MailHostView, wish: Wish, family: 4 | 6, chosen: string) {
  const fits = (address: string) => address.includes(':') === (family === 6)
  const all = usableAddresses(host, wish).filter(fits)
  const kept = chosen !== '' && !all.includes(chosen) ? [...all, chosen] : all
  return [
    { value: '', label: 'Any: the kernel chooses' },
    ...kept.map((address) => ({
      value: address,
      label: all.includes(address) ? address : `${address}, not on this host`,
    })),
  ]
}

function sixthOf(value: string): Wish['sixth'] {
  return value === 'never' || value === 'prefer-ipv4' ? value : 'any'
}

/** The name that other servers are told, with names that would fit. */
export function NamePart({
  wish,
  set,
  problem,
  conflict,
  suggested,
}: PartProps & { suggested: readonly Suggestion[] }) {
  const fitting = suggested.filter(({ name }) => name !== wish.helo)
  return (
    <Part title="Its name">
      <TextField
        label="Name in HELO"
        optional
        mono
        name="helo"
        value={wish.helo}
        onChange={(event) => set({ helo: event.target.value })}
        spellCheck={false}
        error={problem('helo')}
        help="Other servers expect it to be the name of the address, and to lead back to it. Empty: the server's own name."
      />
      {fitting.length > 0 ? (
        <div className="mb-4 flex flex-wrap items-center gap-2">
          {fitting.map(({ name, from }) => (
            <button key={`${name} ${from}`} type="button" className="btn" onClick={() => set({ helo: name })}>
              Use {name} <span className="text-text-3">{from}</span>
            </button>
          ))}
        </div>
      ) : null}
      <CheckField
        label="Greet with this name too"
        name="greet"
        checked={wish.greet}
        onChange={(event) => set({ greet: event.target.checked })}
        warn={conflict('greet')}
        help="Who connects to its own addresses on port 25 is told the same name."
      />
    </Part>
  )
}

export interface Suggestion {
  name: string
  /** "name of 203.0.113.40 in the DNS" */
  from: string
}
