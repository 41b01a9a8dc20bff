import { describe, expect, it } from 'vitest'
import { withTestStore } from '@/lib/db/test-store'
import { makeHost } from '@/prisma/factories'
import { changePair } from './change-pair'
import { declarePair } from './declare-pair'
import { listPairHosts } from './list-pair-hosts'
import { getPair, listPairs } from './list-pairs'
import { removeHost } from './remove-host'
import { removePair } from './remove-pair'
import { printStoredFacts } from './stored-facts'
import { swapPair } from './swap-pair'
import { lastAudit, refusalOf, someone } from './testing'

const test = withTestStore()
const operator = someone('operator')

async function twoHosts() {
  const { db } = test.current()
  const fir = await makeHost(db, { name: 'fir', address: '10.77.0.21' })
  const rowan = await makeHost(db, { name: 'rowan', address: '10.77.0.22' })
  const wish = {
    address: '192.0.2.81/32',
    activeHostId: fir.id,
    activeDevice: 'eth0',
    standbyHostId: rowan.id,
    standbyDevice: 'eth1',
  }
  return { fir, rowan, wish }
}

/** What a reading leaves in the store: the addresses of each device. */
function factsOf(devices: Record<string, readonly string[]>) {
  const value = Object.entries(devices).map(([name, addresses]) => ({
    name,
    state: 'up',
    mac: null,
    mtu: null,
    addresses: addresses.map((address) => ({ family: 'ipv4', address, prefix: 32, scope: 'global' })),
  }))
  return printStoredFacts({ results: { addresses: { at: 1000, found: { state: 'read', value } } }, problems: [] })
}

async function read(hostId: string, devices: Record<string, readonly string[]>, reach = 'ok') {
  await test.current().db.host.update({ where: { id: hostId }, data: { latestFacts: factsOf(devices), reach } })
}

describe('a pair', () => {
  it('is declared with the address as the kernel prints it, and recorded; not by a viewer', async () => {
    const { wish } = await twoHosts()
    expect(await refusalOf(declarePair(someone('viewer'), wish))).toMatchObject({ code: 'forbidden' })
    const { pairId } = await declarePair(operator, { ...wish, address: ' 2001:DB8:0:0:0:0:0:81 ' })
    const pair = await getPair(someone('viewer'), pairId)
    expect(pair).toMatchObject({ address: '2001:db8::81', prefix: 128, version: 0, seen: 'unknown' })
    expect(pair.active).toMatchObject({ name: 'fir', device: 'eth0', holds: null, readAt: null })
    expect(pair.standby).toMatchObject({ name: 'rowan', device: 'eth1' })
    expect(await lastAudit(test.current().db)).toMatchObject({
      verb: 'declare pair',
      object: 'pair',
      objectId: pairId,
      label: '2001:db8::81',
      detail: JSON.stringify({ active: 'eth0 of fir', standby: 'eth1 of rowan' }),
    })
  })

  it.each([
    [{ address: 'fir' }, 'address', 'This is no IPv4 or IPv6 address'],
    [{ address: '' }, 'address', 'Type the address'],
    [{ address: '192.0.2.81/33' }, 'address', 'The prefix is too long: expected at most /32.'],
    [{ address: '192.0.2.0/24' }, 'address', 'is the address of the net itself'],
    [{ address: '127.0.0.1' }, 'address', 'is a loopback address'],
    [{ address: '10.77.0.22' }, 'address', 'Pollux reaches rowan at 10.77.0.22.'],
    [{ activeHostId: '' }, 'activeHostId', 'Choose a host.'],
    [{ activeHostId: 'gone' }, 'activeHostId', 'not in the inventory any more'],
    [{ standbyDevice: ' ' }, 'standbyDevice', 'Name the device, such as eth0.'],
    [{ standbyDevice: '../x' }, 'standbyDevice', 'This is no name of a network device.'],
  ])('with %j is refused at its field', async (part, field, sentence) => {
    const { wish } = await twoHosts()
    const refusal = await refusalOf(declarePair(operator, { ...wish, ...part }))
    expect(refusal).toMatchObject({ code: 'invalid', fields: { [field]: expect.stringContaining(sentence) } })
    expect(await test.current().db.failoverPair.count()).toBe(0)
  })

  it('is of two hosts, and one of an address', async () => {
    const { wish } = await twoHosts()
    const alone = declarePair(operator, { ...wish, standbyHostId: wish.activeHostId })
    expect(await refusalOf(alone)).toMatchObject({
      fields: { standbyHostId: 'Choose another host than the active one: a host is no standby for itself.' },
    })
    await declarePair(operator, wish)
    // The prefix makes no other address of it.
    expect(await refusalOf(declarePair(operator, { ...wish, address: '192.0.2.81/24' }))).toMatchObject({
      fields: { address: 'There is a pair of 192.0.2.81 already: active on fir, standby on rowan.' },
    })
  })

  it('is changed from the version that was seen, and the record says what changed', async () => {
    const { wish } = await twoHosts()
    const { pairId } = await declarePair(operator, wish)
    const change = { ...wish, pairId, version: 0, activeDevice: 'eth2' }
    expect(await refusalOf(changePair(someone('viewer'), change))).toMatchObject({ code: 'forbidden' })
    await changePair(operator, change)
    expect((await getPair(operator, pairId)).active.device).toBe('eth2')
    const audit = await lastAudit(test.current().db)
    expect(audit).toMatchObject({ verb: 'change pair', label: '192.0.2.81' })
    expect(JSON.parse(audit.detail)).toEqual({
      changes: { active: { before: 'eth0 of fir', after: 'eth2 of fir' } },
    })
    expect(await refusalOf(changePair(operator, change))).toMatchObject({ code: 'conflict' })
    const count = await test.current().db.auditRow.count()
    await changePair(operator, { ...change, version: 1 })
    expect(await test.current().db.auditRow.count()).toBe(count)
  })

  it('is swapped once by two presses', async () => {
    const { wish } = await twoHosts()
    const { pairId } = await declarePair(operator, wish)
    expect(await refusalOf(swapPair(someone('viewer'), { pairId, version: 0 }))).toMatchObject({ code: 'forbidden' })
    await swapPair(operator, { pairId, version: 0 })
    expect(await refusalOf(swapPair(operator, { pairId, version: 0 }))).toMatchObject({ code: 'conflict' })
    const { active, standby } = await getPair(operator, pairId)
    expect([active.name, active.device, standby.name, standby.device]).toEqual(['rowan', 'eth1', 'fir', 'eth0'])
    expect(await lastAudit(test.current().db)).toMatchObject({ verb: 'swap pair', label: '192.0.2.81' })
  })

  it('is removed, and recorded; not by a viewer', async () => {
    const { wish } = await twoHosts()
    const { pairId } = await declarePair(operator, wish)
    expect(await refusalOf(removePair(someone('viewer'), { pairId }))).toMatchObject({ code: 'forbidden' })
    await removePair(operator, { pairId })
    expect(await listPairs(operator)).toEqual([])
    expect(await lastAudit(test.current().db)).toMatchObject({ verb: 'remove pair', label: '192.0.2.81' })
    expect(await refusalOf(removePair(operator, { pairId }))).toMatchObject({ code: 'not-found' })
  })

  it('goes with either of its hosts, and the record of that names it', async () => {
    const { fir, rowan, wish } = await twoHosts()
    await declarePair(operator, wish)
    await removeHost(someone('admin'), { hostId: rowan.id, typedName: 'rowan' })
    expect(await test.current().db.failoverPair.count()).toBe(0)
    expect(await lastAudit(test.current().db)).toMatchObject({
      verb: 'remove host',
      detail: expect.stringContaining('"pairs":["192.0.2.81"]'),
    })
    const other = await makeHost(test.current().db, { name: 'other' })
    await declarePair(operator, { ...wish, standbyHostId: other.id })
    await removeHost(someone('admin'), { hostId: fir.id, typedName: 'fir' })
    expect(await test.current().db.failoverPair.count()).toBe(0)
  })
})

