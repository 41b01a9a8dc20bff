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

/** Sets the state of one host's part. */
export async function setHostState(
  run: HostRun,
  data: {
    state?: string
    outcome?: string | null
    detail?: string | null
    directory?: string
    startedAt?: Date
    endedAt?: Date | null
    journalOffset?: number
    uptimeZero?: Date
    bootId?: string
  },
): Promise<void> {
  await work((tx) => tx.changeHost.update({ where: { id: run.rowId }, data }))
  changeGrew(run.changeId)
}
