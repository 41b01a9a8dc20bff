'use client'

import { RadioCards } from '@/components/form/radio-cards'
import { TextField } from '@/components/form/text-field'
import { Part, type PartProps, Suggestions } from './parts'
import { domainsFor } from './suggested'
import type { Wish } from './wish'

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
          ...(instance.can.wait
            ? [
                {
                  value: 'wait',
                  label: 'Waits for it',
                  help: 'A minute before each start, then tries again every 15 seconds.',
                },
              ]
            : []),
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

/** Who sees a message of the host before the change stands. */
export function ProofPart({ wish, set, problem, whyNotHere }: PartProps & { whyNotHere: string | null }) {
  return (
    <Part title="How it is proved">
      <p className="mb-3 text-text-2">
        The probe is handed in on the host and takes the way of all mail, filters too. If it comes from the wrong
        address, everything is taken back.
      </p>
      <RadioCards
        label="A probe message goes"
        name="probe"
        value={wish.probe}
        onChange={(event) => set({ probe: probeOf(event.target.value) })}
        help={whyNotHere === null ? undefined : `Not to Pollux itself. ${whyNotHere}`}
        cards={[
          ...(whyNotHere === null
            ? [
                {
                  value: 'pollux',
                  label: 'To Pollux itself',
                  help: 'It opens port 25 for some seconds, for this one message, and sees address and name.',
                },
              ]
            : []),
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
    </Part>
  )
}

/** What is looked up beside it. */
export function DnsPart({ instance, wish, set, problem }: PartProps) {
  return (
    <Part title="What the DNS says of it">
      <TextField
        label="Domain that mail is sent for"
        optional
        mono
        name="domain"
        value={wish.domain}
        onChange={(event) => set({ domain: event.target.value })}
        spellCheck={false}
        error={problem('domain')}
        help="Its MX and SPF are looked up beside the name of the address. What is wrong there is said, and undoes nothing."
      />
      <Suggestions list={domainsFor(instance, wish)} onUse={(domain) => set({ domain })} />
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
