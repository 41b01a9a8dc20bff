import { expect, it } from 'vitest'
import { adoptDrift } from '@/lib/changes/adopt-drift'
import { setAgents } from '@/lib/changes/agents'
import { keepRead, makeApplied } from '@/lib/changes/testing/applied-change'
import { fileAgent } from '@/lib/changes/testing/file-agent'
import { shelfAgent } from '@/lib/changes/testing/shelf-agent'
import { withTestStore } from '@/lib/db/test-store'
import { declarePair } from '@/lib/inventory/declare-pair'
import { printStoredFacts } from '@/lib/inventory/stored-facts'
import { someone } from '@/lib/inventory/testing'
import { makeHost } from '@/prisma/factories'
import { listNeeds } from './list-needs'

const test = withTestStore()

it('says when a failover IP is not on exactly the host where it was declared to be', async () => {
  const { db } = test.current()
  const [fir, rowan] = [await makeHost(db, { name: 'fir' }), await makeHost(db, { name: 'rowan' })]
  await declarePair(someone('operator'), {
    address: '192.0.2.81',
    activeHostId: fir.id,
    activeDevice: 'eth0',
    standbyHostId: rowan.id,
    standbyDevice: 'eth0',
  })
  const read = async (hostId: string, has: boolean) => {
    const addresses = has ? [{ family: 'ipv4', address: '192.0.2.81', prefix: 32, scope: 'global' }] : []
    const value = [{ name: 'eth0', state: 'up', mac: null, mtu: null, addresses }]
    const latestFacts = printStoredFacts({
      results: { addresses: { at: 1, found: { state: 'read', value } } },
      problems: [],
    })
    await db.host.update({ where: { id: hostId }, data: { latestFacts, reach: 'ok' } })
  }
  const said = async (onFir: boolean, onRowan: boolean) => {
    await read(fir.id, onFir)
    await read(rowan.id, onRowan)
    const { needs } = await listNeeds(someone('viewer'))
    return needs.filter((need) => need.href === '/hosts/pairs').map(({ level, title }) => `${level}: ${title}`)
  }
  expect((await listNeeds(someone('viewer'))).needs.filter((need) => need.href === '/hosts/pairs')).toEqual([])
  expect(await said(true, false)).toEqual([])
  expect(await said(false, true)).toEqual(['soon: 192.0.2.81 runs on its standby rowan'])
  expect(await said(true, true)).toEqual(['now: 192.0.2.81 is on fir and on rowan'])
  expect(await said(false, false)).toEqual(['now: 192.0.2.81 is on neither fir nor rowan'])
})

it('says where a host is no longer as a change left it, until somebody takes it as it is', async () => {
  setAgents([fileAgent('one', '/etc/one')])
  const umber = await makeHost(test.current().db, { name: 'umber' })
  const changeId = await makeApplied({ hosts: [umber], wishes: [{ agentId: 'one', desired: { text: 'a' } }] })
  await keepRead(umber.id, { one: 'b' })
  const drifted = async () => {
    const { needs } = await listNeeds(someone('viewer'))
    return needs.filter((need) => need.act === 'Look at the drift').map(({ title, evidence }) => [title, evidence])
  }
  expect(await drifted()).toEqual([
    [`umber is no longer as change #${changeId} left it`, 'line 1 of /etc/one: expected a, seen b.'],
  ])
  const items = [{ what: 'line 1 of /etc/one', seen: 'b' }]
  await adoptDrift(someone('operator'), { hostId: umber.id, agentId: 'one', changeId, items })
  expect(await drifted()).toEqual([])
})

it('tells the drift of two changes of one agent apart, also in the same words', async () => {
  setAgents([shelfAgent('shelf', '/etc/shelf')])
  const umber = await makeHost(test.current().db, { name: 'umber' })
  const on = (scope: string) =>
    makeApplied({ hosts: [umber], wishes: [{ agentId: 'shelf', desired: { name: 'a', text: 'a', scope } }] })
  const changes = [await on('one'), await on('two')]
  await keepRead(umber.id, { shelf: { a: 'b' } })
  const { needs } = await listNeeds(someone('viewer'))
  const drifted = needs.filter((need) => need.act === 'Look at the drift')
  expect(drifted.map(({ title }) => title).toSorted()).toEqual(
    changes.map((id) => `umber is no longer as change #${id} left it`),
  )
  expect(new Set(drifted.map(({ id }) => id)).size).toBe(2)
})
