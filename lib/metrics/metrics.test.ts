import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { describe, expect, it } from 'vitest'
import { GET } from '@/app/metrics/route'
import { replaceSingle } from '@/lib/config/single'
import { withTestStore } from '@/lib/db/test-store'
import { lastAudit, refusalOf, someone } from '@/lib/inventory/testing'
import { makeHost } from '@/prisma/factories'
import { portOf } from '@/scripts/start/test-start'
import { exposition } from './exposition'
import { isMetricsToken, makeMetricsToken, metricsTokenMade, removeMetricsToken } from './metrics-token'
import { ownMetrics } from './own-metrics'
import { readMetrics } from './read-metrics'
import { routeOf } from './route-patterns'
import { timeRequest } from './time-requests'

const test = withTestStore()
const admin = someone('admin')
const now = Date.parse('2026-11-26T09:00:00Z')
const hostile = 'a "quoted" \\ name\n<b>\u202e'

interface Sample {
  name: string
  labels: Record<string, string>
  value: number
}

/** Reads the text as strictly as its manual says: nothing but HELP, TYPE and samples of the metric that was just described. */
function parsed(text: string): Sample[] {
  const samples: Sample[] = []
  let current = ''
  const seen = new Set<string>()
  expect(text.endsWith('\n')).toBe(true)
  for (const line of text.slice(0, -1).split('\n')) {
    const help = /^# HELP ([a-z_0-9]+) \S.*$/.exec(line)
    const type = /^# TYPE ([a-z_0-9]+) (?:gauge|counter|histogram)$/.exec(line)
    if (help) {
      current = help[1] ?? ''
      expect(seen.has(current)).toBe(false)
      seen.add(current)
    } else if (type) expect(type[1]).toBe(current)
    else if (line !== '') {
      const sample =
        /^([a-z_0-9]+)(?:\{((?:[a-z_]+="(?:[^"\\\n]|\\["\\n])*",?)+)\})? (-?\d+(?:\.\d+)?(?:e[+-]\d+)?|Nan)$/.exec(line)
      expect(sample, line).not.toBeNull()
      expect(sample?.[1]?.replace(/_(bucket|sum|count)$/, '')).toBe(current.replace(/_count$/, ''))
      const labels: Record<string, string> = {}
      for (const [, name = '', value = ''] of (sample?.[2] ?? '').matchAll(/([a-z_]+)="((?:[^"\\]|\\.)*)"/g))
        labels[name] = value.replace(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter))
      samples.push({ name: sample?.[1] ?? '', labels, value: Number(sample?.[3]) })
    }
  }
  return samples
}

async function fill(): Promise<void> {
  const { db } = test.current()
  await makeHost(db, { name: 'umber' })
  const pool = { poolId: 1, name: hostile, volumes: 3, bytes: 5e12, capacityBytes: null, prunableBytes: 7 }
  const snapshot = { at: now, pools: [{ ...pool, reclaimableBytes: 0, inError: 1, byStatus: { Full: 2, Error: 1 } }] }
  const catalog = { dialect: 'sqlite', zone: 'UTC', zoneSource: 'told', product: 'bacula', schemaVersion: 16 }
  await db.catalog.create({
    data: {
      ...catalog,
      id: 'c1',
      name: 'main',
      way: 'file',
      readAt: new Date(now - 60_000),
      snapshot: JSON.stringify(snapshot),
    },
  })
  await db.catalog.create({ data: { ...catalog, id: 'c2', name: 'unread', way: 'file', trouble: 'It is gone.' } })
  await db.catalog.create({ data: { ...catalog, id: 'c3', name: 'sample', way: 'sample', readAt: new Date(now) } })
  const job = { catalogId: 'c1', because: '', readAt: new Date(now) }
  const good = new Date(now - 3_600_000)
  await db.backupJob.create({ data: { ...job, name: 'A', clientName: 'web-fd', state: 'overdue', lastGoodAt: good } })
  await db.backupJob.create({ data: { ...job, name: 'B', clientName: 'web-fd', state: 'unknown' } })
}

it('tells what was read last, with names as they are, and nothing of samples', async () => {
  await fill()
  const samples = parsed(exposition(await readMetrics(now)))
  const of = (name: string) => samples.filter((one) => one.name === name).map(({ labels, value }) => [labels, value])
  expect(of('pollux_hosts')).toEqual([[{ reach: 'unread' }, 1]])
  expect(of('pollux_catalog_up')).toEqual([
    [{ catalog: 'main' }, 1],
    [{ catalog: 'unread' }, 0],
  ])
  expect(of('pollux_catalog_read_age_seconds')).toEqual([[{ catalog: 'main' }, 60]])
  expect(of('pollux_pool_bytes')).toEqual([[{ catalog: 'main', pool: hostile }, 5e12]])
  expect(of('pollux_pool_capacity_bytes')).toEqual([])
  expect(of('pollux_pool_volumes')).toEqual([
    [{ catalog: 'main', pool: hostile, status: 'Full' }, 2],
    [{ catalog: 'main', pool: hostile, status: 'Error' }, 1],
  ])
  const labels = { catalog: 'main', job: 'A', client: 'web-fd' }
  expect(of('pollux_backup_last_good_age_seconds')).toEqual([[labels, 3600]])
  expect(of('pollux_backup_overdue')).toEqual([[labels, 1]])
})

