import { expect, it } from 'vitest'
import { addSample } from '@/lib/catalog/store/add-sample'
import { withTestStore } from '@/lib/db/test-store'
import { AppError } from '@/lib/errors'
import { someone } from '@/lib/inventory/testing'
import { sql } from '@/lib/sql'
import { readInTurn } from './read-for-page'

withTestStore()
const viewer = someone('viewer')
const refuse = () => Promise.reject(new AppError('unreachable', 'gone', { userMessage: 'It is gone.' }))

async function sampleId(): Promise<string> {
  return (await addSample(someone('admin'))).catalogId
}

it('tells the first reading while the second is still read, both on one connection', async () => {
  let end: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    end = resolve
  })
  const asked: string[] = []
  const [first, second] = readInTurn(
    viewer,
    await sampleId(),
    async (catalog) => {
      asked.push('first')
      return (await catalog.ask(sql`SELECT COUNT(*) AS jobs FROM Job`)).length
    },
    async (catalog) => {
      asked.push('second')
      await held
      return (await catalog.ask(sql`SELECT COUNT(*) AS clients FROM Client`)).length
    },
  )
  expect(await first).toMatchObject({ ok: true, data: 1 })
  expect(asked).toEqual(['first', 'second'])
  end()
  expect(await second).toMatchObject({ ok: true, data: 1 })
})

it('tells what went wrong with the first as that of both, and of the second alone', async () => {
  const catalogId = await sampleId()
  for (const reading of readInTurn(viewer, catalogId, refuse, async () => 2))
    expect(await reading).toMatchObject({ ok: false, trouble: { message: 'It is gone.' } })
  const [first, second] = readInTurn(viewer, catalogId, async () => 1, refuse)
  expect(await first).toMatchObject({ ok: true, data: 1 })
  expect(await second).toMatchObject({ ok: false, trouble: { message: 'It is gone.' } })
})

it('lets pass what nobody foresaw, to whoever waits', async () => {
  const broken = () => Promise.reject(new Error('a mistake'))
  const [first, second] = readInTurn(viewer, await sampleId(), broken, async () => 2)
  await expect(first).rejects.toThrow('a mistake')
  await expect(second).rejects.toThrow('a mistake')
})
