import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { withTestStore } from '@/lib/db/test-store'
import { confirmHostKey } from '@/lib/inventory/confirm-host-key'
import { createCredential } from '@/lib/inventory/create-credential'
import { getHost } from '@/lib/inventory/get-host'
import { hostFigures } from '@/lib/inventory/host-figures'
import { hostHistory } from '@/lib/inventory/host-history'
import { scanHostKey } from '@/lib/inventory/scan-host-key'
import { type LocalSshd, noSshd, startSshd } from '@/lib/inventory/test-sshd'
import { refusalOf, someone } from '@/lib/inventory/testing'
import { sshPool } from '@/lib/ssh'
import { makeHost } from '@/prisma/factories'
import { readHost } from './read-host'
import { readAllHosts, readHosts } from './read-hosts'

const test = withTestStore()
const admin = someone('admin')
let sshd: LocalSshd

if (noSshd) console.warn(`read host: skipped, ${noSshd}`)

describe.skipIf(noSshd)('reading a host over a real sshd', () => {
  beforeEach(async () => {
    sshd = await startSshd()
  })
  afterEach(async () => {
    await sshPool().close()
    await sshd.stop()
  })

  async function confirmedHost(name: string) {
    const key = await createCredential(admin, { kind: 'generate', name, algorithm: 'ed25519' })
    sshd.authorize(key.publicLine ?? '')
    const place = { name, address: '127.0.0.1', port: sshd.port, credentialId: key.id }
    const { id: hostId } = await makeHost(test.current().db, place)
    const { offered } = await scanHostKey(admin, { hostId })
    await confirmHostKey(admin, { hostId, fingerprints: offered.map((one) => one.fingerprint) })
    return hostId
  }

  it('keeps what was found as the latest, in the history, and in the record of deeds', async () => {
    const { db } = test.current()
    const hostId = await confirmedHost('umber')
    await readHost(someone('operator'), { hostId, tier: 'cheap' })
    const host = await getHost(admin, hostId)
    expect(host).toMatchObject({ reach: 'ok', lastReading: { roundTrips: 1 } })
    const figures = hostFigures(host.facts)
    expect(figures).toMatchObject({
      load1: expect.any(Number),
      memoryPercent: expect.any(Number),
      system: expect.any(String),
    })
    expect(await hostHistory(admin, hostId)).toMatchObject([{ load1: figures?.load1 }])
    const audit = await db.auditRow.findFirstOrThrow({ where: { verb: 'read host' } })
    expect(audit).toMatchObject({ label: 'umber', actor: 'the operator' })
  })

  it('is not a viewer’s', async () => {
    const hostId = await confirmedHost('umber')
    expect(await refusalOf(readHost(someone('viewer'), { hostId }))).toMatchObject({ code: 'forbidden' })
    expect(await refusalOf(readHosts(someone('viewer'), { hostIds: [hostId] }))).toMatchObject({ code: 'forbidden' })
  })

  it('reads many, keeps the others when one is out of reach, and passes over what has no confirmed key', async () => {
    const { db } = test.current()
    const good = await confirmedHost('good')
    const down = await makeHost(db, {
      name: 'down',
      address: '127.0.0.1',
      port: 1,
      credentialId: (await getHost(admin, good)).credential?.id,
    })
    const { keys } = await db.host.findUniqueOrThrow({ where: { id: good }, include: { keys: true } })
    await db.hostKey.createMany({ data: keys.map(({ id: _id, ...key }) => ({ ...key, hostId: down.id })) })
    const fresh = await makeHost(db, { name: 'fresh', address: '127.0.0.2' })
    const some = await readHosts(admin, { hostIds: [good, down.id, fresh.id], tier: 'cheap' })
    expect(some.map((read) => [read.hostId, read.ok])).toEqual([
      [good, true],
      [down.id, false],
      [fresh.id, false],
    ])
    expect((await getHost(admin, down.id)).reach).toBe('port')
    expect((await getHost(admin, fresh.id)).reach).toBe('unread')
    const all = await readAllHosts(admin, { tier: 'cheap' })
    expect(all.map((read) => read.hostId).sort()).toEqual([good, down.id].sort())
  })
})
