import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { sealingKeyFile } from '@/lib/config/data-dir'
import { replaceSingle, single } from '@/lib/config/single'
import { AppError } from '@/lib/errors'
import { keyPurposes, parseSealingKey, printSealingKey } from './key-file'

/**
 * The 32-byte sealing key. Throws AppError `internal` when the file is missing or not a key:
 * a lost key must stop the process, not make a new one that opens nothing.
 */
export function sealingKey(): Buffer {
  return single('sealing-key', () => {
    const file = sealingKeyFile()
    if (!existsSync(file)) throw new AppError('internal', `expected the sealing key at ${file}, found none`)
    if ((statSync(file).mode & 0o077) !== 0)
      throw new AppError('internal', `expected ${file} to be readable by its owner only; run: chmod 600 ${file}`)
    return parseSealingKey(readFileSync(file, 'utf8'), file)
  })
}

/** Takes another key for this process: while a store is restored or sealed anew, before its file is in place. */
export function takeSealingKey(key: Buffer): void {
  for (const purpose of keyPurposes) replaceSingle(`key-${purpose}`, undefined)
  replaceSingle('sealing-key', key)
}

/** Makes the key's file. The caller has seen that the store is empty: only then may a key be made. */
export function makeSealingKey(): void {
  writeFileSync(sealingKeyFile(), printSealingKey(randomBytes(32)), { mode: 0o600, flag: 'wx' })
}
