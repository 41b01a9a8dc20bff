'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { FormProblem } from '@/app/(main)/hosts/form-problem'
import { Button } from '@/components/base/button'
import { Mark } from '@/components/base/status-mark'
import { addSampleAction } from './actions'

/** Makes a sample catalog and goes to it. */
export function SampleButton({ primary = false }: { primary?: boolean }) {
  const router = useRouter()
  const [isPending, start] = useTransition()
  const [problem, setProblem] = useState<string | null>(null)
  const press = () =>
    start(async () => {
      const answer = await addSampleAction({})
      if (answer.ok) router.push(`/backups/connect?done=${answer.data.catalogId}`)
      else setProblem(answer.error.message)
    })
  return (
    <>
      <FormProblem>{problem}</FormProblem>
      <Button
        kind={primary ? 'primary' : 'plain'}
        aria-disabled={isPending || undefined}
        onClick={() => isPending || press()}
      >
        {isPending ? <Mark status="running" /> : null}
        {isPending ? 'Making the sample' : primary ? 'Make the sample' : 'Look at a sample'}
      </Button>
    </>
  )
}
