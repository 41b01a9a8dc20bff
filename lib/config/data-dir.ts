import { chmodSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The folder that holds everything Pollux keeps (`POLLUX_DATA`, else `data/`), absolute; made 0700 when missing. */
export function dataDir(): string {
  const dir = resolve(process.env['POLLUX_DATA'] || 'data')
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  chmodSync(dir, 0o700)
  return dir
}

/** The SQLite store's file. */
export function storeFile(): string {
  return join(dataDir(), 'pollux.db')
}

/** The sealing key's file. */
export function sealingKeyFile(): string {
  return join(dataDir(), 'sealing.key')
}

/** The file of a new sealing key while the store is sealed anew; gone before and afterwards. */
export function nextKeyFile(): string {
  return join(dataDir(), 'sealing.key.next')
}
