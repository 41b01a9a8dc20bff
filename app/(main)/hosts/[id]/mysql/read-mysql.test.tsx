import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { mysqlAgent } from '@/agents/mysql'
import { setAgents } from '@/lib/changes/agents'
import { keepParts } from '@/lib/changes/ask-change'
import { type PlanRecord, sealPlan } from '@/lib/changes/plan-record'
import { work } from '@/lib/db'
import { withTestStore } from '@/lib/db/test-store'
import { getHost } from '@/lib/inventory/get-host'
import { someone } from '@/lib/inventory/testing'
import { makeHost } from '@/prisma/factories'
import { CompareSection } from './compare-section'
import { CourseSection } from './course-section'
import { readMysql } from './read-mysql'
import { RowsTable } from './rows-table'

const test = withTestStore()
const changed = Date.UTC(2026, 10, 26, 12)
const hour = 3_600_000
const megabyte = 2 ** 20
const key = '/var/lib/mysql'

type HostName = { id: string; name: string }

/** A change that tuned a server of a host, as it is after it was applied. */
function tuned(host: HostName, server = key): Promise<number> {
  const aim = { purpose: 'tiny-nas', load: 'bacula', budgetBytes: 256 * megabyte }
  return asked(host, { kind: 'tune', server, aim, values: {}, restart: true })
}

async function asked(
  host: HostName,
  desired: { kind: string; server: string; [more: string]: unknown },
): Promise<number> {
  const step = { kind: 'knob', id: 'k', title: 'k', timeoutS: 1, path: '/k', before: '', after: '' }
  const agent = { id: 'mysql', version: 1 }
  const phases = [{ id: 'tune', title: 'Tune', hosts: [{ hostId: host.id, steps: [step] }] }]
  const plan = { agent, title: 'Tune', summary: 'Tunes.', phases, checks: [], basis: [], findings: [], guard: null }
  const record = {
    ...{ plan, desired, hostKeys: {}, hosts: [{ id: host.id, name: host.name }], digest: 'd' },
    origin: { kind: 'wizard', hostIds: [host.id], agentId: 'mysql', desired },
  } as unknown as PlanRecord
  return work(async (tx) => {
    const data = { agentId: 'mysql', agentVersion: 1, title: 'Tune', summary: '', state: 'ended', outcome: 'applied' }
    const asked = { digest: 'd', sealedPlan: sealPlan(record), askedBy: 'ada', askedById: 'ada' }
    const times = { startedAt: new Date(changed - 60_000), endedAt: new Date(changed) }
    const { id } = await tx.change.create({ data: { ...data, ...asked, ...times } })
    await keepParts(tx, id, record)
    return id
  })
}

/** Samples with these pages read from the disk in an hour, the server up since so many hours before the first. */
function samplesOf(hostId: string, from: number, to: number, perHour: number, startedH: number) {
  return Array.from({ length: to - from + 1 }, (_, at) => {
    const hours = from + at
    const upH = hours - startedH
    const counters = { Questions: String(upH * 1000), Innodb_buffer_pool_reads: String(upH * perHour) }
    const memory = { rssBytes: 150 * megabyte, peakRssBytes: 212 * megabyte }
    const data = { version: '10.11.14-MariaDB', uptimeS: upH * 3600, ...memory, counters, variables: {} }
    return { hostId, agentId: 'mysql', subject: key, at: new Date(changed + hours * hour), data: JSON.stringify(data) }
  })
}

it('says what a tuning brought, by what the store kept', async () => {
  const { db } = test.current()
  setAgents([mysqlAgent])
  const [host, other] = [await makeHost(db, { name: 'larch' }), await makeHost(db, { name: 'spruce' })]
  const changeId = await tuned(host)
  await db.tuningSample.createMany({
    data: [
      ...samplesOf(host.id, -30, -1, 1200, -100),
      ...samplesOf(host.id, 1, 26, 400, 0),
      ...samplesOf(other.id, 1, 1, 5, 0),
    ],
  })
  const ctx = someone('viewer')
  const of = await readMysql(ctx, await getHost(ctx, host.id), null)
  expect(of).toMatchObject({ server: key, read: null, tuning: { changeId, next: null } })
  const { tuning } = of
  if (!tuning) throw new Error('expected a tuning')
  expect(tuning.look.title).toBe('The tuning of 26 November held: peak 212 MB of 256 MB; fewer reads from disk')
  const table = renderToStaticMarkup(<RowsTable rows={tuning.look.rows} />)
  expect(table).toContain('1,200 an hour before, in 4 days; 400 an hour since, in 26 hours: fewer.')
  const course = renderToStaticMarkup(<CourseSection samples={of.samples} tuning={tuning} />)
  expect(course).toContain('400 to 1,200')
  expect(course).toContain('with a budget of 256 MB')
  const compare = async (withHost: string | null) =>
    renderToStaticMarkup(await CompareSection({ ctx, of, withHost, withServer: null }))
  expect(await compare(null)).toContain(`with=${other.id}`)
  expect(await compare(other.id)).toContain('Of one of them no server was read yet.')
  expect(await compare('nobody')).toContain('There is no such host.')
})

it('shows the tuning of the server that is looked at, also where tables were converted since', async () => {
  const { db } = test.current()
  setAgents([mysqlAgent])
  const host = await makeHost(db, { name: 'larch' })
  const other = '/srv/mysql'
  const [first, second] = [await tuned(host), await tuned(host, other)]
  await asked(host, { kind: 'convert', server: key, tables: [{ schema: 'old', name: 'visits' }] })
  await db.tuningSample.createMany({ data: samplesOf(host.id, 1, 1, 5, 0) })
  const ctx = someone('viewer')
  const of = async (server: string | null) => readMysql(ctx, await getHost(ctx, host.id), server)
  expect(await of(key)).toMatchObject({ server: key, tuning: { changeId: first, server: key } })
  // Of the other nothing was read since.
  expect(await of(null)).toMatchObject({ server: other, tuning: { changeId: second, server: other } })
})

it('shows a host that nobody tuned', async () => {
  const host = await makeHost(test.current().db)
  const ctx = someone('viewer')
  expect(await readMysql(ctx, await getHost(ctx, host.id), null)).toMatchObject({ server: null, tuning: null })
})
