import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@libsql/client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { verifyAudit } from '@/lib/audit/verify-audit'
import type { Ctx } from '@/lib/auth/actor'
import { makeSignedIn } from '@/lib/auth/test-session'
import { instanceId } from '@/lib/config/instance-id'
import { findPaused } from '@/lib/config/paused'
import { forgetSingles } from '@/lib/config/single'
import { read } from '@/lib/db'
import { store } from '@/lib/db/client'
import { openTestStore, type TestStore, withTestStore } from '@/lib/db/test-store'
import { openCredential } from '@/lib/inventory/credential-secret'
import { refusalOf } from '@/lib/inventory/testing'
import { keyIdOf } from '@/lib/secrets/key-file'
import { sealingKey } from '@/lib/secrets/sealing-key'
import { prepareData } from '@/lib/server/prepare-data'
import { makeCredential, makeHost } from '@/prisma/factories'
import { backupsDir, makeBackup } from './make-backup'
import { checkBackup } from './manifest'
import { restoreBackup } from './restore-backup'
import { restoreMark } from './unfinished-restore'
import { openWrappedKey, wrappedKeyId, writeWrappedKey } from './wrapped-key'

const test = withTestStore()
const ctx: Ctx = { actor: { kind: 'system', name: 'command line' }, requestId: 'test' }
const passphrase = 'correct horse battery staple'

let elsewhere: string
beforeEach(async () => {
  elsewhere = mkdtempSync(join(tmpdir(), 'pollux-elsewhere-'))
  await prepareData()
})
afterEach(() => rmSync(elsewhere, { recursive: true, force: true }))

const sentence = async (run: Promise<unknown>) => (await refusalOf(run)).userMessage ?? ''

