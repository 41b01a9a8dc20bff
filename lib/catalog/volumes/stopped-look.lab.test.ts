import { afterAll, expect } from 'vitest'
import { hostExec } from '@/e2e/lab/lab'
import { isAppError } from '@/lib/errors'
import { withReader } from '@/lib/sql'
import { sshPool } from '@/lib/ssh'
import { labTarget, onLabHost } from '@/lib/ssh/testing/on-lab-host'
import { defaultHealthLimits, schemaByVersion } from '../rules'
import { jobsOnVolume } from './jobs-on-volume'

const account = { user: 'bacula', password: 'lab-catalog', database: 'bacula' }
const client = ['mysql', '-ubacula', '-plab-catalog', '-NB', 'bacula', '-e']

afterAll(() => sshPool().close())

onLabHost('willow', 'a look for the jobs on a volume that is stopped ends in the database', async (host) => {
  const mysql = async (text: string) => (await hostExec('willow', [...client, text])).stdout.trim()
  const waiting = () =>
    mysql(
      "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE Info LIKE '%COUNT(DISTINCT jm.JobId) AS jobs%' AND Info NOT LIKE '%PROCESSLIST%'",
    )
  // Whoever locks the table makes every look at it last.
  const lock = mysql('LOCK TABLES JobMedia WRITE; SELECT SLEEP(6)')
  const stop = new AbortController()
  const place = {
    ...({ way: 'tunnel', dialect: 'mysql', target: labTarget(host), host: '127.0.0.1', port: 3306, account } as const),
  }
  const look = withReader(place, (reader) =>
    jobsOnVolume(
      {
        ...{ catalogId: 'c1', name: 'lab', dialect: 'mysql', schema: schemaByVersion('bacula', 16), zone: 'UTC' },
        ...{ now: Date.now(), limits: defaultHealthLimits, isSample: false, directorHostId: null },
        ask: (question, options) => reader.ask(question, { signal: stop.signal, ...options }),
      },
      { mediaId: 1 },
      1,
    ),
  ).catch((error: unknown) => error)
  await expect.poll(waiting, { timeout: 5000 }).toBe('1')
  stop.abort()
  const error = await look
  expect(isAppError(error) && error.code).toBe('conflict')
  expect(await waiting()).toBe('0')
  await lock
})
