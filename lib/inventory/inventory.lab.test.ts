import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hostsForTests, type LabHost, getLabHost as lab } from '@/e2e/lab/lab'
import { openTestStore, type TestStore } from '@/lib/db/test-store'
import { readHost } from '@/lib/reading/read-host'
import { sshPool } from '@/lib/ssh'
import { addHost } from './add-host'
import { confirmHostKey } from './confirm-host-key'
import { createCredential } from './create-credential'
import { getHost } from './get-host'
import { scanHostKey } from './scan-host-key'
import { scanHostList } from './scan-host-list'
import { setSshProfile } from './set-ssh-profile'
import { testHostConnection } from './test-connection'
import { refusalOf, someKey, someone } from './testing'

const admin = someone('admin')
let store: TestStore
let credentials: Record<'ed25519' | 'rsa', string>

async function add(host: LabHost, more: Record<string, unknown> = {}): Promise<string> {
  const { hostId } = await addHost(admin, {
    address: host.address,
    port: host.port,
    login: 'root',
    credentialId: credentials.ed25519,
    privilege: 'root',
    jumpHostId: null,
    sshProfile: 'modern',
    name: host.name,
    kind: 'server',
    hypervisorId: null,
    tags: [],
    notes: '',
    ...more,
  })
  return hostId
}

async function confirm(hostId: string): Promise<string[]> {
  const { offered } = await scanHostKey(admin, { hostId })
  const fingerprints = offered.map((key) => key.fingerprint)
  await confirmHostKey(admin, { hostId, fingerprints })
  return fingerprints
}

describe.skipIf(hostsForTests().length === 0)('the inventory on real hosts', () => {
  beforeAll(async () => {
    store = await openTestStore()
    const paste = async (name: 'ed25519' | 'rsa') => {
      const privateKey = readFileSync(lab('alder').keys[name], 'utf8')
      return (await createCredential(admin, { kind: 'paste', name, privateKey })).id
    }
    credentials = { ed25519: await paste('ed25519'), rsa: await paste('rsa') }
  })

  afterAll(async () => {
    await sshPool().close()
    await store.close()
  })

  it('adds alder by its key, tests the connection, reads it and keeps what was found', async () => {
    const alder = lab('alder')
    const hostId = await add(alder)
    const fingerprints = await confirm(hostId)
    expect(fingerprints.sort()).toEqual(alder.hostKeys.map((key) => key.fingerprint).sort())
    const report = await testHostConnection(admin, { hostId })
    expect(report.stages.filter((stage) => stage.state !== 'ok')).toEqual([])
    await readHost(admin, { hostId, tier: 'deep' })
    const host = await getHost(admin, hostId)
    expect(host).toMatchObject({ reach: 'ok', lastReading: { roundTrips: 1 } })
    expect(host.facts?.results['os']?.found).toMatchObject({ state: 'read', value: { id: 'debian' } })
    expect(await store.db.factsReading.count({ where: { hostId } })).toBe(1)
  })

  it('suggests the legacy profile for an old sshd, and reads it with that', async () => {
    const hostId = await add(lab('legacy'), { credentialId: credentials.rsa })
    expect(await refusalOf(scanHostKey(admin, { hostId }))).toMatchObject({ code: 'unreachable' })
    const refused = await getHost(admin, hostId)
    expect(refused.reach).toBe('legacy-only')
    await setSshProfile(admin, { hostId, version: refused.version, sshProfile: 'legacy' })
    await confirm(hostId)
    await readHost(admin, { hostId, tier: 'cheap' })
    expect((await getHost(admin, hostId)).reach).toBe('ok')
  })

  it('reads a host that stands behind a jump host', async () => {
    const jumpHostId = await add(lab('jump'))
    await confirm(jumpHostId)
    const hostId = await add(lab('inner'), { jumpHostId })
    await confirm(hostId)
    await readHost(admin, { hostId, tier: 'cheap' })
    expect((await getHost(admin, hostId)).reach).toBe('ok')
  })

  it('refuses a host that shows another key than the confirmed one', async () => {
    const hostId = await add(lab('birch'))
    await confirm(hostId)
    const pins = await store.db.hostKey.findMany({ where: { hostId } })
    // As if another machine had taken the address since.
    for (const pin of pins) {
      const { key, fingerprint } = someKey()
      await store.db.hostKey.update({ where: { id: pin.id }, data: { key, fingerprint } })
    }
    expect(await refusalOf(readHost(admin, { hostId, tier: 'cheap' }))).toMatchObject({ code: 'host-key-changed' })
    expect((await getHost(admin, hostId)).keyState).toBe('changed')
    expect(await refusalOf(testHostConnection(admin, { hostId }))).toMatchObject({ code: 'host-key-changed' })
  })

  it('scans a pasted list; what does not answer keeps nobody else waiting', async () => {
    const cedar = lab('cedar')
    const { rows, problems } = await scanHostList(admin, {
      text: `${cedar.address}, cedar, lab\n10.77.0.240, nobody-there\n10.77.0.300, slip`,
      jumpHostId: null,
      sshProfile: 'modern',
    })
    expect(rows).toMatchObject([
      { name: 'cedar', ok: true, comparison: 'new' },
      { name: 'nobody-there', ok: false },
    ])
    expect(problems).toHaveLength(1)
  })
})
