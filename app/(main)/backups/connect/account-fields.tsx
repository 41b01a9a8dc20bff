'use client'

import { CopyLine } from '@/app/(main)/hosts/copy-line'
import type { FormPart } from '@/app/(main)/hosts/field-props'
import { Button } from '@/components/base/button'
import { HostText } from '@/components/base/host-text'
import { LinkText } from '@/components/base/link-text'
import { RadioCards } from '@/components/form/radio-cards'
import { TextField } from '@/components/form/text-field'
import { Note } from '@/components/show/finding'
import { accountStatements } from '@/lib/agent/account-statements'
import type { AccountChange } from '@/lib/catalog/account/account-change'
import { asDialect, type ConnectValues } from './connect-values'

/** Who Pollux is to the database: an account that may only read, or where there is no other way the director's. */
export function AccountFields({
  form,
  owner,
  canUseDirectors,
  hasStored = false,
  made = null,
  plan = null,
}: {
  form: FormPart<keyof ConnectValues>
  /** The director's account. */
  owner: string | null
  canUseDirectors: boolean
  /** There is one already that can stay. */
  hasStored?: boolean
  /** A change that makes one on this host. */
  made?: AccountChange | null
  /** Plans the account as a change of the host; null where it is made by hand alone. */
  plan?: AccountPlanning | null
}) {
  const { values, field } = form
  const cards = [
    ...(made
      ? [
          {
            value: 'change',
            label: `The account ${made.login} of change #${made.changeId}`,
            help: made.isMade
              ? 'It may only read. Its password stays sealed.'
              : 'It is not made yet: approve the change, then come back.',
          },
        ]
      : []),
    ...(hasStored ? [{ value: 'stored', label: 'The one that is stored', help: 'Its login and password stay.' }] : []),
    {
      value: 'own',
      label: 'An account that may only read',
      help: 'Recommended. The database itself holds Pollux back.',
    },
    ...(canUseDirectors
      ? [
          {
            value: 'director',
            label: 'The account of the director',
            help: 'Its password is read on the host and sealed; nobody sees it.',
          },
        ]
      : []),
  ]
  return (
    <>
      {cards.length > 1 ? <RadioCards label="Account" {...field('accountKind')} cards={cards} /> : null}
      {values.accountKind === 'director' ? (
        <div className="mb-6 max-w-text">
          <Note status="warn" title="This account may write">
            {owner ? <HostText text={owner} /> : 'It'} owns the catalog. Pollux only ever asks, in a session that may
            only read where the server has one, but the database would not hold it back.
          </Note>
        </div>
      ) : null}
      {values.accountKind === 'own' ? (
        <>
          <TextField label="Login" mono {...field('login')} />
          <TextField
            label="Password"
            mono
            help="This one was made for you; type another where the account is there already. It is sealed when it arrives and never shown again."
            {...field('password')}
          />
          <Statements values={values} owner={owner} plan={plan} />
        </>
      ) : null}
      {values.accountKind === 'change' && made ? (
        <p className="mb-6 text-text-2">
          <LinkText href={`/changes/${made.changeId}`}>Change #{made.changeId}</LinkText> shows what made it, and takes
          it back.
        </p>
      ) : null}
    </>
  )
}

/** How the account is made by a change: on which host, and the button. */
export interface AccountPlanning {
  hostName: string
  isPending: boolean
  onPlan(): void
}

function Statements({
  values,
  owner,
  plan,
}: {
  values: ConnectValues
  owner: string | null
  plan: AccountPlanning | null
}) {
  const { dialect, database, login, password, address } = values
  const { program, statements } = accountStatements({
    ...{ dialect: asDialect(dialect), database, login, password, address, owner },
  })
  const isAnywhere = statements.some((statement) => statement.includes("@'%'"))
  return (
    <section className="mb-6 max-w-text" aria-label="Statements that make the account">
      {plan ? (
        <div className="mb-4">
          <p className="mb-2 text-text-2">
            Where the account is not there yet, a change makes it on <HostText text={plan.hostName} max={80} />: planned
            and shown first, proved, and taken back with one press.
          </p>
          <Button onClick={plan.onPlan} disabled={plan.isPending}>
            {plan.isPending ? 'Planning' : 'Plan the account'}
          </Button>
        </div>
      ) : null}
      <p className="mb-2 text-text-2">
        {plan ? 'Or an' : 'Where the account is not there yet, an'} administrator of the database makes it with these,
        in <span className="mono">{program}</span>:
      </p>
      <CopyLine text={statements.join('\n')} label="the statements" lines />
      {isAnywhere ? (
        <p className="mt-2 text-12 text-text-2">
          Instead of % put the address from which the connection comes, if it is always the same.
        </p>
      ) : null}
    </section>
  )
}
