import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { endEpoch } from '@/lib/audit/epochs'
import { writeAudit } from '@/lib/audit/write-audit'
import type { Ctx } from '@/lib/auth/actor'
import { authorize } from '@/lib/auth/rights'
import { giveToOwner, moveInto, writeNew } from '@/lib/backup/files'
import { nextKeyFile, sealingKeyFile, storeFile } from '@/lib/config/data-dir'
import type { Tx } from '@/lib/db'
import { readKeyProof } from '@/lib/db/read-key-proof'
import { storeTrouble } from '@/lib/db/store-trouble'
import { compactStore, workAlone } from '@/lib/db/work-alone'
import { AppError } from '@/lib/errors'
import { fittingKey, keyFits } from './fitting-key'
import { keyIdOf, parseSealingKey, printSealingKey } from './key-file'
import { keyProof } from './key-proof'
import { sealWith, unsealWith } from './seal'
import { sealedColumns } from './sealed-fields'
import { sealingKey, takeSealingKey } from './sealing-key'

/** How far a rotation came: for the test that ends it there. */
export type RotationPoint = 'key written' | 'sealed anew' | 'kept' | 'key in place'

export interface Rotated {
  /** How many values were sealed anew. */
  values: number
  keyId: string
  /** Whether what the old key opens is gone from the store's free pages, too: that takes room for a second store. */
  isCompact: boolean
}

/**
 * Makes a new sealing key and seals everything in the store anew, in one unit of work. The new key is on the disk, beside the
 * old one, before the store changes; it takes the old one's name afterwards. Ended anywhere in between, one of the two opens
 * the store, and `settleRotation` tells which. The caller is alone on the data folder. Throws AppError `internal` where a value
 * does not open with the key that is there: then nothing is changed.
 */
export async function rotateKey(ctx: Ctx, reached: (point: RotationPoint) => void = () => {}): Promise<Rotated> {
  authorize(ctx, 'edit settings')
  try {
    return await rotate(ctx, reached)
  } catch (error) {
    throw storeTrouble(storeFile(), error)
  }
}

async function rotate(ctx: Ctx, reached: (point: RotationPoint) => void): Promise<Rotated> {
  await settleRotation()
  const from = sealingKey()
  const to = randomBytes(32)
  const partial = `${nextKeyFile()}.partial`
  rmSync(partial, { force: true })
  writeNew(partial, printSealingKey(to))
  giveToOwner(partial)
  moveInto(partial, nextKeyFile())
  reached('key written')
  const values = await workAlone(storeFile(), async (tx) => {
    const count = (await sealColumnsAnew(tx, from, to)) + (await sealProofAnew(tx, to))
    await endEpoch(tx, from, to)
    takeSealingKey(to)
    const detail = { from: keyIdOf(from), to: keyIdOf(to), values: count }
    await writeAudit(tx, ctx, { verb: 'rotate sealing key', object: 'setting', label: 'sealing key', detail })
    reached('sealed anew')
    return count
  })
  reached('kept')
  moveInto(nextKeyFile(), sealingKeyFile())
  reached('key in place')
  const isCompact = await compactStore(storeFile()).then(
    () => true,
    () => false,
  )
  return { values, keyId: keyIdOf(to), isCompact }
}

/**
 * Ends a rotation that was ended on its way: the key that opens the store gets the name, the other one goes. Does nothing
 * where none was. Throws AppError `internal` when neither opens the store; then both stay.
 */
export async function settleRotation(): Promise<void> {
  if (!existsSync(nextKeyFile())) return
  const proof = await readKeyProof(storeFile())
  const next = parseSealingKey(readFileSync(nextKeyFile(), 'utf8'), nextKeyFile())
  if (proof !== null && keyFits(next, proof)) moveInto(nextKeyFile(), sealingKeyFile())
  else {
    // Throws when the old one does not open it either.
    fittingKey(proof)
    rmSync(nextKeyFile())
  }
}

async function sealColumnsAnew(tx: Tx, from: Buffer, to: Buffer): Promise<number> {
  let count = 0
  for (const { page } of sealedColumns) {
    let after: string | null = null
    do {
      const { values, next } = await page(tx, after)
      for (const { place, sealed, put } of values) {
        await put(sealWith(to, unsealWith(from, sealed, place), place))
        count += 1
      }
      after = next
    } while (after !== null)
  }
  return count
}

async function sealProofAnew(tx: Tx, to: Buffer): Promise<number> {
  const value = Buffer.from(sealWith(to, 'fits', keyProof)).toString('base64')
  const { count } = await tx.setting.updateMany({ where: { key: keyProof.row }, data: { value } })
  if (count === 1) return count
  throw new AppError('internal', `expected one proof of the sealing key, got ${count}`, {
    userMessage: 'The store was never served with a sealing key, so there is none to rotate. Start Pollux first.',
  })
}
