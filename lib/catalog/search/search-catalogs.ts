import type { Ctx } from '@/lib/auth/actor'
import { logError } from '@/lib/log'
import { sql } from '@/lib/sql'
import type { CatalogReading } from '../catalog-reading'
import { readCount } from '../rules'
import { contains } from '../sql-parts'
import { listCatalogs } from '../store/list-catalogs'
import { readCatalog } from '../store/read-catalog'

/** Of each kind in each catalog; more are found on the pages themselves. */
const mostEach = 8
/** Who searches waits no longer for a catalog that is slow. */
const patienceMs = 3000

export interface FoundInCatalog {
  kind: 'volume' | 'job' | 'client'
  catalogId: string
  catalogName: string
  id: number
  name: string
  /** The pool of a volume. */
  pool: string | null
}

export interface CatalogSearch {
  found: FoundInCatalog[]
  /** The names of the catalogs that did not answer. */
  silent: string[]
}

/**
 * Volumes and clients whose name holds the text, and the job whose id it is, in all catalogs at once. Text shorter than two
 * letters finds nothing. A catalog that does not answer within three seconds is named, and its questions are ended; so they
 * are when the signal comes.
 */
export async function searchCatalogs(ctx: Ctx, typed: string, signal?: AbortSignal): Promise<CatalogSearch> {
  const text = typed.trim().slice(0, 127)
  const jobId = /^\d{1,10}$/.test(text) ? Number(text) : null
  if (text.length < 2 && jobId === null) return { found: [], silent: [] }
  const catalogs = await listCatalogs(ctx)
  const answers = await Promise.all(
    catalogs.map(async ({ id, name }) => {
      try {
        return await within(
          (ends) => readCatalog(ctx, id, (of) => searchOne(of, text, jobId), { signal: ends }),
          signal,
        )
      } catch (error) {
        if (!signal?.aborted) logError(ctx, error, 'a catalog was not searched')
        return name
      }
    }),
  )
  return {
    found: answers.flatMap((answer) => (typeof answer === 'string' ? [] : answer)),
    silent: answers.filter((answer) => typeof answer === 'string'),
  }
}

async function searchOne(of: CatalogReading, text: string, jobId: number | null): Promise<FoundInCatalog[]> {
  const options = { timeoutMs: patienceMs }
  const volumes = await of.ask(
    sql`SELECT m.MediaId AS id, m.VolumeName AS name, p.Name AS pool FROM Media m LEFT JOIN Pool p ON p.PoolId = m.PoolId
      WHERE ${contains(of, sql`m.VolumeName`, text)} ORDER BY m.MediaId DESC LIMIT ${mostEach}`,
    options,
  )
  const clients = await of.ask(
    sql`SELECT c.ClientId AS id, c.Name AS name, NULL AS pool FROM Client c
      WHERE ${contains(of, sql`c.Name`, text)} ORDER BY c.ClientId LIMIT ${mostEach}`,
    options,
  )
  const jobs =
    jobId === null
      ? []
      : await of.ask(sql`SELECT JobId AS id, Name AS name, NULL AS pool FROM Job WHERE JobId = ${jobId}`, options)
  const told = (kind: FoundInCatalog['kind'], rows: typeof volumes) =>
    rows.map((row) => ({
      kind,
      catalogId: of.catalogId,
      catalogName: of.name,
      id: readCount(row['id']) ?? 0,
      name: row['name'] ?? '',
      pool: row['pool'] ?? null,
    }))
  return [...told('job', jobs), ...told('volume', volumes), ...told('client', clients)]
}

/**
 * Waits no longer than anybody waits, and then ends the work: its questions on the server too, which takes a moment that is not
 * waited for.
 */
function within<T>(work: (ends: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
  const late = AbortSignal.timeout(patienceMs)
  const ends = signal ? AbortSignal.any([signal, late]) : late
  return new Promise((resolve, reject) => {
    const onEnd = () => reject(new Error(`expected an answer within ${patienceMs} ms, and somebody who waits for it`))
    if (ends.aborted) return onEnd()
    ends.addEventListener('abort', onEnd, { once: true })
    work(ends)
      .then(resolve, reject)
      .finally(() => ends.removeEventListener('abort', onEnd))
  })
}
