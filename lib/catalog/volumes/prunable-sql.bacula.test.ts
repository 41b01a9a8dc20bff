import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { sql } from '@/lib/sql'
import { now, withCatalog, zone } from '../overview/testing'
import { readCount, schemaByVersion, wallText } from '../rules'
import { isPrunable, jobsLeftOnAll } from './prunable-sql'

type Row = Readonly<Record<string, string | number | null>>

const outcomes = z.record(z.string(), z.string())
const asBaculaDid = z
  .object({
    scenarios: z.array(z.string()),
    byVersion: z.object({ 16: outcomes, 1026: outcomes }),
    times: z.object({ rows: z.array(z.tuple([z.string(), z.string(), z.string(), z.boolean()])) }),
  })
  .parse(JSON.parse(readFileSync(new URL('../rules/fixtures/prune-by-bacula.json', import.meta.url), 'utf8')))

const day = 86_400
const nowS = Math.floor(now / 1000)
const ago = (seconds: number) => wallText((nowS - seconds) * 1000, zone)

/** A catalog filled volume by volume, each with the jobs of a scenario of the fixture. */
function makeTables() {
  const tables: { Media: Row[]; Job: Row[]; JobMedia: Row[] } = { Media: [], Job: [], JobMedia: [] }
  const addJob = (mediaId: number, JobTDate: number, JobStatus: string) => {
    const JobId = tables.Job.length + 1
    const SchedTime = ago(450 * day)
    tables.Job.push({ JobId, Job: `j.${JobId}`, Name: 'j', Type: 'B', Level: 'F', SchedTime, JobStatus, JobTDate })
    addPart(mediaId, JobId)
  }
  const addPart = (MediaId: number, JobId: number) =>
    tables.JobMedia.push({ JobMediaId: tables.JobMedia.length + 1, JobId, MediaId, FirstIndex: 1, LastIndex: 1 })
  const addVolume = (fields: Row & { VolRetention: number }, scenario: string) => {
    const MediaId = tables.Media.length + 1
    tables.Media.push({ MediaId, VolumeName: `v${MediaId}`, PoolId: 1, MediaType: 'File', ...fields })
    const edge = nowS - fields.VolRetention
    for (const part of scenario.split('-')) {
      if (part === 'old') addJob(MediaId, edge - 40 * day, /-([WfAIRCS])$/.exec(scenario)?.[1] ?? 'T')
      if (part === 'new') addJob(MediaId, edge + 600, 'T')
      if (part === 'edge') addJob(MediaId, edge - 600, 'T')
      if (part === 'tdate0') addJob(MediaId, 0, 'T')
      if (part === 'orphan') addPart(MediaId, 9_999_999)
    }
    return MediaId
  }
  return { tables, addVolume }
}

async function prunableIds(tables: Record<string, Row[]>, version: number): Promise<Set<number | null>> {
  return withCatalog(tables, async (base) => {
    const catalog = { ...base, schema: schemaByVersion('bacula', version) }
    const rows = await catalog.ask(sql`SELECT m.MediaId AS id FROM Media m
      LEFT JOIN (${jobsLeftOnAll}) l ON l.MediaId = m.MediaId WHERE ${isPrunable(catalog)}`)
    return new Set(rows.map(({ id }) => readCount(id)))
  })
}

it.each([16, 1026] as const)('finds in SQL what a director of schema %i purged', async (version) => {
  const { tables, addVolume } = makeTables()
  const expected = Object.entries(asBaculaDid.byVersion[version]).flatMap(([fields, done]) => {
    const [VolStatus = '', enabled, recycle, days] = fields.split(' ')
    const volume = {
      ...{ VolStatus, Enabled: Number(enabled), Recycle: Number(recycle), VolRetention: Number(days) * day },
      ...{ FirstWritten: ago(500 * day), LastWritten: ago(400 * day) },
    }
    return asBaculaDid.scenarios.map((scenario, at) => ({
      id: addVolume(volume, scenario),
      what: `${fields}: ${scenario}`,
      isPurged: done[at] === 'P',
    }))
  })
  expect(expected.length).toBeGreaterThan(1000)
  const found = await prunableIds(tables, version)
  expect(expected.filter(({ id, isPurged }) => found.has(id) !== isPurged)).toEqual([])
})

it('finds in SQL what a director purged of volumes with odd times', async () => {
  const { tables, addVolume } = makeTables()
  const stored: Readonly<Record<string, string>> = {
    ...{ written: ago(500 * day), 'long ago': ago(400 * day), 'a day ago': ago(day), zero: '0000-00-00 00:00:00' },
  }
  const expected = asBaculaDid.times.rows.map(([first, last, scenario, isPurged]) => {
    const times = { FirstWritten: stored[first] ?? null, LastWritten: stored[last] ?? null }
    const volume = { VolStatus: 'Full', Enabled: 1, Recycle: 1, VolRetention: 30 * day, ...times }
    return { id: addVolume(volume, scenario), what: `${first}, ${last}, ${scenario}`, isPurged }
  })
  const found = await prunableIds(tables, 16)
  expect(expected.filter(({ id, isPurged }) => found.has(id) !== isPurged)).toEqual([])
})
