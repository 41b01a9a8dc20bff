'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState, useTransition } from 'react'
import { Button } from '@/components/base/button'
import { SubmitButton } from '@/components/base/submit-button'
import { CheckField } from '@/components/form/check-field'
import { TextField } from '@/components/form/text-field'
import type { MaintenanceWindow } from '@/lib/inventory/maintenance-windows'
import { setWindowsAction } from '../../actions'
import { FormProblem } from '../../form-problem'

const dayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

/** From Monday on. */
const week = [1, 2, 3, 4, 5, 6, 0]

export interface WindowsFormProps {
  host: { id: string; name: string; version: number; windows: readonly MaintenanceWindow[] }
}

/** When the host may be worked on: the windows there are, and one more. */
export default function WindowsForm({ host }: WindowsFormProps) {
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  const [problem, setProblem] = useState<string | null>(null)
  const [days, setDays] = useState<readonly number[]>([])
  const [start, setStart] = useState('02:00')
  const [minutes, setMinutes] = useState('120')
  const [zone, setZone] = useState('UTC')
  const save = (windows: readonly MaintenanceWindow[]) =>
    startTransition(async () => {
      const answer = await setWindowsAction({ hostId: host.id, version: host.version, windows: [...windows] })
      setProblem(answer.ok ? null : answer.error.message)
      router.refresh()
    })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    save([...host.windows, { days: [...days].sort(), start, minutes: Number(minutes), zone: zone.trim() }])
  }
  const toggle = (day: number) =>
    setDays((before) => (before.includes(day) ? before.filter((each) => each !== day) : [...before, day]))
  return (
    <form onSubmit={onSubmit} noValidate aria-label="Maintenance windows">
      <ul className="mb-4">
        {host.windows.map((window, at) => (
          <li key={wordsOf(window)} className="mb-2">
            {wordsOf(window)}{' '}
            <Button
              sm
              onClick={() => save(host.windows.filter((_, index) => index !== at))}
              aria-label={`Remove ${wordsOf(window)}`}
            >
              Remove
            </Button>
          </li>
        ))}
      </ul>
      <fieldset className="field">
        <legend>Days</legend>
        <div className="flex flex-wrap gap-x-5">
          {week.map((day) => (
            <CheckField key={day} label={dayNames[day]} checked={days.includes(day)} onChange={() => toggle(day)} />
          ))}
        </div>
      </fieldset>
      <TextField label="From" type="time" value={start} onChange={(event) => setStart(event.target.value)} />
      <TextField
        label="For"
        inputMode="numeric"
        suffix="minutes"
        value={minutes}
        onChange={(event) => setMinutes(event.target.value)}
      />
      <TextField
        label="Time zone"
        help="As the system names it: Europe/Berlin, America/New_York, UTC."
        value={zone}
        onChange={(event) => setZone(event.target.value)}
      />
      <FormProblem>{problem}</FormProblem>
      <SubmitButton pending={isPending} pendingText="Saving">
        Add this window
      </SubmitButton>
    </form>
  )
}

function wordsOf({ days, start, minutes, zone }: MaintenanceWindow): string {
  return `${week.flatMap((day) => (days.includes(day) ? [dayNames[day]] : [])).join(', ')}, from ${start} for ${minutes} minutes, ${zone}`
}
