import { existsSync } from 'node:fs'
import { sealingKeyFile, storeFile } from '@/lib/config/data-dir'
import { read, work } from '@/lib/db'
import { isEmptyStore } from '@/lib/db/is-empty-store'
import { migrateStore } from '@/lib/db/migrate'
import { AppError } from '@/lib/errors'
import { seal, unseal } from '@/lib/secrets/seal'
import { makeSealingKey, sealingKey } from '@/lib/secrets/sealing-key'

/**
 * Makes the data folder ready to serve from: the sealing key (made only for an empty store), the migrations,
 * and the proof that key and store belong together. The caller holds the folder's lock.
 * Throws AppError with a sentence when they do not.
 */
export async function prepareData(): Promise<{ applied: string[] }> {
  await ensureSealingKey()
  const applied = await migrateStore(storeFile())
  await proveKeyFits()
  return { applied }
}

async function ensureSealingKey(): Promise<void> {
  if (!existsSync(sealingKeyFile())) {
    if (!(await isEmptyStore(storeFile())))
      throw new AppError('internal', `expected the sealing key at ${sealingKeyFile()}, found none`, {
        userMessage: `The store ${storeFile()} holds data, but its sealing key ${sealingKeyFile()} is missing. Put the key file back; a new one could not open what is sealed.`,
      })
    makeSealingKey()
  }
  sayPlainly(sealingKey)
}

const proof = { table: 'setting', row: 'sealing-key-proof', field: 'value' }

// A value sealed by the store's first key: another key is noticed at once, not at the first sealed secret.
async function proveKeyFits(): Promise<void> {
  const row = await read((tx) => tx.setting.findUnique({ where: { key: proof.row } }))
  if (row) unseal(Buffer.from(row.value, 'base64'), proof)
  else {
    const value = Buffer.from(seal('fits', proof)).toString('base64')
    await work((tx) => tx.setting.create({ data: { key: proof.row, value } }))
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
