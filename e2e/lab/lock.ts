import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { LabError } from './lab-error'
import { LAB_DIR } from './paths'

const LOCK_FILE = join(LAB_DIR, 'lock')

/**
 * Runs `work` while holding the lab's lock, so that two runs never build or boot the same thing.
 * Waits up to `seconds` for another run. The lock is the kernel's (flock(2)), held by a child that ends with us: a
 * killed run leaves none behind.
 * @throws LabError `busy` when another run still holds it then.
 */
export async function withLock<T>(seconds: number, work: () => Promise<T>): Promise<T> {
  mkdirSync(LAB_DIR, { recursive: true, mode: 0o755 })
  const holder = spawn('flock', ['-w', String(seconds), LOCK_FILE, 'sh', '-c', 'echo held; cat >/dev/null'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(holder, 'close')
  const got = await Promise.race([once(holder.stdout, 'data').then(() => true), ended.then(() => false)])
  if (!got) throw new LabError('busy', `Another run of the lab holds ${LOCK_FILE}; wait until it has ended.`)
  try {
    return await work()
  } finally {
    holder.stdin.end()
    await ended
  }
}
