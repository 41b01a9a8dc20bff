'use client'

import { useState, useTransition } from 'react'
import { CopyLine } from '@/app/(main)/hosts/copy-line'
import { Button, ButtonLink } from '@/components/base/button'
import { LinkText } from '@/components/base/link-text'
import { Note } from '@/components/show/finding'
import type { NewSecondFactor } from '@/lib/users/begin-second-factor'
import { DoorForm } from '../door-form'
import { beginSecondFactorAction, confirmSecondFactorAction } from './actions'
import { QrCode } from './qr-code'
import { RecoveryCodes } from './recovery-codes'

/** First the QR code, then a code of the app, then the recovery codes. */
export function SetUp({ isSetUp }: { isSetUp: boolean }) {
  const [made, setMade] = useState<NewSecondFactor | null>(null)
  const [codes, setCodes] = useState<string[] | null>(null)
  if (codes)
    return (
      <>
        <RecoveryCodes codes={codes} title="Your second factor is set up" />
        <p className="mt-4">
          <ButtonLink kind="primary" href="/" prefetch={false}>
            I have kept them
          </ButtonLink>
        </p>
      </>
    )
  if (isSetUp)
    return (
      <p>
        You have one. It is turned off, and new recovery codes are made, under <LinkText href="/settings">You</LinkText>
        .
      </p>
    )
  return made ? <Confirm made={made} onDone={setCodes} /> : <Begin onDone={setMade} />
}

function Begin({ onDone }: { onDone: (made: NewSecondFactor) => void }) {
  const [problem, setProblem] = useState<string | null>(null)
  const [isPending, start] = useTransition()
  const begin = () =>
    start(async () => {
      const answer = await beginSecondFactorAction({})
      if (answer.ok) onDone(answer.data)
      else setProblem(answer.error.message)
    })
  return (
    <>
      {problem ? (
        <div className="mb-4">
          <Note status="bad" title="That did not go" live>
            {problem}
          </Note>
        </div>
      ) : null}
      <Button kind="primary" onClick={begin} disabled={isPending} aria-busy={isPending}>
        Show the QR code
      </Button>
    </>
  )
}

function Confirm({ made, onDone }: { made: NewSecondFactor; onDone: (codes: string[]) => void }) {
  return (
    <>
      <QrCode drawing={made.qr} />
      <p className="text-text-2 mt-3">Read it with your authenticator app, or give the app this key:</p>
      <p className="mt-1 mb-5">
        <CopyLine text={made.secret} label="the key" />
      </p>
      <DoorForm
        focused
        fields={[
          {
            name: 'code',
            label: 'Code',
            type: 'text',
            autoComplete: 'one-time-code',
            help: 'The six digits that the app shows now.',
          },
          { name: 'password', label: 'Your password', type: 'password', autoComplete: 'current-password' },
        ]}
        submit="Turn it on"
        send={({ code = '', password = '' }) => confirmSecondFactorAction({ code, password })}
        onDone={(_, { recoveryCodes }) => onDone(recoveryCodes)}
      />
    </>
  )
}
