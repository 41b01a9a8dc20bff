import { type Status, StatusMark } from '@/components/base/status-mark'
import { tellSpan } from '@/components/base/tell-time'
import type { OverdueVerdict } from '@/lib/catalog/rules'

const marks: Readonly<Record<OverdueVerdict['state'], Status>> = {
  'on time': 'ok',
  overdue: 'bad',
  'never good': 'bad',
  unknown: 'unknown',
}

/** Whether a backup is late by its own history; why, on hover. */
export function VerdictMark({ verdict }: { verdict: OverdueVerdict }) {
  return (
    <span title={verdict.because}>
      <StatusMark status={marks[verdict.state]}>{wordsOf(verdict)}</StatusMark>
    </span>
  )
}

function wordsOf({ state, late }: OverdueVerdict): string {
  if (state === 'overdue') return late === null ? 'Overdue' : `${tellSpan(late)} overdue`
  if (state === 'never good') return 'Never ended well'
  return state === 'on time' ? 'On time' : 'Can’t tell'
}
