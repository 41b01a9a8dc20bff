import type { HostChoice } from '@/app/(main)/hosts/field-props'
import { SubmitButton } from '@/components/base/submit-button'
import { WizardBar } from '@/components/change/wizard-rail'
import { RadioCards } from '@/components/form/radio-cards'
import { SelectField } from '@/components/form/select-field'

/** The first step. A plain GET form, so that the choice lives in the address. */
export function WhereStep({ hosts, needsHost }: { hosts: readonly HostChoice[]; needsHost: boolean }) {
  const isEmpty = hosts.length === 0
  return (
    <form action="/backups/connect" className="group">
      <RadioCards
        label="How it is reached"
        name="way"
        defaultValue={isEmpty ? 'direct' : 'host'}
        cards={[
          {
            value: 'host',
            label: 'On a host of the inventory, by SSH',
            help: isEmpty
              ? 'There is no host in the inventory yet.'
              : 'Pollux looks for the director there and offers what it reads. The database’s port is never opened.',
            disabled: isEmpty,
          },
          {
            value: 'direct',
            label: 'Over the network',
            help: 'MySQL, MariaDB or PostgreSQL, at an address that this machine reaches.',
          },
          {
            value: 'file',
            label: 'An SQLite file beside Pollux',
            help: 'On the machine that Pollux runs on, such as a copy.',
          },
          {
            value: 'sample',
            label: 'A sample',
            help: 'A year of backups that Pollux makes up, to look around. It is marked as a sample everywhere.',
          },
        ]}
      />
      {isEmpty ? null : (
        <div className="hidden group-has-[input[value=host]:checked]:block">
          <SelectField
            label="Host of the director"
            name="host"
            help="Where bacula-dir or bareos-dir runs."
            error={needsHost ? 'Choose a host.' : undefined}
            options={[
              { value: '', label: 'Choose one' },
              ...hosts.map((host) => ({ value: host.id, label: host.name })),
            ]}
          />
        </div>
      )}
      <WizardBar title="Nothing is changed anywhere." actions={<SubmitButton kind="primary">Go on</SubmitButton>}>
        On a host its configuration is read once.
      </WizardBar>
    </form>
  )
}
