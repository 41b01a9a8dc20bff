import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { withReader, writeSqliteFile } from '@/lib/sql'
import type { CatalogReading } from '../catalog-reading'
import { defaultHealthLimits, schemaByVersion, wallText } from '../rules'
import { makeSample } from '../sample/make-sample'
import { sampleSchema } from '../sample/schema'

type Row = Readonly<Record<string, string | number | null>>

export const zone = 'Europe/Paris'
export const now = Date.parse('2026-11-26T09:00:00Z')
export const hourMs = 3_600_000
export const dayMs = 24 * hourMs

/** For tests: work on a catalog made of these rows, all tables of Bacula 9 there. `asked` counts the questions. */
export async function withCatalog<T>(
  tables: Readonly<Record<string, readonly Row[]>>,
  work: (catalog: CatalogReading, asked: { count: number }) => Promise<T>,
): Promise<T> {
  return inFile((path) => writeSqliteFile(path, sampleSchema(), tables), work)
}

/** For tests: work on the sample of a year. */
export async function withSample<T>(
  work: (catalog: CatalogReading, asked: { count: number }) => Promise<T>,
): Promise<T> {
  return inFile((path) => makeSample(path, { now: new Date(now), seed: 1, zone }), work)
}

async function inFile<T>(
  make: (path: string) => Promise<void>,
  work: (catalog: CatalogReading, asked: { count: number }) => Promise<T>,
): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), 'pollux-catalog-'))
  try {
    const path = join(dir, 'catalog.sqlite')
    await make(path)
    const asked = { count: 0 }
    return await withReader({ way: 'file', dialect: 'sqlite', path }, (reader) =>
      work(
        {
          ...{ catalogId: 'c1', name: 'test', dialect: 'sqlite', schema: schemaByVersion('bacula', 16), zone, now },
          ...{ limits: defaultHealthLimits, isSample: true, directorHostId: null },
          ask(question, options) {
            asked.count += 1
            return reader.ask(question, options)
          },
        },
        asked,
      ),
    )
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

let lastId = 0

/** A row of Job: a good Incremental that ended `endedAgo` ms ago, ten minutes after its start, unless told otherwise. */
export function job(endedAgo: number, other: Row = {}): Row {
  lastId += 1
  const end = now - endedAgo
  const start = wallText(end - 600_000, zone)
  return {
    ...{ JobId: lastId, Job: `job.${lastId}`, Name: 'Nightly', Type: 'B', Level: 'I', ClientId: 1, JobStatus: 'T' },
    ...{ SchedTime: start, StartTime: start, EndTime: wallText(end, zone), RealEndTime: wallText(end, zone) },
    ...{ JobTDate: Math.floor(end / 1000), JobFiles: 10, JobBytes: 1000, JobErrors: 0, ReadBytes: 2000 },
    ...other,
  }
}

export const client: Row = { ClientId: 1, Name: 'web-fd', Uname: 'web' }
