'use client'

import { Button } from '@/components/base/button'
import { RadioCards } from '@/components/form/radio-cards'
import { SelectField } from '@/components/form/select-field'
import { TextField } from '@/components/form/text-field'
import { Part, type PartProps, sourceOptions } from './parts'
import type { SenderWish, Wish } from './wish'

/** What happens at boot when an address is not there yet. */
export function BootPart({ instance, wish, set, conflict }: PartProps) {
  return (
    <Part title="When an address is missing at boot">
      <RadioCards
        label="Postfix"
        name="boot"
        value={wish.boot}
        onChange={(event) => set({ boot: bootOf(event.target.value) })}
        warn={conflict('boot')}
        cards={[
          { value: 'fail', label: 'Does not start', help: 'As its package ships it.' },
          {
            value: 'wait',
            label: 'Waits for it',
            help: instance.can.wait
              ? 'A minute before each start, then tries again every 15 seconds.'
              : 'Only where systemd starts Postfix.',
            disabled: !instance.can.wait,
          },
          {
            value: 'nonlocal',
            label: 'Starts all the same',
            help: 'For a standby host: programs may bind addresses that are elsewhere (ip_nonlocal_bind).',
          },
        ]}
      />
    </Part>
  )
}

function bootOf(value: string): Wish['boot'] {
  return value === 'wait' || value === 'nonlocal' ? value : 'fail'
}

/** Senders that leave by an address and a name of their own. */
export function SendersPart(props: PartProps) {
  const { instance, wish, set } = props
  const none: SenderWish = { pattern: '', source4: '', source6: '', helo: '' }
  if (!instance.can.senders) return null
  return (
    <Part title="Senders of their own" note={wish.senders.length > 0 ? String(wish.senders.length) : undefined}>
      <p className="mb-3 text-text-2">Mail of these senders leaves by another address or name than the rest.</p>
      {wish.senders.map((sender, at) => (
        <Sender
          // The list is short and only grows at its end.
          // biome-ignore lint/suspicious/noArrayIndexKey: two rows may be alike while they are typed
          key={at}
          at={at}
          sender={sender}
          {...props}
        />
      ))}
      <Button type="button" onClick={() => set({ senders: [...wish.senders, none] })}>
        Add a sender
      </Button>
    </Part>
  )
}

function Sender({ at, sender, host, instance, wish, set, problem }: PartProps & { at: number; sender: SenderWish }) {
  const change = (part: Partial<SenderWish>) =>
    set({ senders: wish.senders.map((one, place) => (place === at ? { ...one, ...part } : one)) })
  const field = (name: string) => `senders.${at}.${name}`
  return (
    <fieldset className="mb-4">
      <legend className="sr-only">Sender {at + 1}</legend>
      <TextField
        label={`Sender ${at + 1}`}
        mono
        name={field('pattern')}
        value={sender.pattern}
        onChange={(event) => change({ pattern: event.target.value })}
        spellCheck={false}
        error={sender.pattern === '' ? undefined : problem(field('pattern'))}
        help="ada@example.org, or @example.org for all of a domain."
      />
      <SelectField
        label="Its address over IPv4"
        name={field('source4')}
        value={sender.source4}
        onChange={(event) => change({ source4: event.target.value })}
        options={sourceOptions(host, wish, 4, sender.source4)}
        error={sender.pattern === '' ? undefined : problem(field('source4'))}
      />
      {instance.can.ipv6 ? (
        <SelectField
          label="Its address over IPv6"
          name={field('source6')}
          value={sender.source6}
          onChange={(event) => change({ source6: event.target.value })}
          options={sourceOptions(host, wish, 6, sender.source6)}
        />
      ) : null}
      <TextField
        label="Its name in HELO"
        optional
        mono
        name={field('helo')}
        value={sender.helo}
        onChange={(event) => change({ helo: event.target.value })}
        spellCheck={false}
        error={problem(field('helo'))}
      />
      <Button type="button" onClick={() => set({ senders: wish.senders.filter((_, place) => place !== at) })}>
        Leave sender {at + 1} out
      </Button>
    </fieldset>
  )
}

/** How the change is proved beyond the host. */
export function ProofPart({
  wish,
  set,
  problem,
  whyNotHere,
  domain,
}: PartProps & { whyNotHere: string | null; domain: string | null }) {
  return (
    <Part title="How it is proved">
      <RadioCards
        label="A probe message goes"
        name="probe"
        value={wish.probe}
        onChange={(event) => set({ probe: probeOf(event.target.value) })}
        help="It is handed in on the host and takes the way of all mail, filters too. If it comes from the wrong address, everything is taken back."
        cards={[
          {
            value: 'pollux',
            label: 'To Pollux itself',
            help: whyNotHere ?? 'It opens port 25 for some seconds, for this one message, and sees address and name.',
            disabled: whyNotHere !== null,
          },
          { value: 'address', label: 'To a mailbox', help: 'Its address is read from the connections of the host.' },
          { value: 'none', label: 'Nowhere', help: 'Then nothing proves what others see.' },
        ]}
      />
      {wish.probe === 'address' ? (
        <TextField
          label="Mailbox"
          mono
          type="email"
          name="probeAddress"
          value={wish.probeAddress}
          onChange={(event) => set({ probeAddress: event.target.value })}
          error={wish.probeAddress === '' ? undefined : problem('probeAddress')}
          help="Elsewhere than on this host, such as postmaster@example.net."
        />
      ) : null}
      <TextField
        label="Domain that mail is sent for"
        optional
        mono
        name="domain"
        value={wish.domain}
        onChange={(event) => set({ domain: event.target.value })}
        placeholder={domain ?? undefined}
        spellCheck={false}
        error={problem('domain')}
        help="Its MX and SPF are looked up. What is wrong there is said, and undoes nothing."
      />
      <TextField
        label="DNS server to ask"
        optional
        mono
        name="dnsServer"
        value={wish.dnsServer}
        onChange={(event) => set({ dnsServer: event.target.value })}
        spellCheck={false}
        error={problem('dnsServer')}
        help="Empty: those of the machine that runs Pollux."
      />
    </Part>
  )
}

function probeOf(value: string): Wish['probe'] {
  return value === 'pollux' || value === 'address' ? value : 'none'
}
