'use client'

import { CheckField } from '@/components/form/check-field'
import { RadioCards } from '@/components/form/radio-cards'
import { SelectField } from '@/components/form/select-field'
import { TextField } from '@/components/form/text-field'
import { Part, type PartProps, Suggestions, sourceOptions } from './parts'
import { namesFor } from './suggested'
import type { Wish } from './wish'

/** What outgoing mail leaves from. */
export function SourcePart(props: PartProps) {
  const { host, instance, wish, set, conflict } = props
  const any = 'Any: the kernel chooses'
  return (
    <Part title="What it sends from">
      <SelectField
        label="Over IPv4"
        name="source4"
        value={wish.source4}
        onChange={(event) => set({ source4: event.target.value })}
        options={sourceOptions(host, wish, 4, wish.source4, any)}
        warn={conflict('source4')}
      />
      {instance.can.ipv6 ? (
        <>
          <SelectField
            label="Over IPv6"
            name="source6"
            value={wish.source6}
            onChange={(event) => set({ source6: event.target.value })}
            options={sourceOptions(host, wish, 6, wish.source6, any)}
            warn={conflict('source6')}
          />
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
              ...(wish.source6 === '' ? [{ value: 'never', label: 'Are never reached over IPv6' }] : []),
            ]}
          />
        </>
      ) : null}
      {wish.source4 !== '' || wish.source6 !== '' ? <BoundFields {...props} /> : null}
    </Part>
  )
}

/** What else is to be said once there is a source. */
function BoundFields({ host, instance, wish, set, problem }: PartProps) {
  const toggle = (key: string, isOn: boolean) =>
    set({ clients: isOn ? [...wish.clients, key] : wish.clients.filter((one) => one !== key) })
  return (
    <>
      {instance.can.enforce ? (
        <CheckField
          label="Rather keep mail back than send it from another address"
          name="enforce"
          checked={wish.enforce}
          onChange={(event) => set({ enforce: event.target.checked })}
          help="While the address is gone, mail waits in the queue."
        />
      ) : (
        <p className="mb-4 text-text-2">
          While the address is gone, Postfix {host.version} sends from another one and says so in its log. From 3.7 on
          it can keep mail back.
        </p>
      )}
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
  )
}

function sixthOf(value: string): Wish['sixth'] {
  return value === 'never' || value === 'prefer-ipv4' ? value : 'any'
}

interface NamesProps {
  /** Why the names of some addresses are not known; null when they are. */
  whyNoNames: string | null
}

/** The name that other servers are told, with names that would fit. */
export function NamePart({ host, instance, wish, set, problem, conflict, whyNoNames }: PartProps & NamesProps) {
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
        warn={conflict('helo')}
        help="Other servers expect it to be the name of the address, and to lead back to it. Empty: the server's own name."
      />
      <Suggestions list={namesFor(host, instance, wish)} onUse={(helo) => set({ helo })} />
      {whyNoNames ? <p className="field field-help">{whyNoNames}</p> : null}
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
