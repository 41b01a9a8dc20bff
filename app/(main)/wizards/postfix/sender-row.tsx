'use client'

import { Button } from '@/components/base/button'
import { SelectField } from '@/components/form/select-field'
import { TextField } from '@/components/form/text-field'
import { type PartProps, sourceOptions } from './parts'
import type { SenderWish } from './wish'

/** One sender, or all of a domain, with what its mail leaves by. */
export default function SenderRow({ at, sender, ...props }: PartProps & { at: number; sender: SenderWish }) {
  const { host, instance, wish, set, problem, conflict } = props
  const change = (part: Partial<SenderWish>) =>
    set({ senders: wish.senders.map((one, place) => (place === at ? { ...one, ...part } : one)) })
  const field = (name: keyof SenderWish) => ({
    name: `senders.${at}.${name}`,
    value: sender[name],
    onChange: (event: { target: { value: string } }) => change({ [name]: event.target.value }),
    // A row that was only just added is not called wrong.
    error: sender.pattern === '' ? undefined : problem(`senders.${at}.${name}`),
    warn: conflict(`senders.${at}.${name}`),
  })
  const options = (family: 4 | 6, chosen: string) => sourceOptions(host, wish, family, chosen, 'As all other mail')
  return (
    <fieldset className="mb-4">
      <legend className="sr-only">Sender {at + 1}</legend>
      <TextField
        label={`Sender ${at + 1}`}
        mono
        spellCheck={false}
        help="ada@example.org, or @example.org for all of a domain."
        {...field('pattern')}
      />
      <SelectField label="Its address over IPv4" options={options(4, sender.source4)} {...field('source4')} />
      {instance.can.ipv6 ? (
        <SelectField label="Its address over IPv6" options={options(6, sender.source6)} {...field('source6')} />
      ) : null}
      <TextField label="Its name in HELO" optional mono spellCheck={false} {...field('helo')} />
      <Button onClick={() => set({ senders: wish.senders.filter((_, place) => place !== at) })}>
        Leave sender {at + 1} out
      </Button>
    </fieldset>
  )
}
