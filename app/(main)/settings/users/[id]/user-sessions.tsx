'use client'

import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { Button } from '@/components/base/button'
import { RelativeTime } from '@/components/base/relative-time'
import { showToast } from '@/components/overlay/toast'
import { type Column, DataTable } from '@/components/table/data-table'
import { browserName } from '@/lib/users/browser-name'
import type { SessionRow } from '@/lib/users/list-sessions'
import { endSessionsAction } from '../actions'

/** Where the user is signed in, and the end of it. */
export function UserSessions({
  userId,
  name,
  sessions,
}: {
  userId: string
  name: string
  sessions: readonly SessionRow[]
}) {
  const router = useRouter()
  const [isPending, start] = useTransition()
  const end = (sessionId: string | null) =>
    start(async () => {
      const answer = await endSessionsAction({ userId, sessionId })
      if (!answer.ok) showToast({ status: 'bad', text: answer.error.message })
      else showToast({ status: 'ok', text: sessionId ? 'The session has ended' : `${name} is signed in nowhere` })
      router.refresh()
    })
  if (sessions.length === 0) return <p className="text-text-2">{name} is signed in nowhere.</p>
  const columns: readonly Column<SessionRow>[] = [
    {
      id: 'browser',
      head: 'Browser',
      cell: (row) => <span title={row.userAgent}>{browserName(row.userAgent)}</span>,
    },
    { id: 'since', head: 'Signed in', cell: (row) => <RelativeTime at={row.signedInAt.getTime()} still /> },
    {
      id: 'end',
      head: <span className="sr-only">What can be done</span>,
      number: true,
      cell: (row) => (
        <Button
          sm
          disabled={isPending}
          aria-label={`End the session in ${browserName(row.userAgent)}`}
          onClick={() => end(row.id)}
        >
          End session
        </Button>
      ),
    },
  ]
  return (
    <>
      <DataTable label={`Sessions of ${name}`} columns={columns} rows={sessions} rowId={(row) => row.id} />
      <p className="mt-3">
        <Button disabled={isPending} onClick={() => end(null)}>
          End all sessions
        </Button>
      </p>
    </>
  )
}
