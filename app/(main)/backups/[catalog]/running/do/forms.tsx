'use client'

import { SelectField } from '@/components/form/select-field'
import { TextField } from '@/components/form/text-field'
import type { DirectorLists } from '@/lib/director/director-lists'
import type { OperationWish } from '@/lib/director/operation-wish'
import { PlanForm } from './plan-form'

interface Props {
  catalogId: string
  lists: DirectorLists
  chosen: { job: string; volume: string }
}

const named = (names: readonly string[]) => names.map((name) => ({ value: name, label: name }))
const asDefined = (what: string) => ({ value: '', label: `as the job has it (${what})` })
const levels = ['Full', 'Differential', 'Incremental'] as const
const statuses = ['Append', 'Used', 'Full', 'Read-Only', 'Disabled', 'Archive', 'Cleaning', 'Error'] as const

/** Run a job, now. */
export function RunForm({ catalogId, lists, chosen }: Props) {
  return (
    <PlanForm
      catalogId={catalogId}
      wishOf={(value) => ({
        kind: 'run',
        job: value('job'),
        level: levels.find((level) => level === value('level')) ?? null,
        client: value('client') || null,
        fileSet: value('fileSet') || null,
      })}
    >
      <SelectField label="Job" name="job" options={named(lists.jobs)} defaultValue={chosen.job || lists.jobs[0]} />
      <SelectField label="Level" name="level" options={[asDefined('level'), ...named(levels)]} />
      <SelectField label="Client" name="client" options={[asDefined('client'), ...named(lists.clients)]} />
      <SelectField label="FileSet" name="fileSet" options={[asDefined('FileSet'), ...named(lists.fileSets)]} />
    </PlanForm>
  )
}

/** Label a volume by hand. */
export function LabelForm({ catalogId, lists, chosen }: Props) {
  return (
    <PlanForm
      catalogId={catalogId}
      wishOf={(value) => ({
        kind: 'label',
        volume: value('volume'),
        pool: value('pool'),
        storage: value('storage'),
      })}
    >
      <TextField
        label="Volume"
        name="volume"
        mono
        required
        maxLength={127}
        defaultValue={chosen.volume}
        help="A new name: letters, digits, spaces and - _ . :"
        spellCheck={false}
      />
      <SelectField label="Pool" name="pool" options={named(lists.pools)} />
      <SelectField label="Storage" name="storage" options={named(lists.storages)} />
    </PlanForm>
  )
}

/** Mount, unmount, release. */
export function StorageForm({ catalogId, lists }: Props) {
  const kinds = ['mount', 'unmount', 'release'] as const
  return (
    <PlanForm
      catalogId={catalogId}
      wishOf={(value) => ({
        kind: kinds.find((kind) => kind === value('kind')) ?? 'mount',
        storage: value('storage'),
      })}
    >
      <SelectField label="Storage" name="storage" options={named(lists.storages)} />
      <SelectField
        label="What to do"
        name="kind"
        options={[
          { value: 'mount', label: 'Mount: take the volume that lies in it into use' },
          { value: 'unmount', label: 'Unmount: let go, and take no volume until it is mounted' },
          { value: 'release', label: 'Release: let go, and take the next volume by itself' },
        ]}
      />
    </PlanForm>
  )
}

/** Enable or disable a job, until the director starts again. */
export function EnableForm({ catalogId, lists, chosen }: Props) {
  return (
    <PlanForm
      catalogId={catalogId}
      wishOf={(value) => ({ kind: value('kind') === 'enable' ? 'enable' : 'disable', job: value('job') })}
    >
      <SelectField label="Job" name="job" options={named(lists.jobs)} defaultValue={chosen.job || lists.jobs[0]} />
      <SelectField
        label="What to do"
        name="kind"
        help="It holds until the director starts, or reads its configuration again."
        options={[
          { value: 'disable', label: 'Disable: its schedule starts it no more' },
          { value: 'enable', label: 'Enable: its schedule starts it again' },
        ]}
      />
    </PlanForm>
  )
}

/** Change a volume's status. */
export function StatusForm({ catalogId, chosen }: Props) {
  return (
    <PlanForm catalogId={catalogId} wishOf={statusWish}>
      <TextField
        label="Volume"
        name="volume"
        mono
        required
        maxLength={127}
        defaultValue={chosen.volume}
        spellCheck={false}
      />
      <SelectField label="Status" name="status" options={named(statuses)} defaultValue="Used" />
    </PlanForm>
  )
}

function statusWish(value: (name: string) => string): OperationWish {
  return {
    kind: 'volume-status',
    volume: value('volume'),
    status: statuses.find((status) => status === value('status')) ?? 'Used',
  }
}
