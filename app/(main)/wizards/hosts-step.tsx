import { ButtonLink } from '@/components/base/button'
import { SubmitButton } from '@/components/base/submit-button'
import { WizardBar } from '@/components/change/wizard-rail'
import { CheckField } from '@/components/form/check-field'
import { RadioCards } from '@/components/form/radio-cards'
import { EmptyState } from '@/components/show/empty-state'
import type { Candidate } from '@/lib/changes/list-candidates'
import type { WizardWords } from './wizard-page'

/** The first step: which hosts. A plain GET form, so that the choice lives in the address. */
export function HostsStep({
  words,
  hosts,
  chosen,
  keeps,
}: {
  words: Pick<WizardWords, 'id' | 'reads' | 'hostsNote' | 'single'>
  hosts: readonly Candidate[]
  chosen: readonly string[]
  /** What else the address keeps, by its names. */
  keeps: readonly (readonly [name: string, value: string])[]
}) {
  if (hosts.length === 0)
    return (
      <EmptyState title="No host yet" actions={<ButtonLink href="/hosts/new">Add a host</ButtonLink>}>
        A wizard works on hosts of the inventory.
      </EmptyState>
    )
  return (
    <form action={`/wizards/${words.id}`}>
      {keeps.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {words.single && chosen.length > 1 ? (
        <p className="mb-4">
          {chosen.length} hosts were chosen. This wizard works on one at a time; the first is offered.
        </p>
      ) : null}
      <fieldset>
        <legend className="sr-only">Hosts</legend>
        {words.single ? <OneHost hosts={hosts} chosen={chosen} /> : null}
        {/* A member that nothing can be changed on now is still one: it does not leave because its box cannot be sent. */}
        {keeps.length > 0
          ? hosts
              .filter(({ id, whyNot }) => whyNot !== null && chosen.includes(id))
              .map(({ id }) => <input key={id} type="hidden" name="hosts" value={id} />)
          : null}
        {(words.single ? [] : hosts).map((host) => (
          <CheckField
            key={host.id}
            label={host.name}
            help={host.whyNot ?? host.address}
            name="hosts"
            value={host.id}
            defaultChecked={chosen.includes(host.id)}
            disabled={host.whyNot !== null}
          />
        ))}
      </fieldset>
      <WizardBar
        title={`Reads the ${words.reads} of the chosen ${words.single ? 'host' : 'hosts'}.`}
        actions={
          <SubmitButton kind="primary">
            Read {words.single ? 'its' : 'their'} {words.reads}
          </SubmitButton>
        }
      >
        {words.hostsNote}
      </WizardBar>
    </form>
  )
}

/** Of several that were chosen elsewhere the first is offered. */
function OneHost({ hosts, chosen }: { hosts: readonly Candidate[]; chosen: readonly string[] }) {
  const able = hosts.filter((host) => host.whyNot === null)
  const first = able.find((host) => chosen.includes(host.id)) ?? able[0]
  return (
    <RadioCards
      label="Host"
      name="hosts"
      defaultValue={first?.id}
      cards={hosts.map((host) => ({
        value: host.id,
        label: host.name,
        help: host.whyNot ?? host.address,
        disabled: host.whyNot !== null,
      }))}
    />
  )
}
