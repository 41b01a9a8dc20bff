import { existsSync, readFileSync } from 'node:fs'
import { nextKeyFile, sealingKeyFile } from '@/lib/config/data-dir'
import { AppError } from '@/lib/errors'
import { keyProof } from './key-proof'
import { unsealWith } from './seal'

/** Whether a key opens the proof that a store has in it (base64). */
export function keyFits(key: Buffer, proof: string): boolean {
  try {
    unsealWith(key, Buffer.from(proof, 'base64'), keyProof)
    return true
  } catch {
    return false
  }
}

/**
 * The key of the data folder that opens a store with this proof: after a rotation that was ended on its way it can be the one
 * that lies beside. A store without a proof takes the key that is there. Throws AppError `internal` with a sentence when there is none.
 */
export function fittingKey(proof: string | null): Buffer {
  for (const file of [sealingKeyFile(), nextKeyFile()]) {
    if (!existsSync(file)) continue
    const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64')
    if (key.length === 32 && (proof === null || keyFits(key, proof))) return key
  }
  throw new AppError('internal', `expected a key that opens the store, found none`, {
    userMessage: `The sealing key ${sealingKeyFile()} is missing or does not fit this store. Put the key file back that belongs to it.`,
  })
}
