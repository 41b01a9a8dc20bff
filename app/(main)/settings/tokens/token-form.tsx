'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState, useTransition } from 'react'
import { CopyLine } from '@/app/(main)/hosts/copy-line'
import { FormProblem } from '@/app/(main)/hosts/form-problem'
import { splitTags } from '@/app/(main)/hosts/new/new-host-values'
import { useDraftForm } from '@/app/(main)/hosts/use-draft-form'
import { RelativeTime } from '@/components/base/relative-time'
import { SubmitButton } from '@/components/base/submit-button'
import { SelectField } from '@/components/form/select-field'
import { TextField } from '@/components/form/text-field'
import { Note } from '@/components/show/finding'
import type { Role } from '@/lib/auth/actor'
import { roleCards, roleOf } from '../users/role-words'
import { makeApiTokenAction } from './actions'

const empty = { name: '', role: 'viewer', tags: '', days: '90', password: '' }
const secret = ['password']

/** Makes a token for oneself, with a role not above the own one; it is shown once, below. */
export function TokenForm({ role }: { role: Role }) {
  const router = useRouter()
  const [isPending, start] = useTransition()
  const [made, setMade] = useState<{ token: string; expiresAt: Date } | null>(null)
  const form = useDraftForm({ key: 'api-token', initial: empty, secret })
  const cards = roleCards.slice(0, roleCards.findIndex((card) => card.value === role) + 1)
  const send = async () => {
    const { name, tags, days, password } = form.values
    const wish = { name, role: roleOf(form.values.role), tags: splitTags(tags), days, password }
    const answer = await makeApiTokenAction(wish)
    if (!answer.ok) return form.refuse(answer.error)
    form.clear()
    setMade(answer.data)
    router.refresh()
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    start(send)
  }
  return (
    <form onSubmit={onSubmit} noValidate aria-label="Make a token">
      <TextField label="What it is for" help="Stands behind your name in the record." {...form.field('name')} />
      <SelectField
        label="Role"
        help={cards.find((card) => card.value === form.values.role)?.help}
        options={cards.map(({ value, label }) => ({ value, label }))}
        {...form.field('role')}
      />
      <TextField
        label="Tags of the hosts"
        optional
        help="It touches hosts with one of these tags alone; without any, those that you may touch. It reads what you read."
        {...form.field('tags')}
      />
      <TextField label="Days that it holds" inputMode="numeric" help="At most 365." {...form.field('days')} />
      <TextField label="Your password" type="password" autoComplete="current-password" {...form.field('password')} />
      <FormProblem>{form.problem}</FormProblem>
      <SubmitButton kind="primary" pending={isPending} pendingText="Making the token">
        Make token
      </SubmitButton>
      {made ? (
        <div className="mt-4">
          <Note status="ok" title="The token, shown this once" live>
            <CopyLine text={made.token} label="the token" />
            <p className="mt-2">
              Give it to the program as <code>Authorization: Bearer …</code>, never in an address. It ends{' '}
              <RelativeTime at={made.expiresAt.getTime()} />.
            </p>
          </Note>
        </div>
      ) : null}
    </form>
  )
}
