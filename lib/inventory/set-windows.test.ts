import { expect, it } from 'vitest'
import { withTestStore } from '@/lib/db/test-store'
import { makeHost } from '@/prisma/factories'
import { parseWindows } from './maintenance-windows'
import { setWindows } from './set-windows'
import { lastAudit, refusalOf, someone } from './testing'

const test = withTestStore()
const window = { days: [0], start: '02:00', minutes: 120, zone: 'UTC' }

it('keeps a host’s windows and records them; not for a viewer, nor over somebody else’s edit', async () => {
  const { db } = test.current()
  const { id: hostId } = await makeHost(db, { name: 'umber' })
  const wish = { hostId, version: 0, windows: [window] }
  expect(await refusalOf(setWindows(someone('viewer'), wish))).toMatchObject({ code: 'forbidden' })
  await setWindows(someone('operator'), wish)
  const host = await db.host.findUniqueOrThrow({ where: { id: hostId } })
  expect([parseWindows(host.windows), host.version]).toEqual([[window], 1])
  expect(await lastAudit(db)).toMatchObject({ verb: 'set maintenance windows', label: 'umber' })
  expect(await refusalOf(setWindows(someone('operator'), wish))).toMatchObject({ code: 'conflict' })
})
