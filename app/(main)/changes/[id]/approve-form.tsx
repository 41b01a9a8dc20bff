'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState, useTransition } from 'react'
import { ExactTime } from '@/components/base/exact-time'
import { SubmitButton } from '@/components/base/submit-button'
import { RadioCards } from '@/components/form/radio-cards'
import { SelectField } from '@/components/form/select-field'
import { TextField } from '@/components/form/text-field'
import { Note } from '@/components/show/finding'
import { approveChangeAction } from '../actions'

type Kind = 'now' | 'at' | 'window'

export interface ApproveFormProps {
  changeId: number
  digest: string
  canaries: readonly { id: string; name: string }[]
  /** The hosts' next common maintenance window, in ms. */
  window: { from: number; until: number } | null
  /** Why there is none. */
  windowRefusal: string | null
}

/** When an approved change begins, and whether one host goes first. */
export default function ApproveForm({ changeId, digest, canaries, window, windowRefusal }: ApproveFormProps) {
  const router = useRouter()
  const [kind, setKind] = useState<Kind>('now')
  const [at, setAt] = useState('')
  const [canaryId, setCanaryId] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [isPending, start] = useTransition()
  const time = new Date(at)
  const isTime = !Number.isNaN(time.getTime())
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    start(async () => {
      setProblem(null)
      if (kind === 'at' && !isTime) return setProblem('Choose a day and a time.')
      const when = kind === 'at' ? { kind, at: time.toISOString() } : { kind }
      const answer = await approveChangeAction({ changeId, digest, when, canaryId: canaryId || null })
      if (!answer.ok) setProblem(answer.error.message)
      router.refresh()
    })
  }
  return (
    <form onSubmit={onSubmit} noValidate aria-label="Approve for a time" className="mt-4">
      <RadioCards
        label="Begin"
        name="when"
        value={kind}
        onChange={(event) => setKind(kindOf(event.target.value))}
        cards={[
          { value: 'now', label: 'At once', help: 'Or as soon as the hosts are free.' },
          { value: 'at', label: 'At a time', help: 'The approval holds for 15 minutes from then.' },
          {
            value: 'window',
            label: 'In the maintenance window',
            help: window ? (
              <>
                From <ExactTime at={window.from} /> until <ExactTime at={window.until} />.
              </>
            ) : (
              windowRefusal
            ),
            disabled: !window,
          },
        ]}
      />
      {kind === 'at' ? (
        <TextField
          label="Day and time"
          type="datetime-local"
          value={at}
          onChange={(event) => setAt(event.target.value)}
          help={isTime ? <ExactTime at={time.getTime()} /> : 'In your own time zone.'}
        />
      ) : null}
      {canaries.length > 0 ? (
        <SelectField
          label="Try it first on"
          help="It goes through the whole change there, its proof included; the others begin only when that ended well."
          value={canaryId}
          onChange={(event) => setCanaryId(event.target.value)}
          options={[
            { value: '', label: 'No host: all together' },
            ...canaries.map(({ id, name }) => ({ value: id, label: `${name}, then the rest` })),
          ]}
        />
      ) : null}
      {problem ? (
        <Note status="bad" title="That did not go" live>
          {problem}
        </Note>
      ) : null}
      <SubmitButton pending={isPending} pendingText="Approving">
        {approveWords[kind]}
      </SubmitButton>
    </form>
  )
}

const approveWords: Readonly<Record<Kind, string>> = {
  now: 'Approve, begin at once',
  at: 'Approve for this time',
  window: 'Approve for the window',
}

function kindOf(text: string): Kind {
  return text === 'at' || text === 'window' ? text : 'now'
}
