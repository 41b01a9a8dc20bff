import { existsSync } from 'node:fs'
import { refuseUnfinishedRestore } from '@/lib/backup/unfinished-restore'
import { upgradeStore } from '@/lib/backup/upgrade-store'
import { sealingKeyFile, storeFile } from '@/lib/config/data-dir'
import { read, work } from '@/lib/db'
import { refuseCutShort } from '@/lib/db/inspect-store'
import { isEmptyStore } from '@/lib/db/is-empty-store'
import { storeTrouble } from '@/lib/db/store-trouble'
import { AppError } from '@/lib/errors'
import { loadPause } from '@/lib/pause/pause-row'
import { keyProof } from '@/lib/secrets/key-proof'
import { settleRotation } from '@/lib/secrets/rotate-key'
import { seal, unseal } from '@/lib/secrets/seal'
import { makeSealingKey, sealingKey } from '@/lib/secrets/sealing-key'

/**
 * Makes the data folder ready to serve from: a store that is whole, the sealing key (made only for an empty store), the
 * migrations (with a backup before them), the proof that key and store belong together, and whether the store is paused.
 * The caller holds the folder's lock. Throws AppError with a sentence when something of this cannot be.
 */
export async function prepareData(): Promise<{ applied: string[] }> {
  try {
    refuseUnfinishedRestore()
    if (existsSync(storeFile())) await refuseCutShort(storeFile())
    await ensureSealingKey()
    const applied = await upgradeStore()
    await proveKeyFits()
    await loadPause()
    return { applied }
  } catch (error) {
    throw storeTrouble(storeFile(), error)
  }
}

async function ensureSealingKey(): Promise<void> {
  await settleRotation()
  if (!existsSync(sealingKeyFile())) {
    if (!(await isEmptyStore(storeFile())))
      throw new AppError('internal', `expected the sealing key at ${sealingKeyFile()}, found none`, {
        userMessage: `The store ${storeFile()} holds data, but its sealing key ${sealingKeyFile()} is missing. Put the key file back; a new one could not open what is sealed.`,
      })
    makeSealingKey()
  }
  sayPlainly(sealingKey)
}

// A value sealed by the store's first key: another key is noticed at once, not at the first sealed secret.
async function proveKeyFits(): Promise<void> {
  const row = await read((tx) => tx.setting.findUnique({ where: { key: keyProof.row } }))
  if (row) unseal(Buffer.from(row.value, 'base64'), keyProof)
  else {
    const value = Buffer.from(seal('fits', keyProof)).toString('base64')
    await work((tx) => tx.setting.create({ data: { key: keyProof.row, value } }))
  }
}

// The sealing key's own errors name file and command already.
function sayPlainly(check: () => unknown): void {
  try {
    check()
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new AppError('internal', reason, { cause, userMessage: `The sealing key can't be used: ${reason}.` })
  }
}
