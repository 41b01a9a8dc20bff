import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { storeFile } from '@/lib/config/data-dir'
import { isEmptyStore } from '@/lib/db/is-empty-store'
import { listPending, migrateStore } from '@/lib/db/migrate'
import { AppError, isAppError } from '@/lib/errors'
import { log } from '@/lib/log'
import { backupsDir, makeBackup } from './make-backup'

const suffix = '-before-upgrade'

/** How many backups of this kind are kept; those that somebody asked for are never removed. */
const kept = 5

/**
 * Brings the store up to date and returns the migrations that it applied; a store that holds something is backed up before.
 * Throws AppError with a sentence; after a migration that failed it says how to put the backup back.
 */
export async function upgradeStore(migrationsDir?: string): Promise<string[]> {
  const file = storeFile()
  const isNew = !existsSync(file) || (await isEmptyStore(file))
  if (isNew) return migrateStore(file, { migrationsDir })
  const pending = await listPending(file, migrationsDir)
  if (pending.length === 0) return []
  const backup = await makeBackup({ suffix })
  removeOldest()
  log.info({ backup, pending }, 'backed up before the upgrade')
  try {
    return await migrateStore(file, { migrationsDir })
  } catch (error) {
    throw withWayBack(error, backup)
  }
}

function removeOldest(): void {
  const own = readdirSync(backupsDir()).filter((name) => new RegExp(`^pollux-\\d{8}T\\d{6}Z${suffix}`).test(name))
  for (const name of own.sort().slice(0, -kept)) rmSync(join(backupsDir(), name), { recursive: true, force: true })
}

function withWayBack(error: unknown, backup: string): AppError {
  const reason = isAppError(error) ? (error.userMessage ?? error.message) : String(error)
  return new AppError('conflict', 'the upgrade failed', {
    cause: error,
    userMessage: `${reason} The store as it was before lies in ${backup}. To go on with the version that you had: put its files back, then run npm run restore -- --from ${backup} --replace`,
  })
}
