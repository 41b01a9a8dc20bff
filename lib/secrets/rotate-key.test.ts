import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { tamper } from '@/lib/audit/testing'
import { verifyAudit } from '@/lib/audit/verify-audit'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { passwordPlace } from '@/lib/catalog/store/catalog-place'
import { openPlan, type PlanRecord, sealPlan } from '@/lib/changes/plan-record'
import { nextKeyFile, sealingKeyFile } from '@/lib/config/data-dir'
import { forgetSingles } from '@/lib/config/single'
import { work } from '@/lib/db'
import { store } from '@/lib/db/client'
import { withTestStore } from '@/lib/db/test-store'
import { openCredential, openSudoPassword, sealSudoPassword } from '@/lib/inventory/credential-secret'
import { refusalOf, someone } from '@/lib/inventory/testing'
import { prepareData } from '@/lib/server/prepare-data'
import { makeCredential, makeHost, makeUser } from '@/prisma/factories'
import { type RotationPoint, rotateKey } from './rotate-key'
import { seal, unseal } from './seal'
import { sealedColumns } from './sealed-fields'

const test = withTestStore()
const ctx: Ctx = { actor: { kind: 'system', name: 'command line' }, requestId: 'test' }

/** Columns whose name sounds sealed, or that hold bytes, and are not under the sealing key: each with its reason. */
const notSealed: Readonly<Record<string, string>> = {}

it('knows every sealed column of the schema', () => {
  const schema = readFileSync('prisma/schema.prisma', 'utf8')
  const found = [...schema.matchAll(/^model \w+ \{\n([\s\S]*?)^\}/gm)].flatMap(([, body = '']) => {
    const table = /@@map\("(\w+)"\)/.exec(body)?.[1]
    const fields = [...body.matchAll(/^ {2}(\w+)\s+(\w+)/gm)]
    return fields
      .filter(([, name = '', type]) => type === 'Bytes' || /^sealed|secret|backupCodes/i.test(name))
      .map(([, name]) => `${table}.${name}`)
  })
  expect(found.length).toBeGreaterThan(3)
  expect(found.filter((column) => !(column in notSealed)).sort()).toEqual(
    sealedColumns.map(({ column }) => column).sort(),
  )
})

const factorPlace = (row: string) => ({ table: 'second_factor', row, field: 'sealedSecret' })

/** A store with a value in each sealed column, and what reads them all back by the verbs' own ways. */
async function fill(): Promise<() => Promise<unknown>> {
  await prepareData()
  const { db } = test.current()
  const credential = await makeCredential(db, { password: 'hunter' })
  const host = await makeHost(db, { credentialId: credential.id })
  await db.host.update({ where: { id: host.id }, data: { sealedSudo: sealSudoPassword(host.id, 'sudo word') } })
  const catalog = {
    dialect: 'sqlite',
    zone: 'UTC',
    zoneSource: 'told',
    product: 'bacula',
    schemaVersion: 16,
    way: 'file',
  }
  await db.catalog.create({
    data: { ...catalog, id: 'c1', name: 'c', sealedPassword: seal('word', passwordPlace('c1')) },
  })
  const { id: userId } = await makeUser(db)
  await db.secondFactor.create({ data: { userId, sealedSecret: seal('app', factorPlace(userId)) } })
  for (let n = 0; n < 205; n += 1)
    await db.change.create({
      data: {
        ...{ agentId: 'a', agentVersion: 1, title: '', summary: '', state: 'ended', digest: '' },
        ...{ sealedPlan: sealPlan({ desired: n, plan: {} } as PlanRecord), askedBy: '', askedById: '' },
      },
    })
  for (const label of ['a', 'b']) await work((tx) => writeAudit(tx, ctx, { verb: 'v', object: 'host', label }))
  return async () => {
    const now = store()
    const kept = await now.credential.findFirstOrThrow()
    const { sealedSudo } = await now.host.findUniqueOrThrow({ where: { id: host.id } })
    const { sealedPassword } = await now.catalog.findFirstOrThrow()
    const plans = await now.change.findMany({ orderBy: { id: 'asc' } })
    const { broken, good } = await verifyAudit(ctx)
    return {
      credential: openCredential(credential.id, kept.sealed),
      editedAt: kept.updatedAt,
      sudo: sealedSudo && openSudoPassword(host.id, sealedSudo),
      catalog: sealedPassword && unseal(sealedPassword, passwordPlace('c1')),
      factor: unseal((await now.secondFactor.findFirstOrThrow()).sealedSecret, factorPlace(userId)),
      plans: plans.map((row) => openPlan(row.sealedPlan).desired),
      audit: { broken, isAll: good >= 2 },
    }
  }
}