describe('where a pair was seen', () => {
  it('is what the last readings say, and nothing that is kept', async () => {
    const { fir, rowan, wish } = await twoHosts()
    const { pairId } = await declarePair(operator, wish)
    const seen = async () => (await getPair(operator, pairId)).seen
    expect(await seen()).toBe('unknown')
    await read(fir.id, { eth0: ['10.77.0.21', '192.0.2.81'] })
    expect(await seen()).toBe('active')
    await read(rowan.id, { eth1: ['10.77.0.22'] })
    expect(await seen()).toBe('active')
    await read(fir.id, { eth0: ['10.77.0.21'] })
    expect(await seen()).toBe('neither')
    await read(rowan.id, { eth0: ['192.0.2.81'] })
    expect(await getPair(operator, pairId)).toMatchObject({
      seen: 'standby',
      active: { holds: false, onDevice: null, readAt: 1000 },
      standby: { holds: true, onDevice: 'eth0', device: 'eth1' },
    })
    await read(fir.id, { eth0: ['192.0.2.81'] })
    expect(await seen()).toBe('both')
    // What it had before it went out of reach is no knowledge of now.
    await read(fir.id, { eth0: ['192.0.2.81'] }, 'port')
    expect(await getPair(operator, pairId)).toMatchObject({
      seen: 'standby',
      active: { holds: null, onDevice: 'eth0', isOutOfReach: true },
    })
  })

  it('lists pairs of some hosts, by number', async () => {
    const { fir, rowan, wish } = await twoHosts()
    const other = await makeHost(test.current().db, { name: 'other' })
    await declarePair(operator, wish)
    await declarePair(operator, { ...wish, address: '192.0.2.9', standbyHostId: other.id })
    const listed = async (...ids: string[]) => (await listPairs(operator, ids)).map((pair) => pair.address)
    expect((await listPairs(operator)).map((pair) => pair.address)).toEqual(['192.0.2.9', '192.0.2.81'])
    expect(await listed(fir.id)).toEqual(['192.0.2.9', '192.0.2.81'])
    expect(await listed(rowan.id)).toEqual(['192.0.2.81'])
    expect(await listed()).toEqual([])
  })
})

it('offers the devices that were read, that of the host’s own address first', async () => {
  const { fir } = await twoHosts()
  await read(fir.id, {
    lo: ['127.0.0.1'],
    dummy0: [],
    eth1: ['198.51.100.3'],
    eth0: ['10.77.0.21'],
    'eth0:0': ['1.2.3.4'],
  })
  expect((await listPairHosts(operator)).map(({ name, devices }) => [name, devices])).toEqual([
    ['fir', ['eth0', 'eth1', 'dummy0']],
    ['rowan', []],
  ])
})
