'use client'

import { CopyLine } from '@/app/(main)/hosts/copy-line'
import type { FormPart } from '@/app/(main)/hosts/field-props'
import { HostText } from '@/components/base/host-text'
import { LinkText } from '@/components/base/link-text'
import { RadioCards } from '@/components/form/radio-cards'
import { TextField } from '@/components/form/text-field'
import { Note } from '@/components/show/finding'
import { accountStatements } from '@/lib/catalog/find/account-statements'
import { asDialect, type ConnectValues } from './connect-values'

/** Who Pollux is to the database: an account that may only read, or where there is no other way the director's. */
export function AccountFields({
  form,
  owner,
  canUseDirectors,
  hasStored = false,
  planHref,
}: {
  form: FormPart<keyof ConnectValues>
  /** The director's account. */
  owner: string | null
  canUseDirectors: boolean
  /** There is one already that can stay. */
  hasStored?: boolean
  /** Where the account is planned as a change of the host; null where it is made by hand. */
  planHref: string | null
}) {
  const { values, field } = form
  const cards = [
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
          <Statements values={values} owner={owner} planHref={planHref} />
        </>
      ) : null}
    </>
  )
}

function Statements({
  values,
  owner,
  planHref,
}: {
  values: ConnectValues
  owner: string | null
  planHref: string | null
}) {
  const { dialect, database, login, password, address } = values
  const { program, statements } = accountStatements({
    ...{ dialect: asDialect(dialect), database, login, password, address, owner },
  })
  const isAnywhere = statements.some((statement) => statement.includes("@'%'"))
  return (
    <section className="mb-6 max-w-text" aria-label="Statements that make the account">
      <p className="mb-2 text-text-2">
        Where the account is not there yet, an administrator of the database makes it with these, in{' '}
        <span className="mono">{program}</span>:
      </p>
      <CopyLine text={statements.join('\n')} label="the statements" lines />
      {isAnywhere ? (
        <p className="mt-2 text-12 text-text-2">
          Instead of % put the address from which the connection comes, if it is always the same.
        </p>
      ) : null}
      {planHref ? (
        <p className="mt-2">
          Or <LinkText href={planHref}>plan it as a change of the host</LinkText>, with its undo.
        </p>
      ) : null}
    </section>
  )
}
