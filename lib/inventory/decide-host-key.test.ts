import { describe, expect, it } from 'vitest'
import { work } from '@/lib/db'
import { withTestStore } from '@/lib/db/test-store'
import { makeHost } from '@/prisma/factories'
import { acceptChangedKey } from './accept-changed-key'
import { confirmHostKey } from './confirm-host-key'
import { keepPinnedKey } from './keep-pinned-key'
import { contradicts } from './key-state'
import { storeOfferedKeys } from './store-offered-keys'
import { lastAudit, refusalOf, someKey, someone } from './testing'

const test = withTestStore()

async function hostWith(states: Record<string, ReturnType<typeof someKey>[]>) {
  const { db } = test.current()
  const host = await makeHost(db, { name: 'umber' })
  for (const [state, keys] of Object.entries(states))
    for (const key of keys) await db.hostKey.create({ data: { hostId: host.id, ...key, state } })
  const stateOf = async (key: { key: string }) =>
    (await db.hostKey.findFirst({ where: { key: key.key } }))?.state ?? null
  return { hostId: host.id, stateOf }
}

describe('confirmHostKey', () => {
  it('pins what was compared, in the name of who compared it', async () => {
    const { db } = test.current()
    const [ed25519, rsa] = [someKey(), someKey('ssh-rsa')]
    const { hostId } = await hostWith({ offered: [ed25519, rsa] })
    await confirmHostKey(someone('admin'), { hostId, fingerprints: [rsa.fingerprint, ed25519.fingerprint] })
    const keys = await db.hostKey.findMany()
    expect(keys.map((key) => [key.state, key.decidedBy, key.decidedAt instanceof Date])).toEqual([
      ['pinned', 'the admin', true],
      ['pinned', 'the admin', true],
    ])
    expect(await lastAudit(db)).toMatchObject({ verb: 'confirm host key', objectId: hostId, label: 'umber' })
  })

  it('refuses fingerprints that are not the ones offered now', async () => {
    const { hostId, stateOf } = await hostWith({ offered: [someKey()] })
    const other = someKey()
    const refusal = await refusalOf(confirmHostKey(someone('admin'), { hostId, fingerprints: [other.fingerprint] }))
    expect(refusal).toMatchObject({ code: 'conflict' })
    expect(await stateOf(other)).toBeNull()
  })

  it('does not take a changed key by the first contact’s door', async () => {
    const [old, next] = [someKey(), someKey()]
    const { hostId, stateOf } = await hostWith({ pinned: [old], offered: [next] })
    const refusal = await refusalOf(confirmHostKey(someone('admin'), { hostId, fingerprints: [next.fingerprint] }))
    expect(refusal).toMatchObject({ code: 'conflict' })
    expect(await stateOf(old)).toBe('pinned')
  })

  it('is the admin’s', async () => {
    const key = someKey()
    const { hostId } = await hostWith({ offered: [key] })
    const refusal = await refusalOf(confirmHostKey(someone('operator'), { hostId, fingerprints: [key.fingerprint] }))
    expect(refusal).toMatchObject({ code: 'forbidden' })
  })
})

describe('a changed key', () => {
  it('takes the place of the old one when an admin accepts it, and both are recorded', async () => {
    const { db } = test.current()
    const [old, next] = [someKey(), someKey()]
    const { hostId, stateOf } = await hostWith({ pinned: [old], offered: [next] })
    await acceptChangedKey(someone('admin'), { hostId, fingerprints: [next.fingerprint] })
    expect([await stateOf(old), await stateOf(next)]).toEqual(['retired', 'pinned'])
    const audit = await lastAudit(db)
    expect(audit.verb).toBe('accept changed host key')
    expect(JSON.parse(audit.detail)).toEqual({ before: [old.fingerprint], after: [next.fingerprint] })
  })

  it('is forgotten when an admin keeps the old one, which is recorded too', async () => {
    const { db } = test.current()
    const [old, next] = [someKey(), someKey()]
    const { hostId, stateOf } = await hostWith({ pinned: [old], offered: [next] })
    await keepPinnedKey(someone('admin'), { hostId, fingerprints: [next.fingerprint] })
    expect([await stateOf(old), await stateOf(next)]).toEqual(['pinned', null])
    expect((await lastAudit(db)).verb).toBe('keep pinned host key')
  })

  it('is the admin’s to decide', async () => {
    const [old, next] = [someKey(), someKey()]
    const { hostId, stateOf } = await hostWith({ pinned: [old], offered: [next] })
    const input = { hostId, fingerprints: [next.fingerprint] }
    expect(await refusalOf(acceptChangedKey(someone('operator'), input))).toMatchObject({ code: 'forbidden' })
    expect(await refusalOf(keepPinnedKey(someone('operator'), input))).toMatchObject({ code: 'forbidden' })
    expect([await stateOf(old), await stateOf(next)]).toEqual(['pinned', 'offered'])
  })
})

it('keeps of several scans the last, and brings a retired key back as offered only', async () => {
  const { db } = test.current()
  const [retired, first, second] = [someKey(), someKey(), someKey()]
  const { hostId, stateOf } = await hostWith({ retired: [retired] })
  await work((tx) => storeOfferedKeys(tx, hostId, [first, retired]))
  await work((tx) => storeOfferedKeys(tx, hostId, [second, retired]))
  expect([await stateOf(first), await stateOf(second), await stateOf(retired)]).toEqual([null, 'offered', 'offered'])
  expect(await db.hostKey.count()).toBe(2)
})

describe('contradicts', () => {
  const [ed25519, rsa] = [someKey(), someKey('ssh-rsa')]

  it('takes a key of one algorithm more as no contradiction', () => {
    expect(contradicts([ed25519], [ed25519, rsa])).toBe(false)
    expect(contradicts([ed25519, rsa], [rsa])).toBe(false)
  })

  it('takes another key of a pinned algorithm, or none of the pinned ones, as one', () => {
    expect(contradicts([ed25519, rsa], [ed25519, someKey('ssh-rsa')])).toBe(true)
    expect(contradicts([ed25519], [rsa])).toBe(true)
    expect(contradicts([ed25519], [])).toBe(true)
  })
})
