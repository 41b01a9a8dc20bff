import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createClient } from '@libsql/client'
import { expect, it, onTestFinished } from 'vitest'
import { migrateStore } from './migrate'

const name = '20261127164500_adoption_by_change'

it('keeps what was taken as right when a host and agent may have several of them', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'pollux-adoptions-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  const [file, before] = [join(dir, 'store.db'), join(dir, 'before')]
  const isEarlier = (path: string) => !/\/\d{14}_/.test(path) || path < join(resolve('prisma/migrations'), name)
  cpSync('prisma/migrations', before, { recursive: true, filter: (path) => isEarlier(resolve(path)) })
  await migrateStore(file, { migrationsDir: before })
  const client = createClient({ url: `file:${file}` })
  onTestFinished(() => client.close())
  const change = (id: number) =>
    `INSERT INTO change (id, agentId, agentVersion, title, summary, state, digest, sealedPlan, askedBy, askedById)
     VALUES (${id}, 'mysql', 1, 't', 's', 'ended', 'd', x'00', 'ada', 'ada');`
  const adoption = (changeId: number) =>
    `INSERT INTO drift_adoption (hostId, agentId, changeId, items, "by", "at")
     VALUES ('h', 'mysql', ${changeId}, '[{"what":"x","seen":"y"}]', 'ada', '2026-11-26T12:00:00.000+00:00');`
  await client.executeMultiple(
    `PRAGMA foreign_keys = ON;
     INSERT INTO host (id, name, kind, address, login, privilege, updatedAt)
     VALUES ('h', 'umber', 'server', '192.0.2.1', 'root', 'root', '2026-11-26T12:00:00.000+00:00');
     ${change(7)} ${change(8)} ${adoption(7)}`,
  )
  const rows = async () => (await client.execute('SELECT * FROM drift_adoption ORDER BY changeId')).rows
  const kept = await rows()
  expect(kept).toHaveLength(1)
  await expect(client.execute(adoption(8))).rejects.toThrow('UNIQUE')

  expect((await migrateStore(file))[0]).toBe(name)
  expect(await rows()).toEqual(kept)
  await client.execute(adoption(8))
  await expect(client.execute(adoption(8))).rejects.toThrow('UNIQUE')
  await client.execute('DELETE FROM change WHERE id = 7')
  expect((await rows()).map((row) => row['changeId'])).toEqual([8])
})
