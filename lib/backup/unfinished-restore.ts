import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { dataDir } from '@/lib/config/data-dir'
import { AppError } from '@/lib/errors'

/** Lies in the data folder while a restore puts its files in place. */
export function restoreMark(): string {
  return join(dataDir(), 'restore-unfinished')
}

/** Throws AppError `conflict` with a sentence where a restore was ended on its way: the folder may hold parts of two stores. */
export function refuseUnfinishedRestore(): void {
  if (!existsSync(restoreMark())) return
  throw new AppError('conflict', 'expected a finished restore, found its mark', {
    userMessage: `A restore into ${dataDir()} was ended on its way. Do it again: npm run restore -- --from BACKUP --key FILE. What was there before it lies in ${dataDir()}/replaced-…`,
  })
}
