import { work } from '@/lib/db'
import { changeGrew } from '../bus'
import type { HostRun } from './host-run'

/** Writes a line of the dashboard's own into a change's journal; of one host, or of all. */
export async function note(changeId: number, text: string, host?: HostRun): Promise<void> {
  await work((tx) =>
    tx.journalLine.create({
      data: {
        changeId,
        hostId: host?.hostId ?? null,
        hostName: host?.hostName ?? null,
        at: new Date(),
        kind: 'note',
        text,
      },
    }),
  )
  changeGrew(changeId)
}

interface HostState {
  state?: string
  outcome?: string | null
  detail?: string | null
  directory?: string
  startedAt?: Date
  endedAt?: Date | null
  journalOffset?: number
  uptimeZero?: Date
  bootId?: string
}

/** Sets the state of one host's part. */
export async function setHostState(run: HostRun, data: HostState): Promise<void> {
  await setHostStates([run], data)
}

/** Sets the same state of several hosts' parts of one change. */
export async function setHostStates(runs: readonly HostRun[], data: HostState): Promise<void> {
  await work((tx) => tx.changeHost.updateMany({ where: { id: { in: runs.map((run) => run.rowId) } }, data }))
  for (const changeId of new Set(runs.map((run) => run.changeId))) changeGrew(changeId)
}
