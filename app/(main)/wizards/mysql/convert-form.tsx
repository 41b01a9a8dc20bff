'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import type { OfferedTable } from '@/agents/mysql/view'
import { Button } from '@/components/base/button'
import { WizardBar } from '@/components/change/wizard-rail'
import { Note } from '@/components/show/finding'
import { planChangeAction } from '../../changes/actions'
import { useKeptDraft } from '../use-kept-draft'
import { MyisamTables } from './myisam-tables'
import { bytesText } from './texts'

const MOST = 50

/** The wizard's form for tables of MyISAM's: which of them become tables of InnoDB's. */
export function ConvertForm({
  host,
  server,
  tables,
  freeBytes,
  first,
}: {
  host: { id: string; name: string }
  server: string
  tables: readonly OfferedTable[]
  freeBytes: number | null
  first: readonly string[]
}) {
  const router = useRouter()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(first))
  const [answer, setAnswer] = useState<{ status: 'bad' | 'info'; title: string; text: string } | null>(null)
  const [isPlanning, start] = useTransition()
  const picked = tables.filter((table) => chosen.has(keyOf(table)))
  const desired = {
    kind: 'convert' as const,
    server,
    tables: picked.map(({ schema, name }) => ({ schema, name })),
  }
  const draft = useKeptDraft('mysql', desired)
  const toggle = (key: string) =>
    setChosen((before) => {
      const after = new Set(before)
      if (!after.delete(key)) after.add(key)
      return after
    })
  const plan = () =>
    start(async () => {
      const result = await planChangeAction({ agentId: 'mysql', desired, hostIds: [host.id] })
      if (!result.ok) setAnswer({ status: 'bad', title: 'No plan came of this', text: result.error.message })
      else if ('nothingToDo' in result.data)
        setAnswer({ status: 'info', title: 'Nothing to do', text: result.data.nothingToDo })
      else router.push(`/wizards/mysql?change=${result.data.changeId}`)
    })
  const needed = picked.reduce((sum, { needsBytes }) => sum + needsBytes, 0)
  const why =
    picked.length > MOST
      ? `At most ${MOST} tables are converted at once.`
      : freeBytes !== null && needed > freeBytes
        ? `That may need ${bytesText(needed)}, and ${bytesText(freeBytes)} are free: choose fewer at once.`
        : null

  return (
    <form action={plan}>
      <MyisamTables tables={tables} chosen={chosen} onToggle={toggle} keyOf={keyOf} />
      {answer ? (
        <div className="mt-3">
          <Note status={answer.status} title={answer.title} live>
            {answer.text}
          </Note>
        </div>
      ) : null}
      <WizardBar
        title={summary(host.name, picked.length, needed)}
        actions={
          <Button
            kind="primary"
            type="submit"
            disabled={isPlanning || picked.length === 0 || why !== null}
            aria-busy={isPlanning}
          >
            {isPlanning ? 'Reading and planning' : 'Show the plan'}
          </Button>
        }
      >
        {why ?? draft}
      </WizardBar>
    </form>
  )
}

/** Names have no control characters. */
function keyOf({ schema, name }: { schema: string; name: string }): string {
  return `${schema}\n${name}`
}

function summary(host: string, count: number, needed: number): string {
  if (count === 0) return 'No table is chosen yet.'
  return `${count} ${count === 1 ? 'table' : 'tables'} on ${host}, with room for up to ${bytesText(needed)}.`
}
