import { afterAll, describe, expect } from 'vitest'
import { hostExec } from '@/e2e/lab/lab'
import { type SqlPlace, withReader } from '@/lib/sql'
import { sshPool } from '@/lib/ssh'
import { labTarget, onLabHost } from '@/lib/ssh/testing/on-lab-host'
import type { CatalogReading } from '../catalog-reading'
import { clientSorts, listClients } from '../clients/list-clients'
import { readClient } from '../clients/read-client'
import { defaultHealthLimits, isGood, schemaByVersion } from '../rules'
import { type JobParams, jobSorts, readJobFilter, statusGroups } from './job-filter'
import { listJobs } from './list-jobs'
import { readJob } from './read-job'

const account = { user: 'bacula', password: 'lab-catalog', database: 'bacula' }

type LabHost = Parameters<Parameters<typeof onLabHost>[2]>[0]

/** Each host with the schema of its catalog and how Pollux reaches it. */
const catalogs = [
  {
    name: 'willow',
    versionId: 16,
    place: (host: LabHost): SqlPlace => ({
      ...{ way: 'tunnel', dialect: 'mysql', target: labTarget(host), host: '127.0.0.1', port: 3306, account },
    }),
  },
  {
    name: 'poplar',
    versionId: 16,
    place: (host: LabHost): SqlPlace => ({
      ...{ way: 'tunnel', dialect: 'postgresql', target: labTarget(host), host: '127.0.0.1', port: 5432, account },
    }),
  },
  {
    name: 'aspen',
    versionId: 1026,
    place: (host: LabHost): SqlPlace => ({
      ...{ way: 'host-file', dialect: 'sqlite', target: labTarget(host), path: '/var/lib/bacula/bacula.db' },
    }),
  },
] as const

afterAll(() => sshPool().close())

type Llist = Record<string, string>

/** What bconsole prints for a command. */
async function bconsole(name: string, command: string): Promise<string> {
  const { stdout, stderr, code } = await hostExec(name, [
    'sh',
    '-c',
    'printf "%s\\nquit\\n" "$1" | bconsole -n',
    'sh',
    command,
  ])
  expect(code, stderr).toBe(0)
  return stdout
}

/** The blocks of `llist`: "           JobId: 1". */
async function llist(name: string, command: string, first: string): Promise<Llist[]> {
  const found: Llist[] = []
  for (const line of (await bconsole(name, command)).split('\n')) {
    const [, key = '', value = ''] = /^\s*(\w+): ?(.*)$/.exec(line) ?? []
    if (key.toLowerCase() === first) found.push({})
    const last = found.at(-1)
    if (last && key !== '') last[key.toLowerCase()] = value.trim()
  }
  return found
}

const digits = (text: string | undefined) => (text ?? '').replaceAll(',', '')

async function read<T>(
  place: SqlPlace,
  { versionId, zone }: { versionId: number; zone: string },
  work: (catalog: CatalogReading) => Promise<T>,
): Promise<{ data: T; questions: number }> {
  let questions = 0
  const data = await withReader(place, (reader) =>
    work({
      ...{ catalogId: 'lab', name: 'lab', dialect: place.dialect, schema: schemaByVersion('bacula', versionId), zone },
      ...{ now: Date.now(), limits: defaultHealthLimits, isSample: false, directorHostId: null },
      ask: (question, options) => {
        questions += 1
        return reader.ask(question, options)
      },
    }),
  )
  return { data, questions }
}

