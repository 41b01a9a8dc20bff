import type { PrismaClient } from '@/prisma/generated/client/client'

/** Does to the record what its triggers refuse, as somebody would who can write to the store's file; the triggers are gone then. */
export async function tamper(db: PrismaClient, run: (db: PrismaClient) => Promise<unknown>): Promise<void> {
  await db.$executeRaw`DROP TRIGGER IF EXISTS audit_row_stays`
  await db.$executeRaw`DROP TRIGGER IF EXISTS audit_row_is_kept`
  await db.$executeRaw`DROP TRIGGER IF EXISTS audit_row_is_last`
  await run(db)
}
