import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { dataDir, storeFile } from '@/lib/config/data-dir'
import { version } from '@/lib/config/version'
import { copyStore } from '@/lib/db/copy-store'
import { inspectStore } from '@/lib/db/inspect-store'
import { troubleSentence } from '@/lib/db/store-trouble'
import { AppError, isAppError } from '@/lib/errors'
import { formatBytes } from '@/lib/facts/format-bytes'
import { fittingKey } from '@/lib/secrets/fitting-key'
import { keyIdOf } from '@/lib/secrets/key-file'
import { giveToOwner, moveInto, sumOf, syncPath, writeNew } from './files'
import { backedUp, type Manifest, manifestName } from './manifest'
import { holdsWrappedKey } from './wrapped-key'

export interface BackupOptions {
  /** The folder that gets the new backup, as a folder of its own; `backups` of the data folder unless told otherwise. */
  to?: string
  /** Stands at the end of its name. */
  suffix?: string
}

/** Where backups go unless told otherwise. */
export function backupsDir(): string {
  return join(dataDir(), 'backups')
}

/**
 * Makes a backup of the store, also while Pollux runs: a folder with a copy as of one moment, the installation's name, and a
 * manifest. It has its name once all of it is on the disk and was read back. The sealing key is not in it. Returns the folder.
 * Throws AppError with a sentence when there is no room, or the store is damaged.
 */
export async function makeBackup({ to = backupsDir(), suffix = '' }: BackupOptions = {}): Promise<string> {
  const store = storeFile()
  if (!existsSync(store))
    throw new AppError('invalid', `expected a store at ${store}, found none`, {
      userMessage: `There is no store at ${store} yet, so there is nothing to back up. POLLUX_DATA names the data folder.`,
    })
  try {
    makeFolder(to)
    refuseBesideKey(to)
    refuseWithoutRoom(store, to)
    const partial = mkdtempSync(join(to, '.partial-'))
    try {
      const madeAt = new Date()
      await writeBackup(store, partial, madeAt)
      const folder = freeName(to, madeAt, suffix)
      moveInto(partial, folder)
      return folder
    } catch (error) {
      rmSync(partial, { recursive: true, force: true })
      throw error
    }
  } catch (error) {
    const sentence = isAppError(error) ? null : troubleSentence(to, error)
    throw sentence === null
      ? error
      : new AppError('internal', 'the backup failed', { cause: error, userMessage: sentence })
  }
}

async function writeBackup(store: string, folder: string, madeAt: Date): Promise<void> {
  giveToOwner(folder)
  const copy = join(folder, 'pollux.db')
  await copyStore(store, copy)
  const state = await inspectStore(copy)
  const key = fittingKey(state.keyProof)
  const instance = join(dataDir(), 'instance')
  if (existsSync(instance)) writeNew(join(folder, 'instance'), readFileSync(instance, 'utf8'))
  const files: Manifest['files'] = {}
  for (const name of backedUp) {
    const file = join(folder, name)
    if (!existsSync(file)) continue
    syncPath(file)
    giveToOwner(file)
    files[name] = await sumOf(file)
  }
  const manifest: Manifest = {
    format: 'pollux backup',
    formatVersion: 1,
    pollux: version,
    migration: state.migrations.at(-1) ?? '',
    madeAt: madeAt.toISOString(),
    keyId: keyIdOf(key),
    files,
  }
  writeNew(join(folder, manifestName), `${JSON.stringify(manifest, null, 2)}\n`)
  giveToOwner(join(folder, manifestName))
  syncPath(folder)
}

function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  giveToOwner(folder)
}

// Whoever gets hold of one place must not have both.
function refuseBesideKey(folder: string): void {
  const key = holdsWrappedKey(folder)
  if (key !== null)
    throw new AppError('invalid', 'expected a folder without the sealing key', {
      userMessage: `${key} holds the sealing key. Keep the store's backups in another place: whoever finds both, and the passphrase, has every secret.`,
    })
}

/** A copy takes at most as much as the store and its log take now; a tenth more is left free. */
function refuseWithoutRoom(store: string, folder: string): void {
  const sizes = [store, `${store}-wal`].map((file) => (existsSync(file) ? statSync(file).size : 0))
  const needed = Math.ceil(1.1 * sizes.reduce((sum, size) => sum + size, 1_000_000))
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize < needed)
    throw new AppError('internal', `expected ${needed} bytes free in ${folder}, got ${bavail * bsize}`, {
      userMessage: `A backup of the store takes up to ${formatBytes(needed)}, and the disk of ${folder} has ${formatBytes(bavail * bsize)} left. Make room there, or name another folder: npm run backup -- --to FOLDER`,
    })
}

function freeName(to: string, at: Date, suffix: string): string {
  const time = at.toISOString().replace(/\.\d+/, '').replaceAll(/[-:]/g, '')
  const base = join(to, `pollux-${time}${suffix}`)
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? base : `${base}-${n}`
    if (!existsSync(name)) return name
  }
}
