import type { TableExport } from '../export/table-export'
import { wallText } from '../rules'
import type { LastOf } from './client-jobs'
import { allClients, type ClientSums, readWindow } from './list-clients'

interface ExportedClient {
  of: ClientSums
  zone: string
  now: number
}

/** The clients of the list's filter, by name. */
export const clientsExport: TableExport<ExportedClient> = {
  name: 'clients',
  columns: [
    { key: 'clientId', title: 'ClientId', value: ({ of }) => of.client.clientId },
    { key: 'name', title: 'Name', value: ({ of }) => of.client.name },
    { key: 'uname', title: 'Uname', value: ({ of }) => of.client.uname },
    { key: 'lastGood', title: 'Last good', value: (row) => wallOf(row.of.lastGood, row) },
    { key: 'lastFull', title: 'Last good Full', value: (row) => wallOf(row.of.last.full, row) },
    { key: 'lastDifferential', title: 'Last good Differential', value: (row) => wallOf(row.of.last.differential, row) },
    { key: 'lastIncremental', title: 'Last good Incremental', value: (row) => wallOf(row.of.last.incremental, row) },
    { key: 'daysSinceGood', title: 'Days since the last good', value: (row) => daysSince(row.of.lastGood, row.now) },
    {
      key: 'daysSinceFull',
      title: 'Days since the last good Full',
      value: (row) => daysSince(row.of.last.full, row.now),
    },
    { key: 'jobs', title: 'Jobs', value: ({ of }) => of.jobs.length },
    { key: 'ended', title: 'Runs ended in the window', value: ({ of }) => of.ended },
    { key: 'failed', title: 'Runs failed in the window', value: ({ of }) => of.failed },
    { key: 'autoPrune', title: 'AutoPrune', value: ({ of }) => (of.client.autoPrune ? 'yes' : 'no') },
    { key: 'fileRetention', title: 'File Retention in seconds', value: ({ of }) => of.client.fileRetention },
    { key: 'jobRetention', title: 'Job Retention in seconds', value: ({ of }) => of.client.jobRetention },
  ],
  async *rows(catalog, params) {
    const { sums } = await allClients(catalog, {
      search: readSearch(params.get('q')),
      windowDays: readWindow(params.get('window')),
    })
    const { zone, now } = catalog
    yield sums.sort((one, other) => one.client.name.localeCompare(other.client.name)).map((of) => ({ of, zone, now }))
  },
}

/** What is searched for, as the list takes it from its address. */
export function readSearch(text: unknown): string {
  return typeof text === 'string' ? text.replaceAll('\0', '').trim().slice(0, 200) : ''
}

/** Local time of the director. */
function wallOf(last: LastOf | null, { zone }: ExportedClient): string | null {
  return last === null || last.at === null ? null : wallText(last.at, zone)
}

/** Whole and half days; null where there is none or its time is not known. */
export function daysSince(last: LastOf | null, now: number): number | null {
  return last === null || last.at === null ? null : Math.round(((now - last.at) / 86_400_000) * 10) / 10
}
