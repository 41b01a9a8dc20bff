import { hostExec } from '@/e2e/lab/lab'
import { type SqlPlace, withReader } from '@/lib/sql'
import { labTarget, type onLabHost } from '@/lib/ssh/testing/on-lab-host'
import type { CatalogReading } from '../catalog-reading'
import { defaultHealthLimits, schemaByVersion } from '../rules'

export type BaculaHost = Parameters<Parameters<typeof onLabHost>[2]>[0]

const account = { user: 'bacula', password: 'lab-catalog', database: 'bacula' }

/** The lab's Bacula hosts: the schema of each catalog, and how Pollux reaches it. */
export const labCatalogs = [
  {
    name: 'willow',
    versionId: 16,
    place: (host: BaculaHost): SqlPlace => ({
      ...{ way: 'tunnel', dialect: 'mysql', target: labTarget(host), host: '127.0.0.1', port: 3306, account },
    }),
  },
  {
    name: 'poplar',
    versionId: 16,
    place: (host: BaculaHost): SqlPlace => ({
      ...{ way: 'tunnel', dialect: 'postgresql', target: labTarget(host), host: '127.0.0.1', port: 5432, account },
    }),
  },
  {
    name: 'aspen',
    versionId: 1026,
    place: (host: BaculaHost): SqlPlace => ({
      ...{ way: 'host-file', dialect: 'sqlite', target: labTarget(host), path: '/var/lib/bacula/bacula.db' },
    }),
  },
] as const

/** Work on the catalog of a lab host, in the host's own time zone. */
export async function withLabCatalog<T>(
  { name, versionId, place }: (typeof labCatalogs)[number],
  host: BaculaHost,
  work: (catalog: CatalogReading) => Promise<T>,
): Promise<T> {
  const { stdout } = await hostExec(name, ['readlink', '-f', '/etc/localtime'])
  const zone = stdout.trim().replace(/^.*zoneinfo\//, '')
  const at = place(host)
  return withReader(at, (reader) =>
    work({
      ...{ catalogId: name, name, dialect: at.dialect, schema: schemaByVersion('bacula', versionId), zone },
      ...{ now: Date.now(), limits: defaultHealthLimits, isSample: false, directorHostId: null },
      ask: (question, options) => reader.ask(question, options),
    }),
  )
}

/** What bconsole says to one command of `llist`, as records of its own words. */
export async function llist(name: string, what: string): Promise<Record<string, string>[]> {
  const input = `gui on\nllist ${what}\nquit\n`
  const { stdout } = await hostExec(name, ['timeout', '60', 'bconsole', '-n'], { input })
  const first = what.startsWith('pool') ? 'poolid' : what.startsWith('media') ? 'mediaid' : 'jobid'
  const records: Record<string, string>[] = []
  for (const line of stdout.split('\n')) {
    const [, word = '', value = ''] = /^ *(\w+): (.*)$/.exec(line) ?? []
    const key = word.toLowerCase()
    if (key === first) records.push({})
    const last = records.at(-1)
    if (last && key !== '') last[key] = value.trim()
  }
  return records
}
