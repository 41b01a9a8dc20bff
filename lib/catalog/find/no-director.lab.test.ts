import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { getLabHost, hostsForTests } from '@/e2e/lab/lab'
import { makeLabHost } from '@/e2e/make-lab-host'
import { openTestStore, type TestStore } from '@/lib/db/test-store'
import { someone } from '@/lib/inventory/testing'
import { sshPool } from '@/lib/ssh'
import { findDirector } from './find-director'

let store: TestStore

describe.skipIf(!hostsForTests().some(({ name }) => name === 'alder'))('a host without Bacula', () => {
  beforeAll(async () => {
    store = await openTestStore()
  })
  afterAll(async () => {
    await sshPool().close()
    await store.close()
  })

  it('has no director, and that is no problem', async () => {
    const { id } = await makeLabHost(store.db, getLabHost('alder'), 'root')
    const found = await findDirector(someone('admin'), { hostId: id })
    expect(found).toMatchObject({ catalogs: [], isRunning: false, console: null, problems: [] })
  })
})
