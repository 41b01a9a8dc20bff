import { constants, copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { dataDir, storeFile } from '@/lib/config/data-dir'
import { inspectStore } from '@/lib/db/inspect-store'
import { isEmptyStore } from '@/lib/db/is-empty-store'
import { migrateStore } from '@/lib/db/migrate'
import { storeTrouble } from '@/lib/db/store-trouble'
import { skipChangeNumbers, workAlone } from '@/lib/db/work-alone'
import { AppError } from '@/lib/errors'
import { keepPause } from '@/lib/pause/pause-row'
import { keyFits } from '@/lib/secrets/fitting-key'
import { keyIdOf, printSealingKey } from '@/lib/secrets/key-file'
import { takeSealingKey } from '@/lib/secrets/sealing-key'
import { giveToOwner, moveInto, syncPath, writeNew } from './files'
import { backedUp, checkBackup, type Manifest } from './manifest'
import { restoreMark } from './unfinished-restore'

export interface RestoreInput {
  /** The folder of the backup. */
  from: string
  /** The sealing key that belongs to it. */
  key: Buffer
  /** Whether a store that is there may be set aside. */
  isReplacing: boolean
}

/** More changes than anybody makes between a backup and the loss of the store. */
const skippedNumbers = 1_000

/**
 * Puts a backup in the place of the store. All of it is made ready beside (checked, brought up to date, paused, its sessions
 * ended) before anything moves; what was there is set aside, never deleted. Returns the manifest, and where the old store
 * went, if there was one. The caller is alone on the data folder. Throws AppError with a sentence; then nothing was replaced.
 */
export async function restoreBackup(
  ctx: Ctx,
  { from, key, isReplacing }: RestoreInput,
): Promise<{ manifest: Manifest; setAside: string | null }> {
  const manifest = await checkBackup(from)
  if (keyIdOf(key) !== manifest.keyId)
    refuse(
      'This sealing key does not belong to the backup: the store in it was sealed with another one. Name the key that was kept when the backup was made.',
    )
  if (!isReplacing && !existsSync(restoreMark()) && !(await isFree()))
    refuse(
      `${storeFile()} holds data already, and a restore would put another store in its place. To do that, say so: --replace. The store that is there is then set aside, not deleted.`,
    )
  const staging = join(dataDir(), 'restoring')
  try {
    await stage(staging, ctx, { from, key }, manifest)
    return { manifest, setAside: swap(staging) }
  } catch (error) {
    throw storeTrouble(storeFile(), error)
  } finally {
    rmSync(staging, { recursive: true, force: true })
  }
}

/** A store that cannot be read is no empty one. */
async function isFree(): Promise<boolean> {
  return isEmptyStore(storeFile()).catch(() => false)
}

async function stage(
  staging: string,
  ctx: Ctx,
  { from, key }: Pick<RestoreInput, 'from' | 'key'>,
  manifest: Manifest,
): Promise<void> {
  rmSync(staging, { recursive: true, force: true })
  mkdirSync(staging, { mode: 0o700 })
  for (const name of backedUp)
    if (manifest.files[name]) copyFileSync(join(from, name), join(staging, name), constants.COPYFILE_EXCL)
  const store = join(staging, 'pollux.db')
  const { keyProof } = await inspectStore(store)
  if (keyProof !== null && !keyFits(key, keyProof)) refuse('This sealing key does not open the store in the backup.')
  await migrateStore(store)
  takeSealingKey(key)
  await workAlone(store, async (tx) => {
    await keepPause(tx, { at: new Date().toISOString(), backupAt: manifest.madeAt })
    await skipChangeNumbers(tx, skippedNumbers)
    // Whoever was signed out, or used his link, since the backup stays so.
    await tx.session.deleteMany()
    await tx.oneTimeLink.deleteMany({ where: { usedAt: null } })
    const detail = { madeAt: manifest.madeAt, pollux: manifest.pollux }
    await writeAudit(tx, ctx, { verb: 'restore store', object: 'setting', label: 'restored store', detail })
  })
  writeNew(join(staging, 'sealing.key'), printSealingKey(key))
  for (const name of [...backedUp, 'sealing.key']) if (existsSync(join(staging, name))) syncPath(join(staging, name))
}

// Between the mark and its end the folder may hold parts of both, and `prepareData` refuses it.
function swap(staging: string): string | null {
  if (!existsSync(restoreMark())) writeNew(restoreMark(), '')
  giveToOwner(restoreMark())
  syncPath(dataDir())
  const setAside = setOldAside()
  for (const name of [...backedUp, 'sealing.key']) {
    if (!existsSync(join(staging, name))) continue
    giveToOwner(join(staging, name))
    moveInto(join(staging, name), join(dataDir(), name))
    giveToOwner(join(dataDir(), name))
  }
  rmSync(restoreMark())
  syncPath(dataDir())
  return setAside
}

function setOldAside(): string | null {
  const old = ['pollux.db', 'pollux.db-wal', 'pollux.db-shm', 'instance', 'sealing.key', 'sealing.key.next'].filter(
    (name) => existsSync(join(dataDir(), name)),
  )
  if (old.length === 0) return null
  const time = new Date().toISOString().replace(/\.\d+/, '').replaceAll(/[-:]/g, '')
  const aside = join(dataDir(), `replaced-${time}`)
  mkdirSync(aside, { recursive: true, mode: 0o700 })
  giveToOwner(aside)
  for (const name of old) renameSync(join(dataDir(), name), join(aside, name))
  syncPath(aside)
  syncPath(dataDir())
  return aside
}

function refuse(sentence: string): never {
  throw new AppError('invalid', 'expected a backup that can be put here', { userMessage: sentence })
}