describe('the token', () => {
  it('is made, replaced and removed by an admin, and recorded without itself', async () => {
    expect((await refusalOf(makeMetricsToken(someone('operator')))).code).toBe('forbidden')
    expect((await refusalOf(removeMetricsToken(someone('operator')))).code).toBe('forbidden')
    expect(await metricsTokenMade(admin)).toBeNull()
    const { token } = await makeMetricsToken(admin)
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(await metricsTokenMade(admin)).toMatchObject({ createdBy: expect.any(String) })
    const kept = await test.current().db.metricsToken.findMany()
    expect(JSON.stringify(kept)).not.toContain(token)
    expect(JSON.stringify(await lastAudit(test.current().db))).not.toContain(token)
    expect(await isMetricsToken(`Bearer ${token}`)).toBe(true)
    const next = await makeMetricsToken(admin)
    expect(await isMetricsToken(`Bearer ${token}`)).toBe(false)
    expect(await isMetricsToken(`Bearer ${next.token}`)).toBe(true)
    await removeMetricsToken(admin)
    expect(await isMetricsToken(`Bearer ${next.token}`)).toBe(false)
    expect(await lastAudit(test.current().db)).toMatchObject({ verb: 'remove metrics token' })
  })

  it.each([null, '', 'Bearer', 'Bearer ', 'Basic eDp4', 'Bearer x', 'bearer  x y'])('is not %j', async (header) => {
    expect(await isMetricsToken(header)).toBe(false)
    await makeMetricsToken(admin)
    expect(await isMetricsToken(header)).toBe(false)
  })

  it('opens /metrics in its header alone, and nothing else does', async () => {
    await fill()
    const ask = (headers: Record<string, string> = {}) => GET(new Request('http://pollux.test/metrics', { headers }))
    expect((await ask()).status).toBe(401)
    const { token } = await makeMetricsToken(admin)
    const refused = await ask({ authorization: 'Bearer wrong' })
    expect([refused.status, await refused.text()]).toEqual([401, expect.not.stringContaining('pollux_')])
    // A token in a wrong place stands in logs and histories, so it opens nothing there.
    const inAddress = await GET(new Request(`http://pollux.test/metrics?token=${token}&access_token=${token}`))
    expect([inAddress.status, (await ask({ cookie: `token=${token}` })).status]).toEqual([401, 401])
    const answer = await ask({ authorization: `Bearer ${token}` })
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    const text = await answer.text()
    expect(parsed(text).length).toBeGreaterThan(5)
    const checked = spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' })
    // What it says of names beyond the format are the client library's own (`_total` of gauges).
    if (checked.error === undefined) expect(checked.stderr).not.toMatch(/error while|parsing|pollux_/)
  })
})

describe('Pollux itself', () => {
  const of = async (name: string) =>
    parsed(await ownMetrics().registry.metrics()).filter((sample) => sample.name === name)

  it('tells of memory, event loop, pool, queue, store and its retries', async () => {
    replaceSingle('store-counts', { attempts: 7, retries: { stale: 2, busy: 0 } })
    for (const [name, least] of [
      ['process_resident_memory_bytes', 1e7],
      ['process_open_fds', 3],
      ['nodejs_eventloop_lag_p50_seconds', 0],
      ['nodejs_eventloop_lag_p99_seconds', 0],
      ['nodejs_eventloop_lag_max_seconds', 0],
      ['pollux_ssh_connections', 0],
      ['pollux_ssh_waiting', 0],
      ['pollux_queue_waiting', 0],
      ['pollux_queue_running', 0],
      ['pollux_queue_oldest_seconds', 0],
      ['pollux_store_bytes', 50_000],
      ['pollux_store_attempts_total', 7],
      ['pollux_paused', 0],
    ] as const)
      expect([name, (await of(name))[0]?.value ?? -1]).toEqual([name, expect.toSatisfy((value) => value >= least)])
    expect(await of('pollux_store_retries_total')).toMatchObject([
      { labels: { fault: 'stale' }, value: 2 },
      { labels: { fault: 'busy' }, value: 0 },
    ])
  })

  it('times pages by their route, never by what was asked for, and leaves streams out', async () => {
    const server = createServer((request, response) => {
      timeRequest(request, response, routeOf(['/', '/hosts', '/hosts/[id]', '/api/changes/[id]/stream', '/[...rest]']))
      response.end()
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    for (const path of ['/hosts/7?x=1', '/hosts/8', '/hosts', '/nothing/here', '/_next/a.js', '/api/changes/3/stream'])
      await (await fetch(`http://127.0.0.1:${portOf(server)}${path}`)).text()
    server.close()
    await once(server, 'close')
    const counts = await of('pollux_http_request_duration_seconds_count')
    expect(counts.map(({ labels, value }) => [labels['method'], labels['route'], labels['code'], value])).toEqual([
      ['GET', '/hosts/[id]', '2xx', 2],
      ['GET', '/hosts', '2xx', 1],
      ['GET', '/[...rest]', '2xx', 1],
      ['GET', '/_next', '2xx', 1],
    ])
  })
})
