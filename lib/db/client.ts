import { PrismaLibSql } from '@prisma/adapter-libsql'
import { storeFile } from '@/lib/config/data-dir'
import { onShutdown } from '@/lib/config/shutdown'
import { single } from '@/lib/config/single'
import { PrismaClient } from '@/prisma/generated/client/client'

/** Opens the store behind a `file:` URL. SQLite paths are relative to the working directory, so the path is absolute. */
export function openStore(file: string): PrismaClient {
  const adapter = new PrismaLibSql({ url: `file:${file}`, timeout: 10_000 }, { timestampFormat: 'unixepoch-ms' })
  return new PrismaClient({ adapter, transactionOptions: { maxWait: 10_000, timeout: 20_000 } })
}

/** The process's one store. Only lib/db and the authentication library's adapter take it; all others use units of work. */
export function store(): PrismaClient {
  return single('store', () => {
    const opened = openStore(storeFile())
    onShutdown('store', 'store', () => closeStore(opened))
    return opened
  })
}

/** Brings all that was written into the one file, so that a copy of it is whole, and closes it. */
async function closeStore(opened: PrismaClient): Promise<void> {
  await opened.$queryRaw`PRAGMA wal_checkpoint(TRUNCATE)`
  await opened.$disconnect()
}
