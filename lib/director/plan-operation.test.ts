import { beforeEach, describe, expect, it } from 'vitest'
import type { Ctx, Role } from '@/lib/auth/actor'
import { withTestStore } from '@/lib/db/test-store'
import { makeUser } from '@/prisma/factories'
import { firstRunning, watchRunning } from './live/watch-running'
import { planOperation } from './plan-operation'

const test = withTestStore()
const run = { kind: 'run', job: 'A', level: null, client: null, fileSet: null } as const

beforeEach(async () => {
  await test.current().db.catalog.create({
    data: {
      id: 'c1',
      name: 'Cellar',
      way: 'sample',
      dialect: 'sqlite',
      zone: 'Europe/Paris',
      zoneSource: 'told',
      product: 'bacula',
      schemaVersion: 16,
    },
  })
})

async function as(role: Role): Promise<Ctx> {
  const user = await makeUser(test.current().db, { role })
  return { actor: { kind: 'user', id: user.id, name: user.name, role }, requestId: 'test' }
}

describe('an operation', () => {
  it('is refused to a viewer', async () => {
    await expect(planOperation(await as('viewer'), { catalogId: 'c1', operation: run })).rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  it('says what is missing where no director is known, or no such catalog is there', async () => {
    const ctx = await as('operator')
    await expect(planOperation(ctx, { catalogId: 'c1', operation: run })).rejects.toMatchObject({ code: 'conflict' })
    await expect(planOperation(ctx, { catalogId: 'c2', operation: run })).rejects.toMatchObject({ code: 'not-found' })
  })

  it.each(['a"; quit', '', 'a\nb', '@/etc/passwd', '*'])('of the name %j is no input', async (job) => {
    const ctx = await as('operator')
    await expect(planOperation(ctx, { catalogId: 'c1', operation: { ...run, job } })).rejects.toThrow()
  })
})

describe('what runs', () => {
  it('is shown to a viewer, and says what is missing', async () => {
    const ctx = await as('viewer')
    await expect(firstRunning(ctx, 'c1')).rejects.toMatchObject({ code: 'conflict' })
    await expect(watchRunning(ctx, 'c2')).rejects.toMatchObject({ code: 'not-found' })
  })

  it('is not shown to nobody', async () => {
    const ctx: Ctx = { actor: { kind: 'system', name: 'nobody' }, requestId: 'test' }
    await expect(watchRunning(ctx, 'c1')).rejects.toMatchObject({ code: 'forbidden' })
  })
})