describe('a backup', () => {
  it('is a whole copy as of one moment while others write, for its owner alone, without the key', async () => {
    instanceId()
    // Another process writes two rows at a time, as Pollux does while it serves.
    const script = `import { createClient } from '@libsql/client'
      const client = createClient({ url: 'file:${test.current().dir}/pollux.db' })
      await client.execute('PRAGMA busy_timeout = 9000')
      for (let n = 1; ; n += 1) {
        const rows = ['a', 'b'].map((key) => ({ sql: 'INSERT INTO setting VALUES (?, ?, 0) ON CONFLICT DO UPDATE SET value = excluded.value', args: [key, n] }))
        await client.batch(rows, 'write')
        if (n === 50) console.log('writes')
      }`
    const writer = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(writer.stdout, 'data')
    const folder = await makeBackup({ to: elsewhere })
    expect(writer.exitCode).toBeNull()
    writer.kill('SIGKILL')
    await once(writer, 'exit')
    const copy = createClient({ url: `file:${folder}/pollux.db` })
    const [a, b] = (await copy.execute("SELECT value FROM setting WHERE key IN ('a', 'b')")).rows
    copy.close()
    expect([Number(a?.['value']) >= 50, b]).toEqual([true, a])
    expect(readdirSync(folder).sort()).toEqual(['instance', 'manifest.json', 'pollux.db'])
    expect([folder, ...readdirSync(folder).map((name) => join(folder, name))].map(modeOf)).toEqual([
      0o700,
      ...[0o600, 0o600, 0o600],
    ])
    const manifest = await checkBackup(folder)
    expect(manifest).toMatchObject({ keyId: keyIdOf(sealingKey()), migration: expect.stringMatching(/^\d{14}_/) })
    const bytes =
      readFileSync(join(folder, 'pollux.db')).toString('latin1') + readFileSync(join(folder, 'manifest.json'))
    expect(bytes).not.toContain(sealingKey().toString('base64'))
    expect(bytes).not.toContain(sealingKey().toString('latin1'))
    expect(readdirSync(elsewhere)).toHaveLength(1)
  })

  it('leaves nothing behind where it fails, and says what is wrong', async () => {
    await store().$disconnect()
    writeFileSync(
      join(test.current().dir, 'pollux.db'),
      'no database at all, and longer than a header of a hundred bytes: '.repeat(9),
    )
    rmSync(join(test.current().dir, 'pollux.db-wal'), { force: true })
    expect(await sentence(makeBackup({ to: elsewhere }))).toMatch(/damaged or cut short/)
    expect(readdirSync(elsewhere)).toEqual([])
  })

  it('is refused when it was changed, cut short, or is none', async () => {
    const folder = await makeBackup()
    expect(folder).toContain(backupsDir())
    writeFileSync(join(folder, 'pollux.db'), 'x', { flag: 'a' })
    expect(await sentence(checkBackup(folder))).toMatch(/cut short or changed/)
    truncateSync(join(folder, 'pollux.db'), 5_000)
    expect(await sentence(checkBackup(folder))).toMatch(/cut short or changed/)
    rmSync(join(folder, 'pollux.db'))
    expect(await sentence(checkBackup(folder))).toMatch(/missing: this backup is not whole/)
    expect(await sentence(checkBackup(elsewhere))).toMatch(/is no backup/)
    writeFileSync(join(folder, 'manifest.json'), '{"format":"pollux backup","formatVersion":2}')
    expect(await sentence(checkBackup(folder))).toMatch(/can't be read as the manifest/)
  })
})

describe('the sealing key', () => {
  it('is kept apart, wrapped by a passphrase', async () => {
    const file = join(elsewhere, 'pollux.key')
    await writeWrappedKey(file, sealingKey(), passphrase)
    const text = readFileSync(file, 'utf8')
    expect(modeOf(file)).toBe(0o600)
    expect(text).not.toContain(sealingKey().toString('base64'))
    expect(wrappedKeyId(text)).toBe(keyIdOf(sealingKey()))
    expect((await openWrappedKey(text, passphrase)).equals(sealingKey())).toBe(true)
    expect(await sentence(openWrappedKey(text, 'another passphrase'))).toMatch(/does not open the key file/)
    const forged = text.replace(/"madeAt": "\d{4}/, '"madeAt": "1999')
    expect(await sentence(openWrappedKey(forged, passphrase))).toMatch(/or the file was changed/)
    expect(await sentence(writeWrappedKey(file, sealingKey(), passphrase))).toMatch(/is there already/)
    expect(readFileSync(file, 'utf8')).toBe(text)
    // A file that somebody made does not choose what opening it costs.
    expect(wrappedKeyId(text.replace('2^17', '2^30'))).toBeNull()
  })

  it('is never in the same backup as the store', async () => {
    const backup = await makeBackup({ to: join(elsewhere, 'store') })
    for (const folder of [backup, join(elsewhere, 'store')])
      expect(await sentence(writeWrappedKey(join(folder, 'k'), sealingKey(), passphrase))).toMatch(
        /is a backup of the store/,
      )
    mkdirSync(join(elsewhere, 'keys'))
    await writeWrappedKey(join(elsewhere, 'keys/k'), sealingKey(), passphrase)
    expect(await sentence(makeBackup({ to: join(elsewhere, 'keys') }))).toMatch(/holds the sealing key/)
    expect(await sentence(makeBackup({ to: test.current().dir }))).toMatch(/sealing\.key holds the sealing key/)
  })
})

describe('a restore', () => {
  let backup: string
  let key: Buffer
  let credentialId: string
  let target: TestStore
  beforeEach(async () => {
    const { db } = test.current()
    instanceId()
    const credential = await makeCredential(db, { password: 'hunter' })
    credentialId = credential.id
    await makeHost(db, { name: 'umber', credentialId })
    await makeSignedIn(db, { email: 'ada@example.org' })
    await db.oneTimeLink.create({ data: { tokenHash: 'h', purpose: 'invite', expiresAt: new Date(Date.now() + 1e6) } })
    backup = await makeBackup({ to: elsewhere })
    key = Buffer.from(sealingKey())
    await store().$disconnect()
    target = await openTestStore()
    await store().$disconnect()
    for (const name of readdirSync(target.dir)) rmSync(join(target.dir, name))
    forgetSingles()
  })
  afterEach(() => target.close())

  it('puts the store, its name and its key onto an empty machine, paused, with nobody signed in', async () => {
    const restored = await restoreBackup(ctx, { from: backup, key, isReplacing: false })
    expect(restored.setAside).toBeNull()
    expect(readdirSync(target.dir).sort()).toEqual(['instance', 'pollux.db', 'sealing.key'])
    for (const name of readdirSync(target.dir)) expect(modeOf(join(target.dir, name))).toBe(0o600)
    expect(readFileSync(join(target.dir, 'instance'))).toEqual(readFileSync(join(backup, 'instance')))
    forgetSingles()
    await prepareData()
    expect(findPaused()).toMatchObject({ backupAt: restored.manifest.madeAt })
    const row = await read((tx) => tx.credential.findUniqueOrThrow({ where: { id: credentialId } }))
    expect(openCredential(credentialId, row.sealed)).toEqual({ password: 'hunter' })
    expect(await read((tx) => Promise.all([tx.host.count(), tx.session.count(), tx.oneTimeLink.count()]))).toEqual([
      1, 0, 0,
    ])
    expect(await verifyAudit(ctx)).toMatchObject({ broken: null, good: 1 })
    // What the hosts saw since the backup may have the numbers that would come next.
    const { db } = { db: store() }
    const { id } = await db.change.create({
      data: {
        ...{ agentId: 'a', agentVersion: 1, title: '', summary: '', state: 'planned', digest: '' },
        ...{ sealedPlan: new Uint8Array(), askedBy: '', askedById: '' },
      },
    })
    expect(id).toBe(1_001)
  })

  it('refuses over a store that holds something, and sets it aside when told to', async () => {
    await prepareData()
    await makeHost(store(), { name: 'sienna' })
    await store().$disconnect()
    forgetSingles()
    const input = { from: backup, key, isReplacing: false }
    expect(await sentence(restoreBackup(ctx, input))).toMatch(/holds data already.*--replace/)
    const own = readFileSync(join(target.dir, 'sealing.key'), 'utf8')
    const { setAside } = await restoreBackup(ctx, { ...input, isReplacing: true })
    expect(readFileSync(join(setAside ?? '', 'sealing.key'), 'utf8')).toBe(own)
    const sizes = ['pollux.db', 'pollux.db-wal'].map((name) => statSync(join(setAside ?? '', name)).size)
    expect(Math.max(...sizes)).toBeGreaterThan(50_000)
    forgetSingles()
    await prepareData()
    expect((await read((tx) => tx.host.findMany())).map((host) => host.name)).toEqual(['umber'])
  })

  it('refuses a key that does not belong to the backup, and a backup that was changed; nothing is touched', async () => {
    const wrong = Buffer.alloc(32, 7)
    expect(await sentence(restoreBackup(ctx, { from: backup, key: wrong, isReplacing: true }))).toMatch(
      /does not belong to the backup/,
    )
    const forged = join(elsewhere, 'forged')
    cpSync(backup, forged, { recursive: true })
    const manifest = readFileSync(join(forged, 'manifest.json'), 'utf8')
    writeFileSync(join(forged, 'manifest.json'), manifest.replace(keyIdOf(key), keyIdOf(wrong)))
    expect(await sentence(restoreBackup(ctx, { from: forged, key: wrong, isReplacing: true }))).toMatch(
      /does not open the store/,
    )
    truncateSync(join(forged, 'pollux.db'), 10_000)
    expect(await sentence(restoreBackup(ctx, { from: forged, key, isReplacing: true }))).toMatch(/cut short or changed/)
    expect(readdirSync(target.dir)).toEqual([])
  })

  it('that was ended on its way is not served, and is done again', async () => {
    writeFileSync(restoreMark(), '')
    cpSync(join(backup, 'pollux.db'), join(target.dir, 'pollux.db'))
    expect(await sentence(prepareData())).toMatch(/was ended on its way\. Do it again/)
    const { setAside } = await restoreBackup(ctx, { from: backup, key, isReplacing: false })
    expect(setAside).not.toBeNull()
    expect(existsSync(restoreMark())).toBe(false)
    forgetSingles()
    await prepareData()
    expect(findPaused()).not.toBeNull()
  })
})

function modeOf(path: string): number {
  return statSync(path).mode & 0o777
}
