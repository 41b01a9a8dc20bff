import { join } from 'node:path'
import { expect, it } from 'vitest'
import { read, work } from '@/lib/db'
import { openStore } from './client'
import { withTestStore } from './test-store'

const test = withTestStore()

const put = (key: string, value: string) => ({ where: { key }, create: { key, value }, update: { value } })

it('keeps all of a unit of work or nothing', async () => {
  await expect(
    work(async (tx) => {
      await tx.setting.create({ data: { key: 'a', value: '1' } })
      throw new Error('second thoughts')
    }),
  ).rejects.toThrow('second thoughts')
  expect(await read((tx) => tx.setting.count())).toBe(0)
})

it('loses no update of many at once', async () => {
  await work((tx) => tx.setting.create({ data: { key: 'n', value: '0' } }))
  const addOne = () =>
    work(async (tx) => {
      const row = await tx.setting.findUniqueOrThrow({ where: { key: 'n' } })
      await tx.setting.update({ where: { key: 'n' }, data: { value: String(Number(row.value) + 1) } })
    })
  await Promise.all(Array.from({ length: 50 }, addOne))
  expect((await read((tx) => tx.setting.findUniqueOrThrow({ where: { key: 'n' } }))).value).toBe('50')
})

it('runs again from the start when another process wrote in between', async () => {
  const other = openStore(join(test.current().dir, 'pollux.db'))
  let runs = 0
  const seen = await work(async (tx) => {
    runs += 1
    const count = await tx.setting.count()
    if (runs === 1) await other.setting.upsert(put('theirs', '1'))
    await tx.setting.upsert(put('ours', '1'))
    return count
  })
  await other.$disconnect()
  expect([runs, seen]).toEqual([2, 1])
})

it('refuses a unit of work inside another, instead of waiting for ever', async () => {
  await expect(work(() => work(async () => 1))).rejects.toThrow(/second unit inside/)
  await expect(work(() => read(async () => 1))).rejects.toThrow(/second unit inside/)
  expect(await read(async () => 1)).toBe(1)
})
