'use client'

import { useState } from 'react'
import type { AccountOffer } from '@/agents/mysql/view'
import { WizardBar } from '@/components/change/wizard-rail'
import { RadioCards } from '@/components/form/radio-cards'
import { TextField } from '@/components/form/text-field'
import { useKeptDraft } from '../use-kept-draft'
import { PlanButton, usePlanning } from '../use-planning'

type May = 'read' | 'tune' | 'nothing'

/** The wizard's form for Pollux's own account. The administrator's password is in no draft. */
export function AccountForm({
  host,
  server,
  now,
  first,
}: {
  host: { id: string; name: string }
  server: string
  now: AccountOffer['now']
  first: { may: May; name: string } | null
}) {
  const [may, setMay] = useState<May>(first?.may ?? 'read')
  const [name, setName] = useState(first?.name ?? 'root')
  const [password, setPassword] = useState('')
  const wishWith = (secret: string) => ({
    kind: 'account' as const,
    server,
    may,
    admin: name.trim() === '' ? null : { name: name.trim(), password: secret },
  })
  const draft = useKeptDraft('mysql', wishWith(''))
  const { plan, answer, isPlanning } = usePlanning('mysql', [host.id])

  return (
    <form action={() => plan(password === '' ? { ...wishWith(''), admin: null } : wishWith(password))}>
      <RadioCards
        label="What the account may do"
        name="may"
        value={may}
        onChange={(event) => setMay(event.target.value as May)}
        cards={[
          { value: 'read', label: 'Reads only', help: 'Tuning takes a restart of the server then.' },
          { value: 'tune', label: 'Reads and tunes', help: 'Sets values in the running server, too.' },
          ...(now === 'nothing'
            ? []
            : [{ value: 'nothing', label: 'Take it away', help: 'The account and its file are removed.' }]),
        ]}
        help="Tables are converted by root alone: no account whose password lies on a disk should be able to drop them."
      />
      <TextField
        label="Administrator of the server"
        name="admin"
        mono
        value={name}
        onChange={(event) => setName(event.target.value)}
        help="Makes the account, this once."
      />
      <TextField
        label="Password of the administrator"
        name="adminPassword"
        type="password"
        autoComplete="off"
        optional
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        help="Forgotten when the change has ended. Empty where root is let in without one, or by /root/.my.cnf."
      />
      {answer}
      <WizardBar title={summary(host.name, may)} actions={<PlanButton isPlanning={isPlanning} />}>
        {draft}
      </WizardBar>
    </form>
  )
}

function summary(name: string, may: May): string {
  if (may === 'nothing') return `No account of Pollux’s on ${name} any more.`
  return `An account on ${name} that ${may === 'read' ? 'may only read' : 'reads and tunes'}.`
}
