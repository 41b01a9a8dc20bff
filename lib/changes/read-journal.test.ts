import { beforeEach, expect, it } from 'vitest'
import { withTestStore } from '@/lib/db/test-store'
import { someone } from '@/lib/inventory/testing'
import { makeHost } from '@/prisma/factories'
import { setAgents } from './agents'
import { readJournal, readJournalEnd, readWholeJournal } from './read-journal'
import { makeApplied } from './testing/applied-change'
import { fileAgent } from './testing/file-agent'

const test = withTestStore()
const ctx = someone('viewer')
let changeId: number

beforeEach(async () => {
  setAgents([fileAgent('one', '/etc/one')])
  const host = await makeHost(test.current().db, { name: 'umber' })
  changeId = await makeApplied({ hosts: [host], wishes: [{ agentId: 'one', desired: { text: 'x' } }] })
})

async function note(count: number): Promise<void> {
  await test.current().db.journalLine.createMany({
    data: Array.from({ length: count }, (_, at) => ({ changeId, at: new Date(), kind: 'note', text: `line ${at}` })),
  })
}

it('begins with the last lines, and says how many stand before them', async () => {
  await note(1_200)
  const { lines, earlier } = await readJournalEnd(ctx, changeId)
  expect([earlier, lines[0]?.text, lines.at(-1)?.text]).toEqual([200, 'line 200', 'line 1199'])
})

it('is whole where it is short', async () => {
  await note(3)
  expect(await readJournalEnd(ctx, changeId)).toMatchObject({ earlier: 0, lines: { length: 3 } })
})

it('is had whole, however long it is', async () => {
  await note(10_001)
  const texts: string[] = []
  for await (const lines of readWholeJournal(ctx, changeId)) texts.push(...lines.map((line) => line.text))
  expect(texts).toEqual(Array.from({ length: 10_001 }, (_, at) => `line ${at}`))
  const { lines } = await readJournal(ctx, changeId, 0)
  expect(lines).toHaveLength(5_000)
})
