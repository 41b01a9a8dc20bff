import { expect, it } from 'vitest'
import { withTestStore } from '@/lib/db/test-store'
import { parseInput } from '@/lib/errors/parse-input'
import { lastAudit, refusalOf, someone } from '@/lib/inventory/testing'
import { defaultHealthLimits } from '../rules'
import { parseLimits } from './limits'
import { SetLimitsInput, setLimits } from './set-limits'

const test = withTestStore()
const typed = { catalogId: 'c1', errors: '3', mounts: '', writes: ' 500 ', ageDays: '1825' }

async function stored() {
  const row = await test.current().db.catalog.findUniqueOrThrow({ where: { id: 'c1' } })
  return parseLimits(row.limits)
}

it('keeps what an admin types, an empty field as "not looked at", and records it', async () => {
  await test.current().db.catalog.create({
    data: {
      ...{ id: 'c1', name: 'main', way: 'file', dialect: 'sqlite', zone: 'UTC', zoneSource: 'told' },
      ...{ product: 'bacula', schemaVersion: 16 },
    },
  })
  expect(await stored()).toEqual(defaultHealthLimits)
  const input = parseInput(SetLimitsInput, typed)
  expect((await refusalOf(setLimits(someone('operator'), input))).code).toBe('forbidden')
  await setLimits(someone('admin'), input)
  expect(await stored()).toEqual({ errors: 3, mounts: null, writes: 500, ageDays: 1825 })
  expect(await lastAudit(test.current().db)).toMatchObject({ verb: 'set limits of volumes', label: 'main' })
  const count = await test.current().db.auditRow.count()
  await setLimits(someone('admin'), input)
  expect(await test.current().db.auditRow.count()).toBe(count)
  expect((await refusalOf(setLimits(someone('admin'), { ...input, catalogId: 'no' }))).code).toBe('not-found')
})

it.each(['0', '-1', '1.5', 'many', '1e3', '9999999999'])('refuses %j', (errors) => {
  expect(() => parseInput(SetLimitsInput, { ...typed, errors })).toThrow('whole number from 1 on')
})