async function zoneOf(name: string): Promise<string> {
  return (await hostExec(name, ['readlink', '-f', '/etc/localtime'])).stdout.trim().replace(/^.*zoneinfo\//, '')
}

const all = { by: 'id', descending: true } as const

describe('jobs say what bconsole says', () => {
  for (const { name, versionId, place } of catalogs) {
    onLabHost(name, 'every job of the list, and its own page', async (host) => {
      const of = { versionId, zone: await zoneOf(name) }
      const told = await llist(name, 'llist jobs', 'jobid')
      expect(told.length).toBeGreaterThan(15)
      const { data: list, questions } = await read(place(host), of, (catalog) =>
        listJobs(catalog, { filter: readJobFilter({}), sort: all, page: 1, pageSize: 500 }),
      )
      expect(questions).toBe(2)
      const ids = new Set(told.map((job) => digits(job['jobid'])))
      // The lab's jobs go on: what began meanwhile is left out.
      const lines = list.rows.filter(
        ({ jobId }) => ids.has(String(jobId)) && jobId <= Math.max(...[...ids].map(Number)),
      )
      expect(lines).toHaveLength(told.length)
      for (const job of told) {
        const line = lines.find(({ jobId }) => String(jobId) === digits(job['jobid']))
        expect({ ...line, client: line?.client ?? '' }).toMatchObject({
          ...{
            name: job['name'],
            uniqueName: job['job'],
            type: job['type'],
            level: job['level'],
            status: job['jobstatus'],
          },
          ...{
            client: job['clientname'],
            files: Number(digits(job['jobfiles'])),
            bytes: Number(digits(job['jobbytes'])),
          },
          ...{ errors: Number(digits(job['joberrors'])), readBytes: Number(digits(job['readbytes'])) },
          ...{ startTime: job['starttime'], endTime: job['endtime'], jobTDate: Number(digits(job['jobtdate'])) },
        })
      }
      const failed = told.filter((job) => 'EefI'.includes(job['jobstatus'] ?? '?')).length
      expect(list.totals.failed).toBe(failed)

      for (const { jobId, type, status, bytes, errors } of lines) {
        const { data: page, questions: asked } = await read(place(host), of, (catalog) => readJob(catalog, jobId, 1))
        expect(asked).toBeLessThanOrEqual(7)
        expect(page.job).toMatchObject({ jobId, type, status, bytes, errors })
        expect(page.history.map((run) => run.jobId)).toContain(jobId)
        if (type === 'B' && !isGood({ jobStatus: status })) expect(page.chain?.chain.isComplete).toBe(false)
      }
    })

    onLabHost(name, 'volumes, log and chain of an Incremental', async (host) => {
      const of = { versionId, zone: await zoneOf(name) }
      const { data: list } = await read(place(host), of, (catalog) =>
        listJobs(catalog, {
          filter: readJobFilter({ name: 'BackupA', level: 'I', status: 'T' }),
          sort: all,
          page: 1,
          pageSize: 50,
        }),
      )
      const jobId = list.rows[0]?.jobId ?? 0
      const { data: page } = await read(place(host), of, (catalog) => readJob(catalog, jobId, 1))
      const media = await bconsole(name, `list jobmedia jobid=${jobId}`)
      const volumes = [
        ...new Set([...media.matchAll(/^\| *[\d,]+ *\| *(\S+) *\| *[\d,]+ *\|/gm)].map(([, volume]) => volume)),
      ]
      expect(volumes.length).toBeGreaterThan(0)
      expect(page.volumes.volumes.map((volume) => volume.name)).toEqual(volumes)
      for (const { estimate } of page.volumes.volumes) expect(estimate.bytes).toBeGreaterThan(page.job.bytes ?? 0)
      const log = await bconsole(name, `list joblog jobid=${jobId}`)
      for (const { text } of page.log)
        for (const line of text.split('\n').slice(0, 1)) expect(log).toContain(line.trim().slice(0, 40))
      expect(page.log[0]?.text).toContain(`Start Backup JobId ${jobId}`)
      // In MySQL's column each text ends in a NUL.
      expect(page.log.filter(({ text }) => text.includes('\0'))).toEqual([])
      expect(page.chain?.chain.links.map(({ level }) => level).join('')).toMatch(/^FD?I+$/)
    })

    onLabHost(name, 'every filter and sort in this dialect', async (host) => {
      const of = { versionId, zone: await zoneOf(name) }
      await read(place(host), of, async (catalog) => {
        const list = (params: JobParams, by: (typeof jobSorts)[number] = 'id', descending = true) =>
          listJobs(catalog, { filter: readJobFilter(params), sort: { by, descending }, page: 1, pageSize: 500 })
        const whole = await list({})
        for (const by of jobSorts)
          for (const descending of [true, false])
            expect((await list({}, by, descending)).rows.map(({ jobId }) => jobId).sort()).toEqual(
              whole.rows.map(({ jobId }) => jobId).sort(),
            )
        const bytes = (await list({}, 'bytes')).rows.map((row) => row.bytes ?? 0)
        expect(bytes).toEqual([...bytes].sort((one, other) => other - one))
        let ofGroups = 0
        for (const status of statusGroups) ofGroups += (await list({ status })).totals.jobs
        expect(ofGroups).toBe(whole.totals.jobs)
        for (const [params, fits] of [
          [{ q: 'backupb' }, whole.rows.filter((row) => row.name === 'BackupB')],
          [{ name: 'BackupB' }, whole.rows.filter((row) => row.name === 'BackupB')],
          [{ name: 'backupb' }, []],
          [{ level: 'F' }, whole.rows.filter((row) => row.level === 'F')],
          [{ level: 'f' }, whole.rows.filter((row) => row.level === 'f')],
          [{ type: 'C' }, whole.rows.filter((row) => row.type === 'C')],
          [{ type: 'c' }, whole.rows.filter((row) => row.type === 'c')],
          [{ status: 'f' }, whole.rows.filter((row) => row.status === 'f')],
          [{ client: '1' }, whole.rows.filter((row) => row.clientId === 1)],
          [
            { from: '2026-11-06', to: '2026-11-14' },
            whole.rows.filter(({ startTime }) => startTime && startTime >= '2026-11-06' && startTime < '2026-11-15'),
          ],
          [{ q: '%\'"\\_<🌲' }, []],
          [{ log: '%\'"\\_<🌲' }, []],
        ] as const) {
          const found = await list(params)
          expect([params, found.rows.map(({ jobId }) => jobId)]).toEqual([params, fits.map(({ jobId }) => jobId)])
          expect(found.totals.jobs).toBe(fits.length)
        }
        const searched = await list({ log: 'START BACKUP JOBID' })
        expect(searched.hits?.size).toBe(searched.totals.jobs)
        expect([...(searched.hits?.values() ?? [])].every(({ text }) => text.includes('Start Backup JobId'))).toBe(true)
      })
    })

    onLabHost(name, 'copies know what they were made of', async (host) => {
      const of = { versionId, zone: await zoneOf(name) }
      const { data: copies } = await read(place(host), of, (catalog) =>
        listJobs(catalog, { filter: readJobFilter({ type: 'C' }), sort: all, page: 1, pageSize: 50 }),
      )
      const copy = copies.rows[0]
      const { data: page } = await read(place(host), of, (catalog) => readJob(catalog, copy?.jobId ?? 0, 1))
      const [prior] = page.related
      expect(prior).toMatchObject({ relation: 'what was copied', line: { name: copy?.name, type: 'B' } })
      const { data: original } = await read(place(host), of, (catalog) => readJob(catalog, prior?.line.jobId ?? 0, 1))
      expect(original.related.map(({ line }) => line.jobId)).toContain(copy?.jobId)
    })
  }
})

describe('clients say what bconsole says', () => {
  for (const { name, versionId, place } of catalogs)
    onLabHost(name, 'every client, and its own page', async (host) => {
      const of = { versionId, zone: await zoneOf(name) }
      const told = await llist(name, 'llist clients', 'clientid')
      const jobs = await llist(name, 'llist jobs', 'jobid')
      const { data: list, questions } = await read(place(host), of, (catalog) =>
        listClients(catalog, {
          search: '',
          windowDays: 365,
          sort: { by: 'good', descending: true },
          page: 1,
          pageSize: 50,
        }),
      )
      expect(questions).toBe(4)
      expect(list.rows.map(({ client }) => client.name).sort()).toEqual(told.map((client) => client['name']).sort())
      for (const row of list.rows) {
        const config = told.find((client) => client['name'] === row.client.name)
        expect(row.client).toMatchObject({
          fileRetention: Number(digits(config?.['fileretention'])),
          jobRetention: Number(digits(config?.['jobretention'])),
          autoPrune: config?.['autoprune'] === '1',
        })
        const good = jobs.filter(
          (job) =>
            job['clientname'] === row.client.name && job['type'] === 'B' && 'TW'.includes(job['jobstatus'] ?? '?'),
        )
        const last = Math.max(
          0,
          ...good.filter((job) => job['level'] === 'F').map((job) => Number(digits(job['jobtdate']))),
        )
        expect(row.last.full?.at ?? 0).toBe(last * 1000)
        const { data: page, questions: asked } = await read(place(host), of, (catalog) =>
          readClient(catalog, row.client.clientId, { windowDays: 30 }),
        )
        expect(asked).toBeLessThanOrEqual(8)
        expect(page.jobs.map((job) => job.name).sort()).toEqual(
          [
            ...new Set(
              jobs
                .filter((job) => job['clientname'] === row.client.name && job['type'] === 'B')
                .map((job) => job['name']),
            ),
          ].sort(),
        )
      }
      for (const by of clientSorts)
        await read(place(host), of, (catalog) =>
          listClients(catalog, { search: '-FD', windowDays: 30, sort: { by, descending: true }, page: 1, pageSize: 1 }),
        )
    })
})
