'use client'

import { useState } from 'react'
import type { DeviceRow, HostView } from '@/agents/scheduler/view'
import { WizardBar } from '@/components/change/wizard-rail'
import { RadioCards } from '@/components/form/radio-cards'
import { useKeptDraft } from '../use-kept-draft'
import { PlanButton, usePlanning } from '../use-planning'
import { DiskTable } from './disk-table'

export interface HostDisks extends HostView {
  hostId: string
  name: string
  rows: readonly DeviceRow[]
  suggested: Readonly<Record<string, string>>
}

type Choices = Readonly<Record<string, Readonly<Record<string, string>>>>
interface Wish {
  persistence: 'boot' | 'live-only'
  hosts: Choices
}

/** The wizard's form: one scheduler per disk, and whether it is kept over a reboot. What is chosen is kept as a draft. */
export function SettingsForm({ hosts, kept }: { hosts: readonly HostDisks[]; kept: Wish | null }) {
  const [wish, setWish] = useState<Wish>(() => firstWish(hosts, kept))
  const draft = useKeptDraft('scheduler', wish)

  const choose = (hostId: string, key: string, scheduler: string) =>
    setWish((before) => withChoice(before, hostId, key, scheduler))
  const { plan, answer, isPlanning } = usePlanning(
    'scheduler',
    hosts.map((host) => host.hostId),
  )

  return (
    <form action={() => plan(wish)}>
      {hosts.map((host) => (
        <DiskTable
          key={host.hostId}
          host={host}
          chosen={wish.hosts[host.hostId] ?? {}}
          onChoose={(key, scheduler) => choose(host.hostId, key, scheduler)}
        />
      ))}
      <RadioCards
        label="How long it holds"
        name="persistence"
        defaultValue={wish.persistence}
        onChange={(event) =>
          setWish((before) => ({ ...before, persistence: event.target.value === 'boot' ? 'boot' : 'live-only' }))
        }
        cards={[
          { value: 'boot', label: 'Now and at every boot', help: bootHelp(hosts) },
          { value: 'live-only', label: 'Until the next reboot', help: 'Good for a trial: a reboot takes it back.' },
        ]}
      />
      {answer}
      <WizardBar title={summary(hosts, wish)} actions={<PlanButton isPlanning={isPlanning} />}>
        {draft}
      </WizardBar>
    </form>
  )
}

// A kept choice counts only while the disk still offers it. A disk without a choice is not touched.
function firstWish(hosts: readonly HostDisks[], kept: Wish | null): Wish {
  const choiceOf = (host: HostDisks, row: DeviceRow): string | undefined => {
    const before = kept?.hosts[host.hostId]?.[row.key]
    const isOffered = row.options.some((option) => option.name === before)
    return before !== undefined && (isOffered || before === 'leave') ? before : host.suggested[row.key]
  }
  const choicesOf = (host: HostDisks) =>
    host.rows.flatMap((row) => {
      const choice = row.whyNot === null ? choiceOf(host, row) : undefined
      return choice === undefined ? [] : [[row.key, choice]]
    })
  return {
    persistence: kept?.persistence ?? 'boot',
    hosts: Object.fromEntries(hosts.map((host) => [host.hostId, Object.fromEntries(choicesOf(host))])),
  }
}

function withChoice(wish: Wish, hostId: string, key: string, scheduler: string): Wish {
  const { [key]: _, ...others } = wish.hosts[hostId] ?? {}
  const choices = scheduler === '' ? others : { ...others, [key]: scheduler }
  return { ...wish, hosts: { ...wish.hosts, [hostId]: choices } }
}

function bootHelp(hosts: readonly HostDisks[]): string {
  const ways = [...new Set(hosts.map((host) => host.bootWay ?? host.whyNotBoot).filter((way) => way !== null))]
  return `Kept by ${ways.join(', ')}.`
}

function summary(hosts: readonly HostDisks[], wish: Wish): string {
  const changed = hosts.flatMap((host) =>
    host.rows.filter((row) => {
      const chosen = wish.hosts[host.hostId]?.[row.key]
      return chosen !== undefined && chosen !== 'leave' && chosen !== row.now
    }),
  )
  if (changed.length === 0) return 'Every disk uses what is chosen already.'
  return `${changed.length} ${changed.length === 1 ? 'disk gets' : 'disks get'} another scheduler.`
}
