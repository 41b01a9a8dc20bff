'use client'

import { useState } from 'react'
import type { OfferedTable } from '@/agents/mysql/view'
import { WizardBar } from '@/components/change/wizard-rail'
import { useKeptDraft } from '../use-kept-draft'
import { PlanButton, usePlanning } from '../use-planning'
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
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(first))
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
  const { plan, answer, isPlanning } = usePlanning('mysql', [host.id])
  const needed = picked.reduce((sum, { needsBytes }) => sum + needsBytes, 0)
  const why =
    picked.length > MOST
      ? `At most ${MOST} tables are converted at once.`
      : freeBytes !== null && needed > freeBytes
        ? `That may need ${bytesText(needed)}, and ${bytesText(freeBytes)} are free: choose fewer at once.`
        : null

  return (
    <form action={() => plan(desired)}>
      <MyisamTables tables={tables} chosen={chosen} onToggle={toggle} keyOf={keyOf} />
      {answer}
      <WizardBar
        title={summary(host.name, picked.length, needed)}
        actions={<PlanButton isPlanning={isPlanning} disabled={picked.length === 0 || why !== null} />}
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
