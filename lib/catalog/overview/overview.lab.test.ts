import { afterAll, describe, expect } from 'vitest'
import { hostExec } from '@/e2e/lab/lab'
import { type SqlPlace, withReader } from '@/lib/sql'
import { sshPool } from '@/lib/ssh'
import { labTarget, onLabHost } from '@/lib/ssh/testing/on-lab-host'
import { defaultHealthLimits, schemaByVersion } from '../rules'
import { dayLevels } from './backup-days'
import { type Overview, readOverview } from './read-overview'

const account = { user: 'bacula', password: 'lab-catalog', database: 'bacula' }
const file = '/var/lib/bacula/bacula.db'

type LabHost = Parameters<Parameters<typeof onLabHost>[2]>[0]

/** Each host, the schema of its catalog, how Pollux reaches it, and how one asks it plain SQL on the host itself. */
const catalogs = [
  {
    name: 'willow',
    versionId: 16,
    place: (host: LabHost): SqlPlace => ({
      ...{ way: 'tunnel', dialect: 'mysql', target: labTarget(host), host: '127.0.0.1', port: 3306, account },
    }),
    client: ['mysql', '-ubacula', '-plab-catalog', '-NB', 'bacula', '-e'],
  },
  {
    name: 'poplar',
    versionId: 16,
    place: (host: LabHost): SqlPlace => ({
      ...{ way: 'tunnel', dialect: 'postgresql', target: labTarget(host), host: '127.0.0.1', port: 5432, account },
    }),
    client: ['psql', '-At', 'postgresql://bacula:lab-catalog@127.0.0.1/bacula', '-c'],
  },
  {
    name: 'aspen',
    versionId: 1026,
    place: (host: LabHost): SqlPlace => ({
      ...{ way: 'host-file', dialect: 'sqlite', target: labTarget(host), path: file },
    }),
    client: ['sqlite3', '-readonly', file],
  },
] as const

afterAll(() => sshPool().close())

describe('the overview says what plain SQL says on the host', () => {
  for (const { name, versionId, place, client } of catalogs)
    onLabHost(name, 'every figure', async (host) => {
      const now = Date.now()
      const since = Math.floor(now / 1000) - 30 * 86_400
      const plain = async (text: string) => {
        const { stdout, stderr, code } = await hostExec(name, [...client, text])
        expect(code, stderr).toBe(0)
        return stdout.trim()
      }
      const zone = (await hostExec(name, ['readlink', '-f', '/etc/localtime'])).stdout
        .trim()
        .replace(/^.*zoneinfo\//, '')
      const overview = await read(place(host), { versionId, zone, now })
      const count = async (condition: string) =>
        Number(await plain(`SELECT COUNT(*) FROM Job WHERE JobTDate >= ${since} AND ${condition}`))
      const { backups, others } = overview.outcomes
      expect(backups['30d'].good).toBe(await count("Type = 'B' AND JobStatus = 'T' AND JobErrors = 0"))
      expect(backups['30d'].warned).toBe(
        await count("Type = 'B' AND (JobStatus = 'W' OR (JobStatus = 'T' AND JobErrors > 0))"),
      )
      expect(backups['30d'].failed).toBe(await count("Type = 'B' AND JobStatus IN ('E', 'e', 'f', 'I')"))
      expect(backups['30d'].canceled).toBe(await count("Type = 'B' AND JobStatus = 'A'"))
      expect(backups['30d'].unknown).toBe(0)
      expect(Object.values(others['30d']).reduce((sum, one) => sum + one)).toBe(await count("Type <> 'B'"))
      // Of the last 90 days: the lab is younger.
      const good = "FROM Job WHERE Type = 'B' AND JobStatus IN ('T', 'W')"
      expect(sumOf(overview, 'jobs')).toBe(Number(await plain(`SELECT COUNT(*) ${good}`)))
      expect(sumOf(overview, 'bytes')).toBe(Number(await plain(`SELECT SUM(JobBytes) ${good}`)))
      expect(sumOf(overview, 'files')).toBe(Number(await plain(`SELECT SUM(JobFiles) ${good}`)))
      expect(overview.days).toMatchObject({ implausible: 0, undated: 0 })
      expect(overview.late.total).toBe(
        Number(
          await plain(
            "SELECT COUNT(*) FROM (SELECT DISTINCT Name, ClientId FROM Job WHERE Type = 'B' AND JobTDate > 0) x",
          ),
        ),
      )
      expect(overview.volumes.volumes).toBe(Number(await plain('SELECT COUNT(*) FROM Media')))
      expect(overview.volumes.bytes).toBe(Number(await plain('SELECT SUM(VolBytes) FROM Media')))
      expect(overview.volumes.inError).toBe(Number(await plain("SELECT COUNT(*) FROM Media WHERE VolStatus = 'Error'")))
      const path = overview.sizes.tables.find(({ table }) => table.toLowerCase() === 'path')
      expect(path?.bytes).toBeGreaterThan(0)
    })
})

function read(
  place: SqlPlace,
  { versionId, zone, now }: { versionId: number; zone: string; now: number },
): Promise<Overview> {
  return withReader(place, (reader) =>
    readOverview(
      {
        ...{ catalogId: 'c1', name: 'lab', dialect: reader.dialect, schema: schemaByVersion('bacula', versionId) },
        ...{ zone, now, limits: defaultHealthLimits, isSample: false, directorHostId: null },
        ask: (question, options) => reader.ask(question, options),
      },
      { span: 90 },
    ),
  )
}

function sumOf({ days }: Overview, what: 'jobs' | 'bytes' | 'files'): number {
  return days.days.flatMap((day) => dayLevels.map((level) => day.levels[level][what])).reduce((sum, one) => sum + one)
}
