import { afterAll, describe, expect } from 'vitest'
import { sshPool } from '@/lib/ssh'
import { onLabHost } from '@/lib/ssh/testing/on-lab-host'
import { labCatalogs, llist, withLabCatalog } from '../testing/lab-catalogs'
import { jobsOnVolume } from '../volumes/jobs-on-volume'
import { getVolume, listVolumes, volumeChoices, volumePart, volumeSorts } from '../volumes/list-volumes'
import { listPools } from './list-pools'

afterAll(() => sshPool().close())

describe('pools and volumes say what bconsole says', () => {
  for (const of of labCatalogs)
    onLabHost(of.name, 'every volume and pool', async (host) => {
      await withLabCatalog(of, host, async (catalog) => {
        const volumes = await volumePart(catalog, { filter: {}, after: 0, limit: 1000 })
        const pools = await listPools(catalog)
        const media = await llist(of.name, 'media')
        expect(media.length).toBeGreaterThan(10)
        const told = (text: string | undefined) => (text === undefined || /^(NULL|0000|0$|$)/.test(text) ? null : text)
        expect(
          media
            .map((one) => ({
              ...{ id: Number(one['mediaid']), name: one['volumename'], status: one['volstatus'] },
              ...{ bytes: Number(one['volbytes']), jobs: Number(one['voljobs']), errors: Number(one['volerrors']) },
              ...{ retention: Number(one['volretention']), recycle: one['recycle'] === '1' },
              ...{ mounts: Number(one['volmounts']), writes: Number(one['volwrites']), slot: Number(one['slot']) },
              ...{ recycled: Number(one['recyclecount']), enabled: Number(one['enabled']) },
              ...{ first: told(one['firstwritten']), last: told(one['lastwritten']) },
            }))
            .toSorted((one, other) => one.id - other.id),
        ).toEqual(
          volumes.map((one) => ({
            ...{ id: one.mediaId, name: one.name, status: one.volStatus, bytes: one.bytes, jobs: one.jobs },
            ...{ errors: one.errors, retention: one.retention, recycle: one.recycle, mounts: one.mounts },
            ...{ writes: one.writes, slot: one.slot, recycled: one.recycleCount, enabled: one.enabled },
            ...{ first: told(one.firstWritten ?? undefined), last: told(one.lastWritten ?? undefined) },
          })),
        )
        expect(new Set(volumes.map(({ kind }) => kind))).toEqual(new Set(['disk']))
        const listed = await llist(of.name, 'pools')
        const known = new Map(listed.map((one) => [one['name'], one] as const))
        expect(pools.map(({ name }) => name).toSorted()).toEqual([...known.keys()].toSorted())
        for (const pool of pools) {
          const said = known.get(pool.name)
          const own = media.filter((one) => one['poolid'] === String(pool.poolId))
          expect([pool.poolId, pool.maxVols, pool.retention, pool.maxVolBytes, pool.autoPrune, pool.recycle]).toEqual([
            ...[said?.['poolid'], said?.['maxvols'], said?.['volretention'], said?.['maxvolbytes']].map(Number),
            said?.['autoprune'] === '1',
            said?.['recycle'] === '1',
          ])
          expect([pool.use.volumes, pool.use.bytes]).toEqual([
            own.length,
            own.reduce((sum, one) => sum + Number(one['volbytes']), 0),
          ])
        }
      })
    })
})

describe('what pages ask', () => {
  for (const of of labCatalogs)
    onLabHost(of.name, 'is answered in each dialect', async (host) => {
      await withLabCatalog(of, host, async (catalog) => {
        const all = await volumePart(catalog, { filter: {}, after: 0, limit: 1000 })
        const list = (filter: Parameters<typeof listVolumes>[1]['filter']) =>
          listVolumes(catalog, { filter, sort: { by: 'due', descending: true }, page: 1 })
        for (const by of volumeSorts) {
          const { rows, total } = await listVolumes(catalog, { filter: {}, sort: { by, descending: false }, page: 1 })
          expect([by, total, rows.length]).toEqual([by, all.length, Math.min(50, all.length)])
        }
        const prunable = all.filter(({ verdict }) => verdict.state === 'prunable')
        expect((await list({ prune: 'now' })).total).toBe(prunable.filter(({ verdict }) => verdict.comesBack).length)
        expect((await list({ prune: 'not' })).total).toBe(all.length - prunable.length)
        expect((await list({ health: 'findings' })).total).toBe(
          all.filter(({ health }) => health.findings.length > 0).length,
        )
        expect((await list({ q: 'a-FULL' })).total).toBe(all.filter(({ name }) => name.startsWith('A-Full')).length)
        expect((await list({ q: "'; DROP" })).total).toBe(0)
        expect((await volumeChoices(catalog)).statuses).toEqual(
          [...new Set(all.map(({ volStatus }) => volStatus))].toSorted(),
        )
        const pools = await listPools(catalog)
        const sum = (of: (pool: (typeof pools)[number]) => number) => pools.reduce((total, pool) => total + of(pool), 0)
        expect(sum(({ prunable: { volumes, kept } }) => volumes + kept.volumes)).toBe(prunable.length)
        const full = all.find(({ volStatus, jobs }) => volStatus === 'Full' && (jobs ?? 0) > 0)
        const one = full ? await getVolume(catalog, full.mediaId) : null
        expect(one).toEqual(full)
        const jobs = await jobsOnVolume(catalog, { mediaId: full?.mediaId ?? 0 }, 1)
        expect(jobs.rows.length).toBe(jobs.total)
        expect(jobs.rows.every(({ estimate }) => (estimate.bytes ?? 0) > 0)).toBe(true)
      })
    })
})
