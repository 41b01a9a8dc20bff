import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { withTestStore } from '@/lib/db/test-store'
import { sshPool } from '@/lib/ssh'
import { acceptChangedKey } from './accept-changed-key'
import { addHost } from './add-host'
import { confirmHostKey } from './confirm-host-key'
import { createCredential } from './create-credential'
import { getHost } from './get-host'
import { keepPinnedKey } from './keep-pinned-key'
import { scanHostKey } from './scan-host-key'
import { scanHostList } from './scan-host-list'
import { testHostConnection } from './test-connection'
import { type LocalSshd, noSshd, startSshd } from './test-sshd'
import { refusalOf, someone } from './testing'
import { withHost } from './with-host'

const test = withTestStore()
const admin = someone('admin')
let sshd: LocalSshd

if (noSshd) console.warn(`first contact: skipped, ${noSshd}`)

describe.skipIf(noSshd)('a host on a real sshd', () => {
  beforeEach(async () => {
    sshd = await startSshd()
  })
  afterEach(async () => {
    await sshPool().close()
    await sshd.stop()
  })

  async function add(more: Record<string, unknown> = {}) {
    const key = await createCredential(admin, { kind: 'generate', name: 'made here', algorithm: 'ed25519' })
    sshd.authorize(key.publicLine ?? '')
    const { hostId } = await addHost(admin, {
      address: '127.0.0.1',
      port: sshd.port,
      login: 'root',
      credentialId: key.id,
      privilege: 'root',
      jumpHostId: null,
      sshProfile: 'modern',
      name: 'umber',
      kind: 'server',
      hypervisorId: null,
      tags: [],
      notes: '',
      ...more,
    })
    return hostId
  }

  async function addConfirmed() {
    const hostId = await add()
    const { offered } = await scanHostKey(admin, { hostId })
    await confirmHostKey(admin, { hostId, fingerprints: offered.map((key) => key.fingerprint) })
    return hostId
  }

  it('is refused before its key was confirmed, and used after', async () => {
    const hostId = await add()
    expect(await refusalOf(withHost(hostId, (target) => sshPool().run(target, ['id', '-u'])))).toMatchObject({
      code: 'conflict',
    })
    const { offered, pinned, isChanged } = await scanHostKey(admin, { hostId })
    expect([offered.map((key) => key.algorithm), pinned, isChanged]).toEqual([['ssh-ed25519', 'ssh-rsa'], [], false])
    await confirmHostKey(admin, { hostId, fingerprints: offered.map((key) => key.fingerprint) })
    const result = await withHost(hostId, (target) => sshPool().run(target, ['id', '-u']))
    expect(result.stdout.toString().trim()).toBe('0')
    const report = await testHostConnection(someone('operator'), { hostId })
    expect(report.stages.map((stage) => [stage.stage, stage.state])).toEqual(
      ['name', 'route', 'port', 'key-exchange', 'host-key', 'login', 'privilege', 'shell'].map((stage) => [
        stage,
        'ok',
      ]),
    )
    expect((await getHost(admin, hostId)).reach).toBe('ok')
  })

  it('is refused by every use once it shows another key, until an admin accepted it', async () => {
    const hostId = await addConfirmed()
    await sshd.changeKeys()
    await sshPool().close()
    const use = () => withHost(hostId, (target) => sshPool().run(target, ['id', '-u']))
    expect(await refusalOf(use())).toMatchObject({ code: 'host-key-changed' })
    const changed = await getHost(admin, hostId)
    expect([changed.keyState, changed.reach]).toEqual(['changed', 'host-key'])
    expect(await refusalOf(use())).toMatchObject({ code: 'host-key-changed' })
    expect(await refusalOf(testHostConnection(admin, { hostId }))).toMatchObject({ code: 'host-key-changed' })
    const { offered } = await scanHostKey(admin, { hostId })
    expect(offered).toHaveLength(2)
    await acceptChangedKey(admin, { hostId, fingerprints: offered.map((key) => key.fingerprint) })
    expect((await use()).exitCode).toBe(0)
    const verbs = await test.current().db.auditRow.findMany({ select: { verb: true }, orderBy: { id: 'asc' } })
    expect(verbs.map((row) => row.verb).slice(-3)).toEqual([
      'notice changed host key',
      'scan host key',
      'accept changed host key',
    ])
  })

  it('notices the other key in a connection test too, and keeps refusing when the old one is kept', async () => {
    const hostId = await addConfirmed()
    await sshd.changeKeys()
    const report = await testHostConnection(admin, { hostId })
    expect(report.stages.find((stage) => stage.state === 'failed')?.stage).toBe('host-key')
    const { keys, keyState } = await getHost(admin, hostId)
    const offered = keys.filter((key) => key.state === 'offered').map((key) => key.fingerprint)
    expect([keyState, offered.length]).toEqual(['changed', 2])
    await keepPinnedKey(admin, { hostId, fingerprints: offered })
    expect((await getHost(admin, hostId)).keyState).toBe('confirmed')
    expect(await refusalOf(withHost(hostId, (target) => sshPool().freshLogin(target)))).toMatchObject({
      code: 'host-key-changed',
    })
  })

  it('keeps which stage failed when it is down, and when the login is refused', async () => {
    const hostId = await addConfirmed()
    sshd.authorize('')
    await refusalOf(withHost(hostId, (target) => sshPool().freshLogin(target)))
    expect((await getHost(admin, hostId)).reach).toBe('login')
    await sshd.stop()
    expect(await refusalOf(scanHostKey(admin, { hostId }))).toMatchObject({ code: 'unreachable' })
    const host = await getHost(admin, hostId)
    expect(host).toMatchObject({ reach: 'port', reachDetail: expect.stringContaining('127.0.0.1') })
    sshd = await startSshd()
  })

  it('is scanned as one line of a list, and compared with what known_hosts says', async () => {
    const hostId = await addConfirmed()
    const { keys } = await test.current().db.host.findUniqueOrThrow({ where: { id: hostId }, include: { keys: true } })
    await test.current().db.host.delete({ where: { id: hostId } })
    const known = keys.map((key) => `[127.0.0.1]:${sshd.port} ${key.algorithm} ${key.key}`).join('\n')
    const list = { jumpHostId: null, sshProfile: 'modern' as const }
    const same = await scanHostList(admin, { ...list, text: known })
    expect(same.rows).toMatchObject([{ ok: true, comparison: 'same', port: sshd.port }])
    await sshd.changeKeys()
    const changed = await scanHostList(admin, { ...list, text: `${known}\n127.0.0.1:1, nobody-there\n10.0.0.300, x` })
    expect(changed.rows).toMatchObject([
      { ok: true, comparison: 'differs' },
      { ok: false, name: 'nobody-there', problem: expect.stringMatching(/.+/) },
    ])
    expect(changed.problems).toMatchObject([{ line: 4 }])
  })
})