/** As after a new start. */
async function again(): Promise<void> {
  await store().$disconnect()
  forgetSingles()
  await prepareData()
}

it('seals everything anew, twice, and the record of deeds still fits from its first row', async () => {
  const readAll = await fill()
  const before = await readAll()
  const [key, sealed] = [readFileSync(sealingKeyFile(), 'utf8'), (await store().credential.findFirstOrThrow()).sealed]
  const noted = await store().auditRow.findFirstOrThrow({ where: { label: 'b' } })
  for (const values of [210, 211]) {
    await store().$disconnect()
    expect(await rotateKey(ctx)).toMatchObject({ values })
    await again()
    expect(await readAll()).toEqual(before)
  }
  expect(readFileSync(sealingKeyFile(), 'utf8')).not.toBe(key)
  expect(existsSync(nextKeyFile())).toBe(false)
  expect(await verifyAudit(ctx, [noted])).toMatchObject({ good: 4, broken: null, missing: [] })
  // Whoever has the old key finds nothing for it in the file.
  expect(readFileSync(join(test.current().dir, 'pollux.db')).includes(Buffer.from(sealed))).toBe(false)
  expect((await refusalOf(rotateKey(someone('operator')))).code).toBe('forbidden')
})

it('binds the rows of an earlier key: one that was changed breaks the chain, with the old key too', async () => {
  await fill()
  await store().$disconnect()
  await rotateKey(ctx)
  await again()
  await tamper(store(), (db) => db.auditRow.update({ where: { id: 2 }, data: { label: 'x' } }))
  expect(await verifyAudit(ctx)).toMatchObject({ good: 1, broken: { id: 2 } })
  await store().auditEpoch.update({ where: { lastRow: 2 }, data: { lastRow: 1 } })
  await expect(verifyAudit(ctx)).rejects.toThrow(/could not open audit_epoch/)
})

it.each<RotationPoint>(['key written', 'sealed anew', 'kept', 'key in place'])(
  'killed at "%s", one of the two keys opens everything',
  async (point) => {
    const readAll = await fill()
    const before = await readAll()
    await store().$disconnect()
    const script = join(test.current().dir, 'rotate.ts')
    writeFileSync(
      script,
      `import { rotateKey } from '${process.cwd()}/lib/secrets/rotate-key'
      const ctx = { actor: { kind: 'system', name: 'command line' }, requestId: 'test' } as const
      void rotateKey(ctx, (point) => { if (point === '${point}') process.kill(process.pid, 'SIGKILL') })`,
    )
    const ended = spawnSync(process.execPath, ['--import', 'tsx', script], { encoding: 'utf8' })
    expect([ended.signal, ended.stderr]).toEqual(['SIGKILL', ''])
    await again()
    expect(existsSync(nextKeyFile())).toBe(false)
    expect(await readAll()).toEqual(before)
  },
)

it('stops where a value does not open with the key, and leaves all as it was', async () => {
  const readAll = await fill()
  await store().catalog.updateMany({ data: { sealedPassword: new Uint8Array(40) } })
  await store().$disconnect()
  expect((await refusalOf(rotateKey(ctx))).userMessage).toMatch(/does not fit this store/)
  await again()
  await store().catalog.updateMany({ data: { sealedPassword: seal('word', passwordPlace('c1')) } })
  expect(await readAll()).toMatchObject({ catalog: 'word', sudo: 'sudo word' })
})

it('keeps both keys where neither opens the store', async () => {
  await fill()
  await store().$disconnect()
  const other = Buffer.alloc(32, 9).toString('base64')
  for (const file of [sealingKeyFile(), nextKeyFile()]) writeFileSync(file, other, { mode: 0o600 })
  forgetSingles()
  expect((await refusalOf(prepareData())).userMessage).toMatch(/missing or does not fit this store/)
  expect([sealingKeyFile(), nextKeyFile()].map((file) => readFileSync(file, 'utf8'))).toEqual([other, other])
})
