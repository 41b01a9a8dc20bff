import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { storeFile } from '@/lib/config/data-dir'
import { findSingle, forgetSingles } from '@/lib/config/single'
import { makeSealingKey } from '@/lib/secrets/sealing-key'
import type { PrismaClient } from '@/prisma/generated/client/client'
import { store } from './client'
import { migrateStore } from './migrate'

export interface TestStore {
  /** The data folder. */
  dir: string
  /** The store itself, to prepare rows and to look at what was written. */
  db: PrismaClient
  close(): Promise<void>
}

/** A real store of its own in a temporary data folder, with a sealing key; the process's singles now belong to it. */
export async function openTestStore(): Promise<TestStore> {
  const dir = mkdtempSync(join(tmpdir(), 'pollux-test-'))
  const before = process.env['POLLUX_DATA']
  process.env['POLLUX_DATA'] = dir
  forgetSingles()
  makeSealingKey()
  await migrateStore(storeFile())
  return {
    dir,
    db: store(),
    async close() {
      await findSingle<PrismaClient>('store')?.$disconnect()
      forgetSingles()
      if (before === undefined) delete process.env['POLLUX_DATA']
      else process.env['POLLUX_DATA'] = before
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** Gives each test of the file (or of the `describe` it is called in) a store of its own; read `current()` inside a test. */
export function withTestStore(): { current(): TestStore } {
  let open: TestStore | undefined
  beforeEach(async () => {
    open = await openTestStore()
  })
  afterEach(async () => {
    await open?.close()
    open = undefined
  })
  return {
    current() {
      if (!open) throw new Error('expected to be called inside a test')
      return open
    },
  }
}
