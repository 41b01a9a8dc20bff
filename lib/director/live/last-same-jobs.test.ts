import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CatalogReading } from '@/lib/catalog/catalog-reading'
import { defaultHealthLimits, schemaByVersion } from '@/lib/catalog/rules'
import { makeSample } from '@/lib/catalog/sample/make-sample'
import { type SqlReader, sql, withReader } from '@/lib/sql'
import { lastSameJobs } from './last-same-jobs'

const now = new Date('2026-11-26T09:00:00Z')
let dir: string

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'pollux-last-'))
  await makeSample(join(dir, 'sample.sqlite'), { now, seed: 1 })
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const reading = (reader: SqlReader): CatalogReading => ({
  catalogId: 'c',
  name: 'sample',
  dialect: 'sqlite',
  schema: schemaByVersion('bacula', 16),
  zone: 'Europe/Paris',
  now: now.getTime(),
  limits: defaultHealthLimits,
  isSample: true,
  directorHostId: null,
  ask: (question, options) => reader.ask(question, options),
})

it('finds the last good job of each name and level, and none for a hostile name', async () => {
  await withReader({ way: 'file', dialect: 'sqlite', path: join(dir, 'sample.sqlite') }, async (reader) => {
    const [want] = await reader.ask(sql`
      SELECT Name AS n, JobId AS id, JobBytes AS b, JobFiles AS f FROM Job
      WHERE Level = 'F' AND Type = 'B' AND JobStatus IN ('T', 'W') ORDER BY JobId DESC LIMIT 1`)
    const name = want?.['n'] ?? ''
    const found = await lastSameJobs(reading(reader), [
      { name, level: 'F' },
      { name: `${name}' OR 1=1 --`, level: 'F' },
    ])
    expect([...found.keys()]).toEqual([`F ${name}`])
    const last = found.get(`F ${name}`)
    expect(last).toMatchObject({ jobId: Number(want?.['id']), bytes: Number(want?.['b']), files: Number(want?.['f']) })
    expect(last?.seconds).toBeGreaterThan(0)
    expect(await lastSameJobs(reading(reader), [])).toEqual(new Map())
  })
})
