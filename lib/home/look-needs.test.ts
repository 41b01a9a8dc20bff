import { expect, it } from 'vitest'
import { setAgents } from '@/lib/changes/agents'
import { makeApplied } from '@/lib/changes/testing/applied-change'
import { withTestStore } from '@/lib/db/test-store'
import { someone } from '@/lib/inventory/testing'
import { lookingAgent } from '@/lib/tuning/testing'
import { makeHost } from '@/prisma/factories'
import { listNeeds } from './list-needs'

const test = withTestStore()
const changed = Date.UTC(2026, 10, 26, 12)
const hour = 3_600_000

async function tunedHost(text: string) {
  const { db } = test.current()
  setAgents([lookingAgent('look')])
  const host = await makeHost(db, { name: 'umber' })
  const changeId = await makeApplied({ hosts: [host], wishes: [{ agentId: 'look', desired: { text } }] })
  const [startedAt, endedAt] = [new Date(changed - 60_000), new Date(changed)]
  await db.change.update({ where: { id: changeId }, data: { startedAt, endedAt } })
  const sampleAt = (hours: number) =>
    db.tuningSample.create({
      data: {
        ...{ hostId: host.id, agentId: 'look', subject: 'file' },
        ...{ at: new Date(changed + hours * hour), data: JSON.stringify({ at: hours }) },
      },
    })
  return { host, changeId, sampleAt }
}

async function looks(hours: number) {
  const { needs } = await listNeeds(someone('viewer'), changed + hours * hour)
  return needs.filter(({ id }) => id.startsWith('look '))
}

it('says what came of a change once there is evidence, and for three days', async () => {
  const { host, changeId, sampleAt } = await tunedHost('good')
  await sampleAt(-1)
  await sampleAt(10)
  expect(await looks(11)).toEqual([])
  await sampleAt(25)
  await sampleAt(26)
  expect(await looks(27)).toEqual([
    {
      id: `look ${changeId} ${host.id}`,
      level: 'decide',
      title: 'umber: The file held',
      evidence: '[{"at":-1},{"at":10},{"at":25},{"at":26}]',
      href: `/hosts/${host.id}/look?server=file`,
      act: 'See what came of it',
    },
  ])
  expect(await looks(25 + 71)).toHaveLength(1)
  expect(await looks(25 + 73)).toEqual([])
})

it('says sooner what did not come out well', async () => {
  const { sampleAt } = await tunedHost('bad')
  await sampleAt(25)
  expect(await looks(26)).toMatchObject([{ level: 'soon', title: 'umber: The file did not hold' }])
})

it('says nothing of what was taken back, or of a wish that nobody looks at again', async () => {
  const { host, changeId, sampleAt } = await tunedHost('good')
  await sampleAt(25)
  await makeApplied({ hosts: [host], wishes: [{ agentId: 'look', desired: { text: 'x' } }], reverts: changeId })
  expect(await looks(26)).toEqual([])
  await test.current().db.change.deleteMany({ where: { revertsId: changeId } })
  expect(await looks(26)).toHaveLength(1)
  await makeApplied({ hosts: [host], wishes: [{ agentId: 'look', desired: { text: 'unwatched' } }] })
  expect(await looks(26)).toEqual([])
})
