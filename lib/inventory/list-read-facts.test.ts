import { expect, it } from 'vitest'
import { withTestStore } from '@/lib/db/test-store'
import { makeHost } from '@/prisma/factories'
import { listReadFacts } from './list-read-facts'
import { printStoredFacts } from './stored-facts'
import { someone } from './testing'

const test = withTestStore()

it('tells of each host that is there what one probe found', async () => {
  const { db } = test.current()
  const [umber, sienna] = await Promise.all([makeHost(db, { name: 'umber' }), makeHost(db, { name: 'sienna' })])
  const latestFacts = printStoredFacts({
    results: {
      one: { at: 1, found: { state: 'read', value: { a: 1 } } },
      two: { at: 1, found: { state: 'not-read', why: 'denied', detail: '' } },
    },
    problems: [],
  })
  await db.host.update({ where: { id: umber.id }, data: { latestFacts } })
  const ids = [umber.id, sienna.id, 'gone']
  const read = (probeId: string) => listReadFacts(someone('viewer'), probeId, ids)
  expect(await read('one')).toEqual([
    { hostId: sienna.id, name: 'sienna', value: null },
    { hostId: umber.id, name: 'umber', value: { a: 1 } },
  ])
  expect((await read('two')).map(({ value }) => value)).toEqual([null, null])
  expect(await listReadFacts(someone('viewer'), 'one', [sienna.id])).toHaveLength(1)
})
