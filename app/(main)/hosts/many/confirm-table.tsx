'use client'

import { useState, useTransition } from 'react'
import { Button, ButtonLink } from '@/components/base/button'
import { SubmitButton } from '@/components/base/submit-button'
import { Note } from '@/components/show/finding'
import type { AddedHost } from '@/lib/inventory/add-many-hosts'
import type { ScannedList, ScannedRow } from '@/lib/inventory/scan-host-list'
import { addManyHostsAction } from '../actions'
import { FormProblem } from '../form-problem'
import { ListProblems } from './list-problems'
import { ScannedRows } from './scanned-rows'
import type { SharedInput } from './shared-input'

type GoodRow = Extract<ScannedRow, { ok: true }>

/** All keys of the list in one table; the chosen hosts are added with them at once. */
export function ConfirmTable({
  list,
  shared,
  onBack,
  onAdded,
}: {
  list: ScannedList
  shared: SharedInput
  onBack: () => void
  onAdded: () => void
}) {
  const good = list.rows.filter((row): row is GoodRow => row.ok)
  const [isPending, startTransition] = useTransition()
  // A key that differs from the pasted one is taken only by a person's own tick.
  const [chosen, setChosen] = useState(
    () => new Set(good.filter((row) => row.comparison !== 'differs').map((row) => row.line)),
  )
  const [added, setAdded] = useState<readonly AddedHost[] | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const toggle = (line: number) =>
    setChosen((before) => {
      const next = new Set(before)
      if (!next.delete(line)) next.add(line)
      return next
    })
  const add = () =>
    startTransition(async () => {
      const hosts = good.filter((row) => chosen.has(row.line)).map(hostInput)
      const answer = await addManyHostsAction({ ...shared, hosts })
      if (!answer.ok) return setProblem(answer.error.message)
      setAdded(answer.data)
      if (answer.data.every((host) => host.ok)) onAdded()
    })
  if (added) return <Added added={added} onBack={onBack} />
  return (
    <form action={add}>
      <ListProblems problems={list.problems} />
      <ScannedRows rows={list.rows} chosen={chosen} onToggle={toggle} />
      <p className="mt-4 mb-3 max-w-text text-text-2">
        On each host <code className="mono">ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub</code> prints one of its
        keys, and so for each kind. What you add is pinned: Pollux refuses any other key from then on.
      </p>
      <FormProblem>{problem}</FormProblem>
      <div className="flex flex-wrap gap-2">
        {chosen.size > 0 ? (
          <SubmitButton kind="primary" pending={isPending} pendingText="Adding">
            {chosen.size === 1
              ? 'Confirm the keys of 1 host and add it'
              : `Confirm the keys of ${chosen.size} hosts and add them`}
          </SubmitButton>
        ) : null}
        <Button onClick={onBack}>Back to the list</Button>
      </div>
    </form>
  )
}

function hostInput({ address, port, login, name, tags, keys }: GoodRow) {
  return { address, port, login, name, tags, keys: keys.map(({ algorithm, key }) => ({ algorithm, key })) }
}

function Added({ added, onBack }: { added: readonly AddedHost[]; onBack: () => void }) {
  const failed = added.filter((host) => !host.ok)
  const count = added.length - failed.length
  return (
    <>
      <Note
        status={failed.length > 0 ? 'warn' : 'ok'}
        title={`${count} of ${added.length} ${added.length === 1 ? 'host' : 'hosts'} added`}
        live
      >
        {failed.map((host) => (
          <p key={`${host.name} ${host.address}`}>
            {host.name} ({host.address}): {host.ok ? '' : host.problem}
          </p>
        ))}
      </Note>
      <div className="mt-4 flex gap-2">
        <ButtonLink kind="primary" href="/hosts">
          See the hosts
        </ButtonLink>
        {failed.length > 0 ? <Button onClick={onBack}>Back to the list</Button> : null}
      </div>
    </>
  )
}
