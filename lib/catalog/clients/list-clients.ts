import { sql } from '@/lib/sql'
import type { CatalogReading } from '../catalog-reading'
import { contains } from '../sql-parts'
import { type ClientJob, clientJobs, type GoodLevel, goodLevels, type LastOf, laterOf } from './client-jobs'
import { type ClientRow, clientColumns, clientOf } from './client-row'
import { type MonthSize, monthlyFulls, monthsUntil, sizeByMonth } from './client-sizes'
import { type JudgedJob, judgeJobs, worstOf } from './recent-runs'

export const clientSorts = ['name', 'good', 'full', 'differential', 'incremental', 'errors', 'jobs'] as const
export type ClientSort = (typeof clientSorts)[number]

/** What the error rate may cover, in days. */
export const errorWindows = [7, 30, 90, 365] as const
export type ErrorWindow = (typeof errorWindows)[number]

/** The window that an address asks for; 30 days for what is not offered. */
export function readWindow(text: unknown): ErrorWindow {
  return errorWindows.find((days) => String(days) === text) ?? 30
}

export interface ClientSums {
  client: ClientRow
  jobs: ClientJob[]
  last: Record<GoodLevel, LastOf | null>
  lastGood: LastOf | null
  ended: number
  failed: number
}

export interface ListedClient extends ClientSums {
  worst: JudgedJob | null
  sizes: MonthSize[]
}

export interface ClientList {
  rows: ListedClient[]
  /** Of all clients that fit, not of the page. */
  totals: { clients: number; neverGood: number; withoutJobs: number; ended: number; failed: number }
  /** More clients or jobs than are read at once. */
  isCut: boolean
}

export interface ListClientsOptions {
  search: string
  windowDays: number
  sort: { by: ClientSort; descending: boolean }
  page: number
  pageSize: number
}

const mostClients = 10_000

/**
 * Clients with the age of their last good backups, the worst of their jobs and their growth. Four questions: the clients, the
 * sums of all their jobs by groups, and the last runs and Fulls of those on the page. Throws as `CatalogReading.ask` does.
 */
export async function listClients(catalog: CatalogReading, options: ListClientsOptions): Promise<ClientList> {
  const { sort, page, pageSize } = options
  const { sums, isCut } = await allClients(catalog, options)
  const shown = [...sums].sort(comparer(sort)).slice((page - 1) * pageSize, page * pageSize)
  const judged = await judgeJobs(
    catalog,
    shown.flatMap(({ jobs }) => jobs),
  )
  const fulls = await monthlyFulls(
    catalog,
    shown.flatMap(({ jobs }) => jobs),
  )
  const months = monthsUntil(catalog)
  const rows = shown.map((of) => ({
    ...of,
    worst: worstOf(judged.filter(({ clientId }) => clientId === of.client.clientId)),
    sizes: sizeByMonth(
      fulls.filter(({ clientId }) => clientId === of.client.clientId),
      months,
    ),
  }))
  return { rows, totals: totalsOf(sums), isCut }
}

/** All clients that fit, in two questions. Throws as `CatalogReading.ask` does. */
export async function allClients(
  catalog: CatalogReading,
  { search, windowDays }: Pick<ListClientsOptions, 'search' | 'windowDays'>,
): Promise<{ sums: ClientSums[]; isCut: boolean }> {
  const found = await catalog.ask(sql`
    SELECT ${clientColumns} FROM Client c WHERE ${search === '' ? sql`1 = 1` : contains(catalog, sql`c.Name`, search)}
    ORDER BY c.ClientId LIMIT ${mostClients + 1}`)
  const { jobs, isCut } = await clientJobs(catalog, { windowDays })
  const byClient = new Map<number, ClientJob[]>()
  for (const job of jobs) byClient.set(job.clientId, [...(byClient.get(job.clientId) ?? []), job])
  const clients = found.slice(0, mostClients).map(clientOf)
  return {
    sums: clients.map((client) => sumsOf(client, byClient.get(client.clientId) ?? [])),
    isCut: isCut || found.length > mostClients,
  }
}

/** A client's jobs in one. Pure. */
export function sumsOf(client: ClientRow, jobs: ClientJob[]): ClientSums {
  const last = { full: null, differential: null, incremental: null } as ClientSums['last']
  for (const job of jobs) for (const level of goodLevels) last[level] = laterOf(last[level], job.last[level])
  return {
    ...{ client, jobs, last },
    lastGood: jobs.reduce<LastOf | null>((found, job) => laterOf(found, job.lastGood), null),
    ended: jobs.reduce((sum, { ended }) => sum + ended, 0),
    failed: jobs.reduce((sum, { failed }) => sum + failed, 0),
  }
}

/** By age the longest without a good backup first when descending; those that never had one are the oldest. */
function comparer({ by, descending }: ListClientsOptions['sort']) {
  const age = (last: LastOf | null) => -(last?.at ?? 0)
  const values: Record<Exclude<ClientSort, 'name'>, (of: ClientSums) => number> = {
    good: ({ lastGood }) => age(lastGood),
    full: ({ last }) => age(last.full),
    differential: ({ last }) => age(last.differential),
    incremental: ({ last }) => age(last.incremental),
    errors: ({ ended, failed }) => (ended === 0 ? -1 : failed / ended),
    jobs: ({ jobs }) => jobs.length,
  }
  const sign = descending ? -1 : 1
  return (one: ClientSums, other: ClientSums) => {
    const byName = one.client.name.localeCompare(other.client.name)
    if (by === 'name') return sign * byName || one.client.clientId - other.client.clientId
    return sign * (values[by](one) - values[by](other)) || byName || one.client.clientId - other.client.clientId
  }
}

function totalsOf(sums: readonly ClientSums[]): ClientList['totals'] {
  return {
    clients: sums.length,
    neverGood: sums.filter(({ jobs, lastGood }) => jobs.length > 0 && lastGood === null).length,
    withoutJobs: sums.filter(({ jobs }) => jobs.length === 0).length,
    ended: sums.reduce((sum, { ended }) => sum + ended, 0),
    failed: sums.reduce((sum, { failed }) => sum + failed, 0),
  }
}
