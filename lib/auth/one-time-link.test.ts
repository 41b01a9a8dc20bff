import { describe, expect, it } from 'vitest'
import { work } from '@/lib/db'
import { withTestStore } from '@/lib/db/test-store'
import { refusalOf } from '@/lib/inventory/testing'
import { makeUser } from '@/prisma/factories'
import { issueFirstAdminLink, issueLink, type LinkPurpose, takeLink } from './one-time-link'

const test = withTestStore()

function take(token: string, purpose: LinkPurpose) {
  return work((tx) => takeLink(tx, token, purpose))
}

describe('a one-time link', () => {
  it('keeps only the hash of its 256 bits, and holds for half an hour', async () => {
    const { db } = test.current()
    const { token, expiresAt } = await work((tx) => issueLink(tx, { purpose: 'invite', email: 'a@example.org' }))
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    const row = await db.oneTimeLink.findFirstOrThrow()
    expect(JSON.stringify(row)).not.toContain(token)
    expect(Math.abs(expiresAt.getTime() - Date.now() - 30 * 60_000)).toBeLessThan(5_000)
  })

  it('is used up by one of many at the same time', async () => {
    const { token } = await work((tx) => issueLink(tx, { purpose: 'reset', userId: 'u' }))
    const ends = await Promise.allSettled(Array.from({ length: 8 }, () => take(token, 'reset')))
    expect(ends.filter((end) => end.status === 'fulfilled')).toHaveLength(1)
    for (const end of ends) if (end.status === 'rejected') expect(end.reason).toMatchObject({ code: 'expired' })
  })

  it('is still good when the work around it fails', async () => {
    const { token } = await work((tx) => issueLink(tx, { purpose: 'reset', userId: 'u' }))
    const broken = work(async (tx) => {
      await takeLink(tx, token, 'reset')
      throw new Error('broken')
    })
    await expect(broken).rejects.toThrow('broken')
    await expect(take(token, 'reset')).resolves.toMatchObject({ userId: 'u' })
  })

  it('answers with the same words when it is old, used, of another purpose or unknown', async () => {
    const { db } = test.current()
    const link = () => work((tx) => issueLink(tx, { purpose: 'invite', email: 'a@example.org' }))
    const [old, used] = [await link(), await link()]
    await take(used.token, 'invite')
    await db.oneTimeLink.updateMany({ where: { usedAt: null }, data: { expiresAt: new Date(Date.now() - 1) } })
    const reset = await work((tx) => issueLink(tx, { purpose: 'reset', userId: 'u' }))
    const tries = [old.token, used.token, reset.token, 'x'.repeat(43)]
    const words = await Promise.all(tries.map(async (token) => (await refusalOf(take(token, 'invite'))).userMessage))
    expect(new Set(words).size).toBe(1)
    expect(words[0]).toMatch(/used already, or is older than 30 minutes/)
    await expect(take(reset.token, 'reset')).resolves.toBeTruthy()
  })
})

describe('the first admin’s link', () => {
  it('ends the one before, and is recorded', async () => {
    const { db } = test.current()
    const first = await issueFirstAdminLink()
    const second = await issueFirstAdminLink()
    expect((await refusalOf(take(first?.token ?? '', 'first-admin'))).code).toBe('expired')
    await expect(take(second?.token ?? '', 'first-admin')).resolves.toBeTruthy()
    expect(await db.auditRow.count({ where: { verb: 'make first-admin link', actor: 'pollux' } })).toBe(2)
  })

  it('is not made once there is a user', async () => {
    const { db } = test.current()
    await makeUser(db, { role: 'viewer' })
    expect(await issueFirstAdminLink()).toBeNull()
    expect(await db.oneTimeLink.count()).toBe(0)
  })
})
