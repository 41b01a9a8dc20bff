'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState, useTransition } from 'react'
import { FormProblem } from '@/app/(main)/hosts/form-problem'
import { useDraftForm } from '@/app/(main)/hosts/use-draft-form'
import { SubmitButton } from '@/components/base/submit-button'
import { TextField } from '@/components/form/text-field'
import type { HealthLimits } from '@/lib/catalog/rules'
import { setLimitsAction } from './actions'

const fields = [
  { name: 'errors', label: 'Errors', suffix: 'or more' },
  { name: 'mounts', label: 'Mounts', suffix: 'or more, tapes' },
  { name: 'writes', label: 'Writes', suffix: 'or more, tapes' },
  { name: 'ageDays', label: 'Age in days', suffix: 'or more, tapes' },
] as const

/** From which figures on a volume is worth a look; an empty field is not looked at. */
export function LimitsForm({ catalogId, limits }: { catalogId: string; limits: HealthLimits }) {
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  const [initial] = useState(() => ({
    errors: told(limits.errors),
    mounts: told(limits.mounts),
    writes: told(limits.writes),
    ageDays: told(limits.ageDays),
  }))
  const form = useDraftForm({ key: `limits-${catalogId}`, initial })
  const send = async () => {
    const answer = await setLimitsAction({ catalogId, ...form.values })
    if (!answer.ok) return form.refuse(answer.error)
    form.done()
    router.refresh()
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    startTransition(send)
  }
  return (
    <details className="opened mt-6">
      <summary>From which figures on a volume is worth a look</summary>
      <form onSubmit={onSubmit} noValidate aria-label="Limits of a volume's health" className="mt-3">
        <div className="limits-fields">
          {fields.map(({ name, label, suffix }) => (
            <TextField key={name} label={label} suffix={suffix} inputMode="numeric" optional {...form.field(name)} />
          ))}
        </div>
        <FormProblem>{form.problem}</FormProblem>
        <SubmitButton pending={isPending} pendingText="Keeping">
          Keep these limits
        </SubmitButton>
      </form>
    </details>
  )
}

function told(limit: number | null): string {
  return limit === null ? '' : String(limit)
}
