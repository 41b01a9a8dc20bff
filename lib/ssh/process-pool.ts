import { onShutdown } from '@/lib/config/shutdown'
import { single } from '@/lib/config/single'
import { createSshPool } from './pool'
import type { SshPool } from './types'

/** The process's one pool; its connections end in order with the process. */
export function sshPool(): SshPool {
  return single('ssh-pool', () => {
    const pool = createSshPool()
    onShutdown('connections', 'ssh pool', () => pool.close())
    return pool
  })
}
