import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { read, work } from '@/lib/db'
import { unseal } from '@/lib/secrets/seal'
import { makeCredential, makeHost, makeUser } from '@/prisma/factories'
import { openTestStore, withTestStore } from './test-store'

const test = withTestStore()

it('holds what the factories make', async () => {
  const { db } = test.current()
  await makeUser(db, { name: 'Ada', role: 'operator', password: 'a good long one' })
  const credential = await makeCredential(db, { password: 'hunter' })
  const host = await makeHost(db, { credentialId: credential.id, tagged: ['web', 'north'] })
  const found = await read((tx) =>
    tx.host.findUnique({ where: { id: host.id }, include: { tags: true, credential: true } }),
  )
  expect(found?.tags.map((row) => row.tag).sort()).toEqual(['north', 'web'])
  expect(unseal(credential.sealed, { table: 'credential', row: credential.id, field: 'sealed' })).toBe(
    '{"password":"hunter"}',
  )
})

it('is empty for each test, and enforces references', async () => {
  expect(await read((tx) => tx.host.count())).toBe(0)
  await expect(work((tx) => makeHost(tx, { credentialId: 'nobody' }))).rejects.toThrow(/[Ff]oreign key/)
})

it('keeps its files to their owner and is gone after close', async () => {
  const store = await openTestStore()
  for (const name of ['pollux.db', 'sealing.key']) expect(statSync(join(store.dir, name)).mode & 0o777).toBe(0o600)
  await store.close()
  expect(existsSync(store.dir)).toBe(false)
})
