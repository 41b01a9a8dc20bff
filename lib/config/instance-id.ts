import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dataDir } from './data-dir'
import { single } from './single'

/** The name of this installation, drawn once and kept beside the store: hosts tell two dashboards apart by it. */
export function instanceId(): string {
  return single('instance-id', () => {
    const file = join(dataDir(), 'instance')
    try {
      writeFileSync(file, `${randomBytes(5).toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
    } catch {
      // It was drawn before.
    }
    return readFileSync(file, 'utf8').trim()
  })
}
