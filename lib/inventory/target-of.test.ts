import { describe, expect, it } from 'vitest'
import { withTestStore } from '@/lib/db/test-store'
import { makeCredential, makeHost } from '@/prisma/factories'
import { sealSudoPassword } from './credential-secret'
import { sshTargetOf, sshTargetsOf, wayTo } from './target-of'
import { refusalOf, someKey } from './testing'

const test = withTestStore()

async function usable(more: Record<string, unknown> = {}) {
  const { db } = test.current()
  const credential = await makeCredential(db, { password: 'open sesame' })
  const host = await makeHost(db, { credentialId: credential.id, ...more })
  const key = someKey()
  await db.hostKey.create({ data: { hostId: host.id, ...key, state: 'pinned' } })
  return { host, key, credential }
}

describe('sshTargetOf', () => {
  it('gives everything a login takes', async () => {
    const { host, key } = await usable({
      name: 'umber',
      address: '10.77.0.11',
      port: 2222,
      login: 'ada',
      privilege: 'none',
    })
    const target = await sshTargetOf(host.id)
    expect(target).toEqual({
      hostId: host.id,
      name: 'umber',
      address: '10.77.0.11',
      port: 2222,
      user: 'ada',
      auth: { kind: 'password', password: 'open sesame' },
      hostKeys: [key],
      profile: 'modern',
      privilege: 'none',
      revision: expect.stringMatching(/^[\w-]{22}$/),
    })
  })

  it('gives sudo its own password, else the login’s', async () => {
    const { db } = test.current()
    const { host } = await usable({ privilege: 'sudo' })
    expect((await sshTargetOf(host.id)).sudoPassword).toBe('open sesame')
    await db.host.update({ where: { id: host.id }, data: { sealedSudo: sealSudoPassword(host.id, 'another') } })
    expect((await sshTargetOf(host.id)).sudoPassword).toBe('another')
  })

  it('goes through jump hosts', async () => {
    const outer = await usable({ name: 'outer' })
    const middle = await usable({ name: 'middle', jumpHostId: outer.host.id })
    const inner = await usable({ name: 'inner', jumpHostId: middle.host.id })
    const target = await sshTargetOf(inner.host.id)
    expect([target.name, target.jump?.name, target.jump?.jump?.name, target.jump?.jump?.jump]).toEqual([
      'inner',
      'middle',
      'outer',
      undefined,
    ])
  })

  it('refuses a way that comes back, however it came into the store', async () => {
    const { db } = test.current()
    const one = await usable({ name: 'one' })
    const two = await usable({ name: 'two', jumpHostId: one.host.id })
    await db.host.update({ where: { id: one.host.id }, data: { jumpHostId: two.host.id } })
    expect(await refusalOf(sshTargetOf(one.host.id))).toMatchObject({ code: 'conflict' })
  })

  it('refuses a host whose key nobody confirmed, and one whose changed key waits', async () => {
    const { db } = test.current()
    const { host, key } = await usable({ name: 'umber' })
    await db.hostKey.create({ data: { hostId: host.id, ...someKey(), state: 'offered' } })
    expect(await refusalOf(sshTargetOf(host.id))).toMatchObject({ code: 'host-key-changed' })
    await db.hostKey.deleteMany({ where: { key: key.key } })
    expect(await refusalOf(sshTargetOf(host.id))).toMatchObject({ code: 'conflict' })
    expect(await refusalOf(sshTargetOf('gone'))).toMatchObject({ code: 'not-found' })
  })

  it('refuses a host behind a jump host whose key changed', async () => {
    const { db } = test.current()
    const jump = await usable({ name: 'jump' })
    const inner = await usable({ name: 'inner', jumpHostId: jump.host.id })
    await db.hostKey.create({ data: { hostId: jump.host.id, ...someKey(), state: 'offered' } })
    const refusal = await refusalOf(sshTargetOf(inner.host.id))
    expect(refusal).toMatchObject({ code: 'host-key-changed', userMessage: expect.stringMatching(/^jump showed/) })
  })

  it('changes its revision with what counts for a connection, and with nothing else', async () => {
    const { db } = test.current()
    const { host, credential } = await usable({ privilege: 'sudo' })
    const revision = async () => (await sshTargetOf(host.id)).revision
    const first = await revision()
    await db.host.update({ where: { id: host.id }, data: { notes: 'x', name: 'renamed', version: 7, reach: 'ok' } })
    expect(await revision()).toBe(first)
    const seen = new Set([first])
    const steps = [
      () => db.host.update({ where: { id: host.id }, data: { address: '10.77.0.99' } }),
      () => db.host.update({ where: { id: host.id }, data: { login: 'ada' } }),
      () => db.host.update({ where: { id: host.id }, data: { sealedSudo: sealSudoPassword(host.id, 'x') } }),
      () => db.credential.update({ where: { id: credential.id }, data: { version: 1 } }),
      () => db.hostKey.create({ data: { hostId: host.id, ...someKey('ssh-rsa'), state: 'pinned' } }),
    ]
    for (const step of steps) {
      await step()
      seen.add(await revision())
    }
    expect(seen.size).toBe(steps.length + 1)
  })
})

it('gives many targets at once, with the reason where there is none', async () => {
  const good = await usable({ name: 'good' })
  const bad = await makeHost(test.current().db, { name: 'bad' })
  const targets = await sshTargetsOf([good.host.id, bad.id, 'gone'])
  expect(targets.get(good.host.id)).toMatchObject({ name: 'good' })
  expect(targets.get(bad.id)).toMatchObject({ code: 'conflict' })
  expect(targets.has('gone')).toBe(false)
})

it('knows the way to a host that has no key and no credential yet', async () => {
  const host = await makeHost(test.current().db, { address: '10.77.0.5', sshProfile: 'legacy' })
  expect(await wayTo(host.id)).toEqual({ address: '10.77.0.5', port: 22, profile: 'legacy' })
})
