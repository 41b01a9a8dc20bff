import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { store } from '@/lib/db/client'
import { inspectStore } from '@/lib/db/inspect-store'
import { withTestStore } from '@/lib/db/test-store'
import { refusalOf } from '@/lib/inventory/testing'
import { prepareData } from '@/lib/server/prepare-data'
import { makeHost } from '@/prisma/factories'
import { backupsDir } from './make-backup'
import { checkBackup } from './manifest'
import { upgradeStore } from './upgrade-store'

const test = withTestStore()

/** A folder of today's migrations and one more. */
function newer(name: string, sql: string): string {
  const dir = join(test.current().dir, 'migrations')
  cpSync('prisma/migrations', dir, { recursive: true })
  mkdirSync(join(dir, name), { recursive: true })
  writeFileSync(join(dir, name, 'migration.sql'), sql)
  return dir
}

async function fill(): Promise<void> {
  await prepareData()
  await makeHost(store(), { name: 'umber' })
  await store().$disconnect()
}

it('backs the store up before it migrates, and only then', async () => {
  await fill()
  expect(await upgradeStore()).toEqual([])
  expect(readdirSync(test.current().dir)).not.toContain('backups')
  const dir = newer('99990101000000_more', 'CREATE TABLE more (id INTEGER PRIMARY KEY);')
  expect(await upgradeStore(dir)).toEqual(['99990101000000_more'])
  const [backup = ''] = readdirSync(backupsDir())
  expect(backup).toMatch(/^pollux-\d{8}T\d{6}Z-before-upgrade$/)
  const manifest = await checkBackup(join(backupsDir(), backup))
  expect(manifest.migration).not.toContain('more')
  const { migrations } = await inspectStore(join(backupsDir(), backup, 'pollux.db'))
  expect(migrations.at(-1)).toBe(manifest.migration)
})

it('says where the backup lies when a migration fails', async () => {
  await fill()
  const dir = newer('99990101000000_bad', 'INSERT INTO nowhere VALUES (1);')
  const { userMessage } = await refusalOf(upgradeStore(dir))
  expect(userMessage).toMatch(
    /99990101000000_bad failed .* lies in .*-before-upgrade\. .*npm run restore -- --from .* --replace/,
  )
})

it('keeps the newest five of its own backups, and all that a person made', async () => {
  await fill()
  for (let n = 1; n <= 7; n += 1)
    mkdirSync(join(backupsDir(), `pollux-2026010${n}T000000Z-before-upgrade`), { recursive: true })
  mkdirSync(join(backupsDir(), 'pollux-20260101T000000Z'))
  await upgradeStore(newer('99990101000000_more', 'CREATE TABLE more (id INTEGER PRIMARY KEY);'))
  const names = readdirSync(backupsDir()).sort()
  expect(names.slice(0, 5)).toEqual([
    'pollux-20260101T000000Z',
    ...[4, 5, 6, 7].map((n) => `pollux-2026010${n}T000000Z-before-upgrade`),
  ])
  expect(names).toHaveLength(6)
})
