'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { HostText } from '@/components/base/host-text'
import { StatusMark } from '@/components/base/status-mark'
import { SubmitButton } from '@/components/base/submit-button'
import { Note } from '@/components/show/finding'
import type { ConnectionReport, ConnectionStage, StageReport } from '@/lib/ssh/types'
import { testHostConnectionAction } from './actions'
import { LegacySuggestion } from './legacy-suggestion'

export interface TestedHost {
  id: string
  name: string
  version: number
}

/** Tries every stage of reaching and entering a host, and shows each with what was found or what to do. */
export function ConnectionTest({
  host,
  mayEdit,
  primary = false,
  onEnd,
}: {
  host: TestedHost
  mayEdit: boolean
  primary?: boolean
  onEnd?: (isFine: boolean) => void
}) {
  const router = useRouter()
  const [isPending, startTransition] = useTransition()
  const [report, setReport] = useState<ConnectionReport | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const test = () =>
    startTransition(async () => {
      const answer = await testHostConnectionAction({ hostId: host.id })
      setProblem(answer.ok ? null : answer.error.message)
      setReport(answer.ok ? answer.data : null)
      onEnd?.(answer.ok && answer.data.ok)
      router.refresh()
    })
  return (
    <div className="max-w-text">
      <form action={test} className="mb-4">
        <SubmitButton kind={primary ? 'primary' : undefined} pending={isPending} pendingText="Testing the connection">
          Test the connection
        </SubmitButton>
      </form>
      {problem ? (
        <Note status="bad" title={`The connection to ${host.name} was not tested`} live>
          {problem}
        </Note>
      ) : null}
      {report ? <Report report={report} name={host.name} /> : null}
      {report?.suggestedProfile === 'legacy' ? (
        <LegacySuggestion host={host} missing={report.missingAlgorithms} mayEdit={mayEdit} />
      ) : null}
    </div>
  )
}

function Report({ report, name }: { report: ConnectionReport; name: string }) {
  const seconds = (report.durationMs / 1000).toFixed(1)
  return (
    <section aria-live="polite" className="mb-4">
      <p className="mb-2 font-medium">
        {report.ok ? `${name} was entered, ${seconds} s.` : `${name} was not entered, ${seconds} s.`}
      </p>
      <table className="data-table" aria-label="Stages of the connection">
        <tbody>
          {report.stages.map((stage) => (
            <tr key={stage.stage}>
              <th scope="row" className="nowrap">
                <StatusMark status={marks[stage.state]}>{stageWords[stage.stage]}</StatusMark>
              </th>
              <td className="text-text-2">
                {stage.state === 'not-reached' ? 'not tried' : <HostText text={stage.message} max={600} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const marks: Readonly<Record<StageReport['state'], 'ok' | 'bad' | 'waiting'>> = {
  ok: 'ok',
  failed: 'bad',
  'not-reached': 'waiting',
}

const stageWords: Readonly<Record<ConnectionStage, string>> = {
  name: 'Name',
  route: 'Route',
  port: 'Port',
  'key-exchange': 'Key exchange',
  'host-key': 'Host key',
  login: 'Login',
  privilege: 'Privilege',
  shell: 'Shell',
}
