'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { Button } from '@/components/base/button'
import { EmptyState } from '@/components/show/empty-state'
import { Note } from '@/components/show/finding'
import { planChangeAction } from '../../changes/actions'
import type { MailHostView } from './wish'

/** A host without Postfix: why nothing can be changed, and its installation where that can be planned. */
export function InstallOffer({ host }: { host: MailHostView }) {
  const router = useRouter()
  const [problem, setProblem] = useState<string | null>(null)
  const [isPlanning, start] = useTransition()
  const plan = () =>
    start(async () => {
      const desired = { operation: 'install', hostId: host.hostId }
      const result = await planChangeAction({ agentId: 'postfix', desired, hostIds: [host.hostId] })
      if (!result.ok) setProblem(result.error.message)
      else if ('nothingToDo' in result.data) setProblem(result.data.nothingToDo)
      else router.push(`/wizards/postfix?change=${result.data.changeId}`)
    })
  if (!host.canInstall)
    return (
      <Note status="warn" title="Nothing can be changed here">
        {host.whyNot}
      </Note>
    )
  return (
    <>
      <EmptyState
        title={`${host.name} has no Postfix`}
        actions={
          <Button kind="primary" onClick={plan} disabled={isPlanning} aria-busy={isPlanning}>
            {isPlanning ? 'Reading and planning' : 'Plan its installation'}
          </Button>
        }
      >
        Pollux installs it from the packages of the host, as a change of its own. Which address it uses is the next one.
      </EmptyState>
      {problem ? (
        <Note status="bad" title="No plan came of this" live>
          {problem}
        </Note>
      ) : null}
    </>
  )
}
